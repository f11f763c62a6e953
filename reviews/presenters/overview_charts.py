"""The three charts of an overview, each with a title that says what it shows, and the same figures as lines of a table.

Lengths are percentages of the drawing, so that a chart is as wide as its column and no style stands in the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from meetings.presenters.words import clock_time
from partnership.rules.clauses import cited
from partnership.rules.plain_dates import counted, listed, plain_date, short_date
from reviews.duties_year import DutyDone
from reviews.presenters.addresses import of_meeting
from reviews.presenters.days import month_name
from reviews.presenters.home_parts import Tag
from reviews.presenters.overview_findings import DUTIES, OPEN_ACTIONS, duty_words, gap_words, so_many
from reviews.queries.actions import AgeBand
from reviews.quorum_year import Bar, MeetingQuorum, Stretch

# How much of a row the longest bar takes, and where the scale of days begins: the rest is for words and marks.
LONGEST_BAR, MARGIN = 42, 6
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar, as percentages."""

    x: str
    width: str
    is_missing: bool


@dataclass(frozen=True, slots=True)
class BarRow:
    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One meeting. `margin` is empty where no heads are counted."""

    day: str
    href: str
    bars: tuple[BarRow, ...]
    tag: Tag
    margin: str


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of a chart in words."""

    headings: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class QuorumChart:
    title: str
    note: str
    panels: tuple[Panel, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class DutyRow:
    """`due_at` and `done_at` are percentages. `group` is the meeting's day, on the first of its duties."""

    group: str
    duty: str
    due_at: str
    done_at: str
    words: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class LateDuty:
    what: str
    href: str
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class DutiesChart:
    title: str
    rows: tuple[DutyRow, ...]
    late: tuple[LateDuty, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class AgeRow:
    band: str
    width: str
    overdue_width: str
    still_open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class AgeChart:
    title: str
    note: str
    rows: tuple[AgeRow, ...]
    table: Table


# --- the quorum -------------------------------------------------------------------------------------------------------


def quorum_chart(quorums: Sequence[MeetingQuorum]) -> QuorumChart:
    """There must be a meeting."""
    clauses = dict.fromkeys(bar.clause for each in quorums for bar in each.partners)
    return QuorumChart(
        title=_quorum_title(quorums),
        note=_quorum_note(list(clauses)),
        panels=tuple(_panel(each) for each in quorums),
        table=Table(
            ("Meeting", "From", "To", "Minutes not quorate", "When not quorate", "Missing", "By number, at the lowest"),
            tuple(_quorum_line(each) for each in quorums),
        ),
    )


def _quorum_title(quorums: Sequence[MeetingQuorum]) -> str:
    gaps = [each for each in quorums if not each.is_throughout]
    if not gaps:
        return "Every meeting was quorate throughout" if len(quorums) > 1 else "The meeting was quorate throughout"
    if len(gaps) == len(quorums):
        return "No meeting was quorate throughout" if len(gaps) > 1 else "The meeting was not quorate throughout"
    if len(gaps) == 1:
        return f"One gap in the quorum, in {month_name(gaps[0].meeting.on)}"
    return f"{len(gaps)} of {len(quorums)} meetings lost or lacked a quorum"


def _quorum_note(clauses: Sequence[str]) -> str:
    end = "A gap is dashed."
    if not clauses:
        return f"Each bar is a meeting from beginning to end, green while it was quorate. {end}"
    return f"Each bar is one organisation that the quorum names, green while it was represented. {end}"


def _panel(quorum: MeetingQuorum) -> Panel:
    bars = list(quorum.partners)
    if quorum.asks_for_more:
        bars.append(Bar(name="The whole quorum", clause="", missing=quorum.without))
    is_whole = quorum.is_throughout
    return Panel(
        day=short_date(quorum.meeting.on),
        href=of_meeting("register", quorum.meeting),
        bars=tuple(BarRow(bar.name, tuple(_pieces(bar.missing, quorum.whole))) for bar in bars),
        tag=Tag("Quorate throughout", "yes") if is_whole else Tag(f"Not quorate {gap_words(quorum)}", "no"),
        margin=_margin_words(quorum.margin),
    )


def _pieces(missing: Iterable[Stretch], whole: Stretch) -> Iterator[Piece]:
    """The bar from left to right: there, missing, there again."""
    reached = whole.starts_at
    for gap in missing:
        if gap.starts_at > reached:
            yield _piece(Stretch(reached, gap.starts_at), whole, is_missing=False)
        yield _piece(gap, whole, is_missing=True)
        reached = gap.ends_at
    if reached < whole.ends_at:
        yield _piece(Stretch(reached, whole.ends_at), whole, is_missing=False)


def _piece(part: Stretch, whole: Stretch, *, is_missing: bool) -> Piece:
    length = whole.ends_at - whole.starts_at
    x, width = (part.starts_at - whole.starts_at) / length, (part.ends_at - part.starts_at) / length
    return Piece(_percent(x * WHOLE), _percent(width * WHOLE), is_missing)


def _percent(number: float) -> str:
    return f"{number:.1f}%"


def _margin_words(margin: Fraction | None) -> str:
    """`By number, 2 more than needed at the lowest`, `… just enough …`, `… 1 too few …`."""
    if margin is None:
        return ""
    how = f"{ceil(-margin)} too few" if margin < 0 else f"{floor(margin)} more than needed"
    return f"By number, {how if margin < 0 or floor(margin) else 'just enough'} at the lowest"


def _quorum_line(quorum: MeetingQuorum) -> tuple[str, ...]:
    missing = [f"{bar.name} {_times(bar.missing)}" for bar in quorum.partners if bar.missing]
    return (
        plain_date(quorum.meeting.on),
        clock_time(quorum.whole.starts_at),
        clock_time(quorum.whole.ends_at),
        str(quorum.minutes_without),
        _times(quorum.without) if quorum.without else "",
        "; ".join(missing),
        _margin_words(quorum.margin).removeprefix("By number, ").removesuffix(" at the lowest"),
    )


def _times(stretches: Iterable[Stretch]) -> str:
    """`11:22am to 11:44am`."""
    return listed([f"{clock_time(each.starts_at)} to {clock_time(each.ends_at)}" for each in stretches])


# --- the duties -------------------------------------------------------------------------------------------------------


def duties_chart(duties: Sequence[DutyDone]) -> DutiesChart:
    """There must be a duty that fell due."""
    early, late = max(0, *(-each.days for each in duties)), max(1, *(each.days for each in duties))
    scale = _Scale(early=max(early, 1), late=late)
    return DutiesChart(
        title=_duties_title(duties),
        rows=tuple(_duty_rows(duties, scale)),
        late=tuple(_late_duty(each) for each in duties if each.is_late),
        table=Table(
            ("Duty", "For", "Clause", "Due", "Done", "Days from the due date", "Reason"),
            tuple(_duty_line(each) for each in duties),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    early: int
    late: int

    def at(self, days: int) -> str:
        """Where a day stands; the day it was due is 0."""
        room = WHOLE - 2 * MARGIN
        return _percent(MARGIN + room * (days + self.early) / (self.early + self.late))


def _duties_title(duties: Sequence[DutyDone]) -> str:
    late = sum(each.is_late for each in duties)
    if not late:
        return "Every duty was done on time"
    return f"{so_many(late, len(duties), DUTIES)} late"


def _duty_rows(duties: Sequence[DutyDone], scale: _Scale) -> Iterator[DutyRow]:
    """By meeting, and each meeting's in order of their dates."""
    in_order = sorted(duties, key=lambda each: each.duty.meeting_on or each.duty.obligation.due_on)
    before = ""
    for each in in_order:
        group = short_date(each.duty.meeting_on) if each.duty.meeting_on else each.duty.wording.of_what
        yield DutyRow(
            group=group if group != before else "",
            duty=f"{_begun(each.duty.wording.what.removeprefix('the '))} ({each.duty.rule.clause.ref})",
            due_at=scale.at(0),
            done_at=scale.at(each.days),
            words=_days_words(each),
            is_late=each.is_late,
        )
        before = group


def _begun(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _days_words(duty: DutyDone) -> str:
    """`1 day early`, `on the day`, `13 days late`, `3 days late, not done`."""
    if not duty.days:
        return "on the day"
    words = f"{counted(abs(duty.days), 'day')} {'late' if duty.is_late else 'early'}"
    return words if duty.is_done else f"{words}, not done"


def _late_duty(duty: DutyDone) -> LateDuty:
    due_on, done_on = duty.duty.obligation.due_on, duty.duty.obligation.met_on
    done = f"done on {plain_date(done_on)}" if done_on else "not done yet"
    return LateDuty(
        what=_begun(duty_words(duty.duty)),
        href=duty.duty.address,
        words=f"Due on {plain_date(due_on)}, {done}: {counted(duty.days, 'day')} late. {_cited(duty)}.",
        reason=duty.duty.reason,
    )


def _cited(duty: DutyDone) -> str:
    return _begun(cited(duty.duty.rule.clause))


def _duty_line(duty: DutyDone) -> tuple[str, ...]:
    obligation = duty.duty.obligation
    return (
        _begun(duty.duty.wording.what.removeprefix("the ")),
        plain_date(duty.duty.meeting_on) if duty.duty.meeting_on else duty.duty.wording.of_what,
        duty.duty.rule.clause.ref,
        plain_date(obligation.due_on),
        plain_date(obligation.met_on) if obligation.met_on else "not done",
        str(duty.days),
        duty.duty.reason,
    )


# --- the actions ------------------------------------------------------------------------------------------------------


def age_chart(bands: Sequence[AgeBand]) -> AgeChart:
    """There must be an open action."""
    longest = max(band.still_open for band in bands)
    still_open, overdue = sum(band.still_open for band in bands), sum(band.overdue for band in bands)
    return AgeChart(
        title=f"{so_many(overdue, still_open, OPEN_ACTIONS, ('is', 'are'))} overdue",
        note=f"{counted(still_open, 'open action')} by days since agreed.",
        rows=tuple(
            AgeRow(
                band=_band_words(band),
                width=_percent(LONGEST_BAR * band.still_open / longest),
                overdue_width=_percent(LONGEST_BAR * band.overdue / longest),
                still_open=band.still_open,
                overdue=band.overdue,
            )
            for band in bands
        ),
        table=Table(
            ("Days since agreed", "Open actions", "Overdue"),
            tuple((_band_words(band), str(band.still_open), str(band.overdue)) for band in bands),
        ),
    )


def _band_words(band: AgeBand) -> str:
    """`31 to 60 days`, `Over 90 days`."""
    return f"Over {band.since - 1} days" if band.until is None else f"{band.since} to {band.until} days"
