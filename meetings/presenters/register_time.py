"""The strip of time with what was decided on it, and the list of what happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from meetings.decision_worth import NOT_QUORATE
from meetings.models import Meeting, PresentAs
from meetings.presenters.words import clock_time
from meetings.queries import ItemTaken, Register, RegisterRow
from partnership.clock import LONDON
from partnership.rules.plain_dates import plain_time
from partnership.rules.quorum.facts import Interval
from partnership.rules.quorum.timeline import Span, without_quorum

HOUR = timedelta(hours=1)
LEAST = timedelta(minutes=1)
# The diamonds of decisions closer together than this, in percent of the strip, stand one above the other.
DIAMOND_APART = 8.0
LEVELS = 3
LEVEL_HEIGHT = 27


@dataclass(frozen=True, slots=True)
class SpanOnPage:
    """One stretch of the strip, in percent of its width."""

    x: str
    width: str
    is_quorate: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A full hour under the strip."""

    x: str
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class DecisionMark:
    """A decision over the strip, with the number of its item; `y` is how far above the strip it stands, in pixels."""

    x: str
    y: int
    number: int
    is_quorate: bool

    @property
    def stem(self) -> int:
        """How far down from where it stands the strip begins."""
        return self.y + 4


@dataclass(frozen=True, slots=True)
class StripOnPage:
    """One picture of time; `label` says the same in words. `rest` is what is still to come, while the register is open.

    `top` is the room that the diamonds of decisions take above it, in pixels.
    """

    label: str
    spans: tuple[SpanOnPage, ...]
    ticks: tuple[Tick, ...]
    item_marks: tuple[str, ...] = ()
    decisions: tuple[DecisionMark, ...] = ()
    rest: SpanOnPage | None = None
    current: str = ""
    top: int = 0

    @property
    def height(self) -> int:
        return self.top + 62

    @property
    def shows_inquorate_decisions(self) -> bool:
        return any(not decision.is_quorate for decision in self.decisions)


@dataclass(frozen=True, slots=True)
class EventOnPage:
    """One line of what happened; verdicts stand out. `label` is what the quorum makes of an item or decision."""

    at: str
    words: str
    is_verdict: bool = False
    label: str = ""


def strip_of(
    meeting: Meeting, spans: Sequence[Span], now: datetime, course: Sequence[ItemTaken] = ()
) -> StripOnPage | None:
    """From the beginning to the planned end, or to now. None where no quorum is stated, or nothing lasted yet."""
    began, ended = meeting.began, min(meeting.closed_at or now, now)
    told = _told(spans)
    if began is None or not told or ended - began < LEAST:
        return None
    scale = _Scale(began, ended if meeting.closed_at else max(ended, _planned_end(meeting) or ended))
    drawn = []
    words = []
    for span in told:
        start, end = max(span.starts_at, began), min(span.ends_at or ended, ended)
        if end <= start:
            continue
        is_quorate = bool(span.answer.is_quorate)
        drawn.append(SpanOnPage(scale.at(start), scale.between(start, end), is_quorate))
        verdict = "Quorate" if is_quorate else "Not quorate"
        words.append(f"{verdict} from {clock_time(start)} to {clock_time(end)}")
    marks = _decision_marks(course, told, scale)
    top = LEVEL_HEIGHT * (1 + max(mark.y for mark in marks) // LEVEL_HEIGHT) if marks else 0
    return StripOnPage(
        label=". ".join([*words, *_decisions_in_words(course)]),
        spans=tuple(drawn),
        ticks=tuple(_tick(hour, scale) for hour in _full_hours(began, scale.ends)),
        item_marks=tuple(scale.at(item.begun_at) for item in course if item.begun_at and scale.holds(item.begun_at)),
        decisions=marks,
        rest=SpanOnPage(scale.at(ended), scale.between(ended, scale.ends), False) if ended < scale.ends else None,
        current="" if meeting.closed_at else _current(course),
        top=top,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """Moments as percent of the strip's width."""

    begins: datetime
    ends: datetime

    def holds(self, moment: datetime) -> bool:
        return self.begins <= moment <= self.ends

    def percent(self, moment: datetime) -> float:
        return 100 * ((moment - self.begins) / (self.ends - self.begins))

    def at(self, moment: datetime) -> str:
        return f"{self.percent(moment):.2f}"

    def between(self, start: datetime, end: datetime) -> str:
        return f"{self.percent(end) - self.percent(start):.2f}"


def _planned_end(meeting: Meeting) -> datetime | None:
    return datetime.combine(meeting.on, meeting.ends_at, tzinfo=LONDON) if meeting.ends_at else None


def _told(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The stretches of which the terms say whether they were quorate."""
    return tuple(span for span in spans if span.answer.is_quorate is not None)


def _decision_marks(course: Sequence[ItemTaken], told: Sequence[Span], scale: _Scale) -> tuple[DecisionMark, ...]:
    """A diamond each, raised where the one before it stands too near."""
    made = sorted(
        (decision.decided_at, item.number)
        for item in course
        for decision in item.decisions
        if scale.holds(decision.decided_at)
    )
    lasts: list[float] = [-DIAMOND_APART] * LEVELS
    marks = []
    for at, number in made:
        x = scale.percent(at)
        level = next((index for index, last in enumerate(lasts) if x - last >= DIAMOND_APART), 0)
        lasts[level] = x
        marks.append(DecisionMark(scale.at(at), level * LEVEL_HEIGHT, number, not _is_without_quorum(told, at, at)))
    return tuple(marks)


def _decisions_in_words(course: Sequence[ItemTaken]) -> list[str]:
    return [
        f"Decision at item {item.number} at {clock_time(decision.decided_at)}"
        for item in course
        for decision in item.decisions
    ]


def _current(course: Sequence[ItemTaken]) -> str:
    """`Item 7 of 10: Section 11 returns`, the item begun last."""
    begun = [item for item in course if item.begun_at]
    if not begun:
        return ""
    last = max(begun, key=lambda item: (item.begun_at, item.number))
    return f"Item {last.number} of {last.of}: {last.title}"


def _is_without_quorum(told: Sequence[Span], start: datetime, end: datetime) -> bool:
    """Whether some part of that time, or that one moment, was not quorate."""
    return bool(without_quorum(tuple(told), {"": Interval(start, end)}))


def _full_hours(began: datetime, ended: datetime) -> Iterable[datetime]:
    hour = began.astimezone(LONDON).replace(minute=0, second=0, microsecond=0)
    while hour <= ended:
        if hour >= began:
            yield hour
        hour += HOUR


def _tick(hour: datetime, scale: _Scale) -> Tick:
    x = scale.percent(hour)
    anchor = "start" if x < 1 else "end" if x > 99 else "middle"  # noqa: PLR2004 - percent of the strip's width
    return Tick(scale.at(hour), plain_time(hour.astimezone(LONDON).time()), anchor)


def events_of(
    register: Register, spans: Sequence[Span], now: datetime, course: Sequence[ItemTaken] = ()
) -> list[EventOnPage]:
    """Arrivals after the beginning, departures, items, decisions and changes of the verdict, the latest first."""
    began = register.meeting.began
    if began is None:
        return []
    happened = [event for row in register.rows for event in _comings(row, began)]
    happened += _items_and_decisions(course, _told(spans), register.meeting.closed_at or now)
    verdicts = []
    before = None
    for span in spans:
        starts = max(span.starts_at, began)
        if span.answer.outcome is not before and starts <= now:
            verdicts.append((starts, EventOnPage(clock_time(starts), span.answer.sentence, is_verdict=True)))
        before = span.answer.outcome
    in_order = sorted(happened + verdicts, key=lambda event: (event[0], event[1].is_verdict), reverse=True)
    return [event for _, event in in_order]


def _items_and_decisions(
    course: Sequence[ItemTaken], told: Sequence[Span], ended: datetime
) -> list[tuple[datetime, EventOnPage]]:
    """Each item when it was begun and each decision when it was made, with the label of those without a quorum."""
    begun = sorted((item.begun_at, item.number, item) for item in course if item.begun_at)
    ends = [later for (_, _, _), (later, _, _) in pairwise(begun)] + [ended]
    happened = []
    for (at, number, item), end in zip(begun, ends, strict=False):
        label = f"{NOT_QUORATE}." if _is_without_quorum(told, at, max(at, end)) else ""
        happened.append((at, EventOnPage(clock_time(at), f"Item {number}: {item.title}.", label=label)))
    for item in course:
        for decision in item.decisions:
            at = decision.decided_at
            label = f"{NOT_QUORATE}." if _is_without_quorum(told, at, at) else ""
            words = f"Item {item.number}, decision: {decision.text.rstrip('.')}."
            happened.append((at, EventOnPage(clock_time(at), words, label=label)))
    return happened


def _comings(row: RegisterRow, began: datetime) -> Iterable[tuple[datetime, EventOnPage]]:
    seat = row.held.seat.name if row.held else ""
    for presence in row.presences:
        name = str(presence.person) if presence.person else row.attendance.guest_name if row.attendance else ""
        deputy = ", deputy" if presence.present_as in {PresentAs.DEPUTY, PresentAs.SUBSTITUTE} else ""
        who = f"{name}{deputy} ({seat})" if seat else name
        if presence.arrived_at > began:
            yield presence.arrived_at, EventOnPage(clock_time(presence.arrived_at), f"{who} arrived.")
        if presence.left_at:
            yield presence.left_at, EventOnPage(clock_time(presence.left_at), f"{who} left.")
