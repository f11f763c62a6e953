"""What a board's year came to, a sentence each: the quorum, the people, the agencies, the duties, the actions.

A sentence whose figures do not exist is not made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from partnership.rules.attendance.attendance import Attended, Rate, Seat
from partnership.rules.deadlines.duty_sentences import percent_words
from partnership.rules.plain_dates import counted, listed, short_date
from reviews.attendance import YearPart
from reviews.duties_year import DutyDone
from reviews.queries import Registers
from reviews.queries.actions import AgeBand
from reviews.queries.year import DecisionTaken, DutyOfYear
from reviews.quorum_year import MeetingQuorum

NAMED = 3
MEETINGS, DUTIES, OPEN_ACTIONS = ("meeting", "meetings"), ("duty", "duties"), ("open action", "open actions")
CAME = {Attended.PRESENT, Attended.DEPUTY}


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: the figure, and what stands behind it."""

    figure: str
    behind: str = ""


def year_findings(
    *,
    quorums: Sequence[MeetingQuorum],
    decisions: Collection[DecisionTaken],
    parts: Sequence[YearPart],
    registers: Registers,
    duties: Sequence[DutyDone],
    bands: Sequence[AgeBand] | None,
) -> tuple[Found, ...]:
    """In their fixed order, five at most. `bands` is None for a year that is over: actions are open today."""
    counted_parts = [part for part in parts if part.report.meetings]
    found: list[Found | None] = [_quorum(quorums, decisions)] if quorums else []
    if counted_parts:
        found.append(_people(counted_parts[-1], registers))
        found.append(_agencies(counted_parts, registers))
    found.append(_duties(duties) if duties else None)
    found.append(_actions(bands) if bands is not None else None)
    return tuple(each for each in found if each is not None)


# --- the quorum -------------------------------------------------------------------------------------------------------


def _quorum(quorums: Sequence[MeetingQuorum], decisions: Collection[DecisionTaken]) -> Found:
    gaps = [each for each in quorums if not each.is_throughout]
    if not gaps and len(quorums) > 1:
        return Found(f"All {len(quorums)} meetings were quorate throughout.")
    figure = f"{so_many(len(quorums) - len(gaps), len(quorums), MEETINGS)} quorate throughout."
    # The latest first: the chair asks about those.
    told = [_gap_sentence(each, decisions) for each in reversed(gaps)][:2]
    more = len(gaps) - len(told)
    if more:
        told.append(f"{counted(more, 'other meeting')} had a gap too.")
    return Found(figure, " ".join(told))


def so_many(some: int, of_all: int, things: tuple[str, str], verbs: tuple[str, str] = ("was", "were")) -> str:
    """`3 of 4 meetings were`, `1 of 4 meetings was`, `None of the 4 meetings was`, `The one meeting was not`."""
    one, several = verbs
    if of_all == 1:
        return f"The one {things[0]} {one}{'' if some else ' not'}"
    which, the = (str(some), "") if some else ("None", "the ")
    return f"{which} of {the}{counted(of_all, *things)} {several if some > 1 else one}"


def _gap_sentence(quorum: MeetingQuorum, decisions: Iterable[DecisionTaken]) -> str:
    """`On 14 October it was not quorate for 22 minutes, and 1 decision was taken in that time.`"""
    taken = sum(
        decision.meeting_id == quorum.meeting.pk
        and any(gap.starts_at <= decision.at < gap.ends_at for gap in quorum.without)
        for decision in decisions
    )
    then = ""
    if taken:
        then = f", and {counted(taken, 'decision')} {'was' if taken == 1 else 'were'} taken in that time"
    return f"On {short_date(quorum.meeting.on)} it was not quorate {gap_words(quorum)}{then}."


def gap_words(quorum: MeetingQuorum) -> str:
    """`for 22 minutes`, `at any time`."""
    if quorum.without and quorum.without[0] == quorum.whole:
        return "at any time"
    if not quorum.minutes_without:
        return "for less than a minute"
    return f"for {counted(quorum.minutes_without, 'minute')}"


# --- people and agencies ----------------------------------------------------------------------------------------------


def _people(part: YearPart, registers: Registers) -> Found | None:
    """Representatives against what is expected of them; else seats; where nothing is, the rate alone."""
    policy = part.report.policy
    people = [(seat.seat, person.rate) for seat in part.report.seats for person in seat.people]
    seats = [(seat.seat, seat.rate) for seat in part.report.seats]
    if policy.representative is not None:
        return _against(people, "representative", percent_words(policy.representative), registers)
    if policy.seat is not None:
        return _against(seats, "seat", percent_words(policy.seat), registers)
    came, asked = sum(rate.attended for _, rate in people), sum(rate.expected for _, rate in people)
    if not asked:
        return None
    figure = f"Representatives came {came} times of {asked} ({Rate(came, asked).percent}%)."
    return Found(figure, "The terms state no expectation, so no rate is judged.")


def _against(rates: Sequence[tuple[Seat, Rate]], who: str, expected: str, registers: Registers) -> Found | None:
    judged = [(seat, rate) for seat, rate in rates if rate.is_met is not None]
    if not judged:
        return None
    below = [(seat, rate) for seat, rate in judged if not rate.is_met]
    if not below:
        return Found(f"All {counted(len(judged), who)} are at {expected} or above.")
    names = list(dict.fromkeys(registers.seat_names[seat.id] for seat, _ in sorted(below, key=_lowest_first)))
    figure = f"{len(below)} of {counted(len(judged), who)} {'is' if len(below) == 1 else 'are'} below {expected}."
    return Found(figure, f"{_some(names)}.")


def _lowest_first(one: tuple[Seat, Rate]) -> tuple[object, str]:
    return (one[1].share or 0, one[0].id)


def _agencies(parts: Sequence[YearPart], registers: Registers) -> Found | None:
    """Who sent nobody to some meeting: no representative and no deputy of any of its seats."""
    came = {(record.meeting, record.seat) for record in registers.records if record.attended in CAME}
    missed: dict[str, int] = {}
    asked: dict[str, int] = {}
    for part in parts:
        for meeting in part.report.meetings:
            for agency, seats in _by_agency(part, meeting.on):
                asked[agency] = asked.get(agency, 0) + 1
                missed[agency] = missed.get(agency, 0) + all((meeting.id, seat) not in came for seat in seats)
    absent = sorted((agency for agency, times in missed.items() if times), key=lambda one: (-missed[one], one))
    if not asked:
        return None
    if not absent:
        return Found("No agency missed a meeting altogether.")
    most = [f"{agency} {missed[agency]} of {asked[agency]}" for agency in absent if missed[agency] > 1]
    figure = f"{counted(len(absent), 'agency', 'agencies')} missed a meeting altogether."
    return Found(figure, f"More than once: {_some(most)}." if most else f"{_some(absent)}.")


def _by_agency(part: YearPart, on: date) -> Iterator[tuple[str, list[str]]]:
    seats: dict[str, list[str]] = {}
    for row in part.report.seats:
        if row.seat.existed.covers(on):
            seats.setdefault(row.seat.agency, []).append(row.seat.id)
    yield from seats.items()


def _some(names: Sequence[str]) -> str:
    """`A, B and C`, `A, B, C and 2 more`."""
    shown = list(names[:NAMED])
    more = len(names) - len(shown)
    return listed([*shown, f"{more} more"] if more else shown)


# --- duties and actions -----------------------------------------------------------------------------------------------


def _duties(duties: Sequence[DutyDone]) -> Found:
    late = [each for each in duties if each.is_late]
    if not late:
        return Found(
            f"All {counted(len(duties), 'duty', 'duties')} were done on time."
            if len(duties) > 1
            else "The one duty that fell due was done on time."
        )
    figure = f"{so_many(len(duties) - len(late), len(duties), DUTIES)} done on time."
    latest = max(late, key=lambda each: each.days)
    undone = "" if latest.is_done else " and not done yet"
    words = f"The latest: {duty_words(latest.duty)}, {counted(latest.days, 'day')} late{undone}."
    return Found(figure, words)


def duty_words(duty: DutyOfYear) -> str:
    """`the minutes for 14 October`."""
    return f"{duty.wording.what} for {short_date(duty.meeting_on) if duty.meeting_on else duty.wording.of_what}"


def _actions(bands: Sequence[AgeBand]) -> Found | None:
    still_open, overdue = sum(band.still_open for band in bands), sum(band.overdue for band in bands)
    if not still_open:
        return None
    figure = f"{so_many(overdue, still_open, OPEN_ACTIONS, ('is', 'are'))} overdue."
    oldest = bands[-1]
    if not oldest.still_open:
        return Found(figure, f"None is older than {oldest.since - 1} days.")
    old = f"{oldest.still_open} {'is' if oldest.still_open == 1 else 'are'} older than {oldest.since - 1} days"
    if not oldest.overdue:
        return Found(figure, f"{old}, and not yet due.")
    among = "overdue too" if oldest.overdue == oldest.still_open else f"{oldest.overdue} of them overdue"
    return Found(figure, f"{old}, {among}.")
