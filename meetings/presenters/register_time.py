"""The strip of time and the list of what happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from meetings.models import Meeting, PresentAs
from meetings.presenters.words import clock_time
from meetings.queries import Register, RegisterRow
from partnership.clock import LONDON
from partnership.rules.plain_dates import plain_time
from partnership.rules.quorum.timeline import Span

HOUR = timedelta(hours=1)
LEAST = timedelta(minutes=1)


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
class StripOnPage:
    """One picture of time; `label` says the same in words."""

    label: str
    spans: tuple[SpanOnPage, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class EventOnPage:
    """One line of what happened; verdicts stand out."""

    at: str
    words: str
    is_verdict: bool


def strip_of(meeting: Meeting, spans: Sequence[Span], now: datetime) -> StripOnPage | None:
    """From the beginning to the end, or to now. None where no quorum is stated, or nothing lasted yet."""
    began, ended = meeting.began, min(meeting.closed_at or now, now)
    told = [span for span in spans if span.answer.is_quorate is not None]
    if began is None or not told or ended - began < LEAST:
        return None
    whole = ended - began

    def place(moment: datetime) -> float:
        return 100 * ((moment - began) / whole)

    drawn = []
    words = []
    for span in told:
        start, end = max(span.starts_at, began), min(span.ends_at or ended, ended)
        if end <= start:
            continue
        is_quorate = bool(span.answer.is_quorate)
        drawn.append(SpanOnPage(f"{place(start):.2f}", f"{place(end) - place(start):.2f}", is_quorate))
        verdict = "Quorate" if is_quorate else "Not quorate"
        words.append(f"{verdict} from {clock_time(start)} to {clock_time(end)}")
    ticks = tuple(_tick(hour, place(hour)) for hour in _full_hours(began, ended))
    return StripOnPage(label=". ".join(words), spans=tuple(drawn), ticks=ticks)


def _full_hours(began: datetime, ended: datetime) -> Iterable[datetime]:
    hour = began.astimezone(LONDON).replace(minute=0, second=0, microsecond=0)
    while hour <= ended:
        if hour >= began:
            yield hour
        hour += HOUR


def _tick(hour: datetime, x: float) -> Tick:
    anchor = "start" if x < 1 else "end" if x > 99 else "middle"  # noqa: PLR2004 - percent of the strip's width
    return Tick(f"{x:.2f}", plain_time(hour.astimezone(LONDON).time()), anchor)


def events_of(register: Register, spans: Sequence[Span], now: datetime) -> list[EventOnPage]:
    """Arrivals after the beginning, departures and changes of the verdict, the latest first."""
    began = register.meeting.began
    if began is None:
        return []
    happened = [event for row in register.rows for event in _comings(row, began)]
    verdicts = []
    before = None
    for span in spans:
        starts = max(span.starts_at, began)
        if span.answer.outcome is not before and starts <= now:
            verdicts.append((starts, span.answer.sentence, True))
        before = span.answer.outcome
    in_order = sorted(happened + verdicts, key=lambda event: (event[0], event[2]), reverse=True)
    return [EventOnPage(clock_time(at), words, is_verdict) for at, words, is_verdict in in_order]


def _comings(row: RegisterRow, began: datetime) -> Iterable[tuple[datetime, str, bool]]:
    seat = row.held.seat.name if row.held else ""
    for presence in row.presences:
        name = str(presence.person) if presence.person else row.attendance.guest_name if row.attendance else ""
        deputy = ", deputy" if presence.present_as in {PresentAs.DEPUTY, PresentAs.SUBSTITUTE} else ""
        who = f"{name}{deputy} ({seat})" if seat else name
        if presence.arrived_at > began:
            yield presence.arrived_at, f"{who} arrived.", False
        if presence.left_at:
            yield presence.left_at, f"{who} left.", False
