"""What the registers of one board say of its seats, as values of the rule core."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from meetings.models import Attendance, MeetingStatus, Recorded
from meetings.models import Meeting as StoredMeeting
from membership.models import Appointment
from membership.models import Seat as StoredSeat
from membership.queries import agency_names
from partnership.models import Board
from partnership.queries import constitution_versions, terms_of
from partnership.rules.attendance.attendance import Attended, Meeting, MeetingState, Period, Record, Seat, Tenure
from partnership.rules.constitution import Constitution as Terms
from partnership.rules.meeting_kinds import MeetingKind

ATTENDED = {
    Recorded.NOT_RECORDED: Attended.NO_REPLY,
    Recorded.PRESENT: Attended.PRESENT,
    Recorded.DEPUTY: Attended.DEPUTY,
    Recorded.APOLOGIES: Attended.APOLOGIES,
    Recorded.DID_NOT_ATTEND: Attended.ABSENT,
}


@dataclass(frozen=True, slots=True)
class AdoptedTerms:
    """One version of the board's terms, and since when it is in force."""

    number: int
    title: str
    in_force_from: date
    terms: Terms


@dataclass(frozen=True, slots=True)
class Registers:
    """A board's seats, meetings and register entries from its first meeting on.

    A seat goes by its key, a meeting by its address. `versions` and `meetings` have the earliest first, `years` the
    latest: every year with a meeting until today, and this year.
    """

    versions: tuple[AdoptedTerms, ...]
    seats: tuple[Seat, ...]
    seat_names: dict[str, str]
    meetings: tuple[Meeting, ...]
    records: tuple[Record, ...]
    years: tuple[int, ...]


def registers_until(*, board: Board, until: date, today: date) -> Registers:
    """Everything recorded of meetings before `until`. Six queries at most, however many seats and meetings."""
    stored = list(StoredSeat.objects.filter(board=board).order_by("position", "pk"))
    meetings = list(StoredMeeting.objects.filter(board=board).order_by("on", "starts_at", "pk"))
    years = {meeting.on.year for meeting in meetings if meeting.on <= today} | {today.year}
    before = [meeting for meeting in meetings if meeting.on < until]
    return Registers(
        versions=_versions(board),
        seats=_seats(board, stored, today),
        seat_names={seat.key: seat.name for seat in stored},
        meetings=tuple(_meeting(meeting) for meeting in before),
        records=_records(board, before),
        years=tuple(sorted(years, reverse=True)),
    )


def _versions(board: Board) -> tuple[AdoptedTerms, ...]:
    return tuple(
        AdoptedTerms(version.version, version.title, version.in_force_from, terms_of(constitution=version))
        for version in reversed(constitution_versions(board=board))
    )


def _seats(board: Board, stored: Iterable[StoredSeat], today: date) -> tuple[Seat, ...]:
    """Each seat with everybody who held it, the first holder first, and when they were on leave."""
    agencies = {seat.agency_id for seat in stored if seat.agency_id is not None}
    names = agency_names(agencies=agencies, partnership_id=board.partnership_id, on=today)
    held = Appointment.objects.filter(seat__board=board).representatives().order_by("starts_on", "pk")
    # One line for each leave, and one where there is none.
    away: dict[int, list[Period]] = {}
    people: dict[int, tuple[int, str, Period]] = {}
    for pk, seat_id, person, starts_on, until, away_from, away_until in held.values_list(
        "pk", "seat_id", "person__name", "starts_on", "until", "leaves__starts_on", "leaves__until"
    ):
        people[pk] = (seat_id, person, Period(starts_on, until))
        if away_from is not None:
            away.setdefault(pk, []).append(Period(away_from, away_until))
    tenures: dict[int, list[Tenure]] = {}
    for pk, (seat_id, person, period) in people.items():
        tenures.setdefault(seat_id, []).append(Tenure(person, period, tuple(away.get(pk, ()))))
    return tuple(
        Seat(
            id=seat.key,
            agency=names.get(seat.agency_id or 0, seat.name),
            existed=Period(seat.starts_on, seat.until),
            tenures=tuple(tenures.get(seat.pk, ())),
        )
        for seat in stored
    )


def _meeting(meeting: StoredMeeting) -> Meeting:
    return Meeting(
        id=meeting.address,
        on=meeting.on,
        kind=MeetingKind(meeting.get_kind_display().lower()),
        state=MeetingState(meeting.status),
    )


def _records(board: Board, meetings: Iterable[StoredMeeting]) -> tuple[Record, ...]:
    """The entries for seats at meetings held. Reasons of apology are not read: they are not for everybody."""
    addresses = {meeting.pk: meeting.address for meeting in meetings if meeting.status == MeetingStatus.HELD}
    entries = Attendance.objects.filter(meeting__board=board, meeting__status=MeetingStatus.HELD, seat__isnull=False)
    return tuple(
        Record(addresses[meeting_id], key, ATTENDED[Recorded(recorded)])
        for meeting_id, key, recorded in entries.values_list("meeting_id", "seat__key", "recorded")
        if meeting_id in addresses
    )
