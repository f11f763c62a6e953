"""What an attendance report found, in sentences: the answer first, then who is below, then how it is counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from partnership.rules.attendance.absences import LowShare
from partnership.rules.attendance.attendance import LeaveCounts, Rate, SeatAttendance
from partnership.rules.book.duty_rule_sentences import absence_sentence as rule_sentence
from partnership.rules.book.duty_rule_sentences import attendance_sentence
from partnership.rules.book.rule_book import NOT_STATED
from partnership.rules.deadlines.duty_sentences import (
    absence_sentence,
    meetings_held_sentence,
    percent_words,
    rate_words,
)
from partnership.rules.plain_dates import counted, listed, plain_date, short_date
from reviews.attendance import YearPart

# A sentence names so many and counts the rest; the grid below names everybody.
NAMED = 4
MOST_FINDINGS = 5


def answer(parts: Sequence[YearPart], *, year: int, is_over: bool) -> tuple[str, str]:
    """The heading and the line under it."""
    if not parts:
        return f"No meetings were held in {year}." if is_over else f"No meetings held in {year} yet.", ""
    held = sum(len(part.report.meetings) for part in parts)
    counted_words = f"{counted(held, 'meeting')} counted in {year}{'' if is_over else ' so far'}."
    if len(parts) > 1:
        return (
            f"Attendance in {year}, under {len(parts)} expectations",
            f"{counted_words} The terms changed in the year.",
        )
    part = parts[0]
    if not _rates(part):
        return f"Attendance in {year}", f"{counted_words} {not_stated(part)}"
    return _verdict(part), counted_words


def not_stated(part: YearPart) -> str:
    """Where nothing is expected, that this is so and not an oversight."""
    if part.adopted is None:
        return "No terms of reference were in force, so no rate is judged."
    return f"{NOT_STATED['attendance']} The expectation is not stated, so no rate is judged."


def _rates(part: YearPart) -> list[Rate]:
    """Every rate that is judged."""
    rates = [person.rate for seat in part.report.seats for person in seat.people]
    rates += [seat.rate for seat in part.report.seats] + [rate for _, rate in part.report.agencies]
    return [rate for rate in rates if rate.is_met is not None]


def _verdict(part: YearPart) -> str:
    policy = part.report.policy
    people = [person.rate for seat in part.report.seats for person in seat.people if person.rate.is_met is not None]
    below = [rate for rate in people if not rate.is_met]
    if below and policy.representative is not None:
        verb = "is" if len(below) == 1 else "are"
        expected = percent_words(policy.representative)
        return f"{len(below)} of {counted(len(people), 'representative')} {verb} below {expected}"
    seats = [seat.rate for seat in part.report.seats if seat.rate.is_met is not None]
    short = [rate for rate in seats if not rate.is_met]
    if short and policy.seat is not None:
        verb = "is" if len(short) == 1 else "are"
        return f"{len(short)} of {counted(len(seats), 'seat')} {verb} below {percent_words(policy.seat)}"
    if any(rate.is_met is False for rate in _rates(part)):
        return "Attendance is below what the terms expect"
    return "Attendance meets what the terms expect"


# --- findings ---------------------------------------------------------------------------------------------------------


def findings(part: YearPart, seat_names: Mapping[str, str], *, is_whole_year: bool) -> tuple[str, ...]:
    """Five sentences at most, the weightiest first; none when there is nothing to say."""
    found = [
        *_people_below(part, seat_names),
        *_seats_below(part, seat_names),
        *_long_absences(part, seat_names),
        *_agencies_below(part),
        *_made_up_by_deputies(part, seat_names),
    ]
    if is_whole_year and part.report.has_enough_meetings is False:
        found.insert(0, meetings_held_sentence(part.report))
    return tuple(found[:MOST_FINDINGS])


def _people_below(part: YearPart, seat_names: Mapping[str, str]) -> Iterable[str]:
    expected = part.report.policy.representative
    below = [
        f"{person.person} ({seat_names[seat.seat.id]}), {rate_words(person.rate)}"
        for seat in part.report.seats
        for person in seat.people
        if person.rate.is_met is False
    ]
    if expected is not None and below:
        yield f"{_of(below, 'Representative')} below {percent_words(expected)}: {_named(below)}."


def _seats_below(part: YearPart, seat_names: Mapping[str, str]) -> Iterable[str]:
    expected = part.report.policy.seat
    below = [f"{seat_names[seat.seat.id]}, {rate_words(seat.rate)}" for seat in part.report.seats if _is_below(seat)]
    if expected is not None and below:
        yield f"{_of(below, 'Seat')} below {percent_words(expected)}: {_named(below)}."


def _is_below(seat: SeatAttendance) -> bool:
    return seat.rate.is_met is False


def _agencies_below(part: YearPart) -> Iterable[str]:
    expected = part.report.policy.agency
    below = [f"{agency}, {rate_words(rate)}" for agency, rate in part.report.agencies if rate.is_met is False]
    if expected is not None and below:
        yield f"{_of(below, 'Agency', 'Agencies')} below {percent_words(expected)}: {_named(below)}."


def _long_absences(part: YearPart, seat_names: Mapping[str, str]) -> Iterable[str]:
    """One sentence a rule, with the days missed."""
    by_rule: dict[str, list[str]] = {}
    for each in part.long_absences:
        who = f"{each.person} ({seat_names[each.seat]})" if each.person else seat_names[each.seat]
        days = [_day_words(day, part.period.start.year) for day in each.absence.missed_on]
        by_rule.setdefault(absence_sentence(each.absence), []).append(f"{who}, {listed(days)}" if days else who)
    for sentence, names in by_rule.items():
        yield f"{sentence}: {_named(names)}."


def _day_words(day: date, year: int) -> str:
    """`22 April`; with its year when that is not the one reported on."""
    return short_date(day) if day.year == year else plain_date(day)


def _made_up_by_deputies(part: YearPart, seat_names: Mapping[str, str]) -> Iterable[str]:
    kept = [
        seat_names[seat.seat.id]
        for seat in part.report.seats
        if seat.rate.is_met and any(person.rate.is_met is False for person in seat.people)
    ]
    expected = part.report.policy.seat
    if expected is not None and kept:
        yield f"Deputies kept the seat at {percent_words(expected)} all the same: {_named(kept)}."


def _of(names: Sequence[str], singular: str, plural: str = "") -> str:
    return singular if len(names) == 1 else plural or f"{singular}s"


def _named(names: Sequence[str]) -> str:
    """`A; B; and 3 more`: the items hold commas of their own."""
    shown = list(names[:NAMED])
    if len(names) > NAMED:
        shown.append(f"and {len(names) - NAMED} more")
    return "; ".join(shown)


# --- how it is counted ------------------------------------------------------------------------------------------------


def counting_notes(part: YearPart, seat_names: Mapping[str, str]) -> tuple[str, ...]:
    """The rules, the readings chosen, and who is left out, a sentence or two each."""
    return tuple(_notes(part, seat_names))


def _notes(part: YearPart, seat_names: Mapping[str, str]) -> Iterable[str]:
    policy = part.report.policy
    yield attendance_sentence(policy) if _expects_something(part) else not_stated(part)
    if policy.reading is not None:
        yield f"Reading chosen (local setting): {policy.reading.chosen} {policy.reading.why}".strip()
    for rule in part.adopted.terms.absences if part.adopted else ():
        yield rule_sentence(rule)
        if isinstance(rule, LowShare) and rule.unless_active:
            yield "That rule is not judged here: registers do not say who took part in a discussion."
        if rule.reading is not None:
            yield f"Reading chosen (local setting): {rule.reading.chosen} {rule.reading.why}".strip()
    yield "A share is judged before it is rounded. Cancelled meetings never count."
    yield "A deputy counts for the seat. A vacancy counts against the seat and against nobody."
    if policy.leave is LeaveCounts.LEFT_OUT and _somebody_was_away(part):
        yield "Meetings within leave of absence are left out of the representative's rate, and count for the seat."
    if part.uncounted:
        names = listed([seat_names[seat.id] for seat in part.uncounted])
        yield f"Not in the table, because they are not counted as members: {names}."


def _somebody_was_away(part: YearPart) -> bool:
    """Whether a representative was on leave at a meeting that counts."""
    return any(
        tenure.held.covers(meeting.on) and not tenure.is_expected_on(meeting.on)
        for row in part.report.seats
        for tenure in row.seat.tenures
        for meeting in part.report.meetings
    )


def _expects_something(part: YearPart) -> bool:
    policy = part.report.policy
    return any(rate is not None for rate in (policy.representative, policy.seat, policy.agency))
