"""Everything a register's page needs, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import QuerySet

from meetings.models import ATTENDED, Attendance, Determination, Meeting, Presence, Recorded, Reply, Withdrawal
from membership.models import Seat
from membership.queries import HeldSeat, seats_on
from partnership.models import Constitution
from partnership.queries import constitution_in_force, terms_of
from partnership.rules.constitution import Constitution as Terms


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One row: a seat with its holders (None for a guest), what is recorded, and the seat's reply.

    `attendance` is None for a seat until the register is opened.
    """

    held: HeldSeat | None
    attendance: Attendance | None
    presences: tuple[Presence, ...]
    withdrawals: tuple[Withdrawal, ...]
    reply: Reply | None

    @property
    def recorded(self) -> Recorded:
        return Recorded(self.attendance.recorded) if self.attendance else Recorded.NOT_RECORDED

    @property
    def version(self) -> int:
        return self.attendance.version if self.attendance else 0

    @property
    def has_attended(self) -> bool:
        return self.recorded in ATTENDED

    @property
    def is_in_the_meeting(self) -> bool:
        """Whether somebody of the row is there and has not left."""
        return any(presence.left_at is None for presence in self.presences)


@dataclass(frozen=True, slots=True)
class Register:
    """The register of a meeting: its seats in the constitution's order, its guests, determinations, and the terms."""

    meeting: Meeting
    constitution: Constitution | None
    terms: Terms | None
    seats: tuple[RegisterRow, ...]
    guests: tuple[RegisterRow, ...]
    determinations: tuple[Determination, ...]

    @property
    def rows(self) -> tuple[RegisterRow, ...]:
        return self.seats + self.guests


@dataclass(frozen=True, slots=True)
class RepliedSeat:
    """A seat on the meeting's date and what it said about coming (None: no reply)."""

    held: HeldSeat
    reply: Reply | None


def register_of(*, meeting: Meeting) -> Register:
    """The register as it stands. Nine queries, however many rows, and the board and partnership of the meeting."""
    constitution = constitution_in_force(board=meeting.board, on=meeting.on)
    attendances = list(Attendance.objects.filter(meeting=meeting).select_related("seat", "person").order_by("pk"))
    presences = _by_attendance(Presence.objects.filter(attendance__meeting=meeting).select_related("person"))
    withdrawals = _by_attendance(Withdrawal.objects.filter(attendance__meeting=meeting))
    by_seat = {row.seat_id: row for row in attendances if row.seat_id is not None}

    def row_of(attendance: Attendance | None, replied: RepliedSeat | None) -> RegisterRow:
        key = attendance.pk if attendance else 0
        return RegisterRow(
            held=replied.held if replied else None,
            attendance=attendance,
            presences=tuple(presences.get(key, ())),
            withdrawals=tuple(withdrawals.get(key, ())),
            reply=replied.reply if replied else None,
        )

    seats = replies_to(meeting=meeting)
    known = {replied.held.seat.pk for replied in seats}
    seats += [
        RepliedSeat(_unheld(row.seat), None) for row in attendances if row.seat is not None and row.seat_id not in known
    ]
    return Register(
        meeting=meeting,
        constitution=constitution,
        terms=terms_of(constitution=constitution) if constitution else None,
        seats=tuple(row_of(by_seat.get(replied.held.seat.pk), replied) for replied in seats),
        guests=tuple(row_of(row, None) for row in attendances if row.seat_id is None),
        determinations=tuple(Determination.objects.filter(meeting=meeting).select_related("determined_by")),
    )


def replies_to(*, meeting: Meeting) -> list[RepliedSeat]:
    """Every seat of the meeting's date with its reply. Four queries."""
    replies = {given.seat_id: given for given in Reply.objects.filter(meeting=meeting).select_related("person")}
    return [RepliedSeat(held, replies.get(held.seat.pk)) for held in seats_on(board=meeting.board, on=meeting.on)]


def _unheld(seat: Seat) -> HeldSeat:
    """A seat that has a row although it was abolished from the meeting's date since."""
    return HeldSeat(seat=seat, agency_name="", representative=None, deputies=())


_OfARow = TypeVar("_OfARow", Presence, Withdrawal)


def _by_attendance(rows: QuerySet[_OfARow]) -> dict[int, list[_OfARow]]:
    grouped: dict[int, list[_OfARow]] = {}
    for row in rows:
        grouped.setdefault(row.attendance_id, []).append(row)
    return grouped
