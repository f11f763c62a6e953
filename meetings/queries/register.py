"""Everything a register's page needs, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Exists, F, OuterRef

from meetings.models import ATTENDED, Attendance, Determination, Meeting, Presence, Recorded, Reply, Withdrawal
from membership.models import Seat
from membership.queries import HeldSeat, seats_on_days
from partnership.models import Constitution, User
from partnership.queries import constitutions_in_force, terms_of
from partnership.rules.constitution import Constitution as Terms

# What of a presence is read with the row that it belongs to.
PRESENCE = ("id", "person_id", "present_as", "arrived_at", "left_at")
PRESENCE_FIELDS = [field.attname for field in Presence._meta.concrete_fields]


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
    """The register as it stands: the queries of `registers_of`, and the board and partnership of the meeting."""
    (register,) = registers_of(meetings=[meeting])
    return register


def registers_of(*, meetings: Iterable[Meeting]) -> list[Register]:
    """The registers of several meetings of any boards, in the order given: five queries however many, and one more each
    where somebody came who holds no seat of the day, where a seat was abolished since, where somebody withdrew from an
    item, and where the terms of one let somebody determine.

    Each comes with its board and the board's partnership, or these cost a query a meeting.
    """
    those = list(meetings)
    constitutions = constitutions_in_force(days=[(meeting.board_id, meeting.on) for meeting in those])
    replied = _replied_seats(those)
    rows, came = _rows_and_presences(those)
    held = [seat.held for seats in replied.values() for seat in seats]
    _name_people([*rows, *came], _holders(held))
    _name_seats(rows, {one.seat.pk: one.seat for one in held})
    attendances, presences = _by_meeting(rows), _by_attendance(came)
    withdrawn = [row.pk for row in rows if row.has_withdrawals]
    withdrawals = _by_attendance(Withdrawal.objects.filter(attendance__in=withdrawn)) if withdrawn else {}
    terms = {on: terms_of(constitution=version) for on, version in constitutions.items()}
    determinable = [each for each in those if _may_be_determined(terms.get((each.board_id, each.on)))]
    determinations = _determinations(determinable) if determinable else {}

    def row_of(attendance: Attendance | None, replied: RepliedSeat | None) -> RegisterRow:
        key = attendance.pk if attendance else 0
        return RegisterRow(
            held=replied.held if replied else None,
            attendance=attendance,
            presences=tuple(presences.get(key, ())),
            withdrawals=tuple(withdrawals.get(key, ())),
            reply=replied.reply if replied else None,
        )

    def register(meeting: Meeting) -> Register:
        entered = attendances.get(meeting.pk, [])
        by_seat = {row.seat_id: row for row in entered if row.seat_id is not None}
        seats = _with_abolished(replied[meeting.pk], entered)
        return Register(
            meeting=meeting,
            constitution=constitutions.get((meeting.board_id, meeting.on)),
            terms=terms.get((meeting.board_id, meeting.on)),
            seats=tuple(row_of(by_seat.get(seat.held.seat.pk), seat) for seat in seats),
            guests=tuple(row_of(row, None) for row in entered if row.seat_id is None),
            determinations=tuple(determinations.get(meeting.pk, ())),
        )

    return [register(meeting) for meeting in those]


def _rows_and_presences(meetings: Sequence[Meeting]) -> tuple[list[Attendance], list[Presence]]:
    """The rows of these registers, and who came when. One query: a row comes once for each of its presences."""
    stays = {f"presence_{name}": F(f"presences__{name}") for name in PRESENCE}
    annotated = {"has_withdrawals": Exists(Withdrawal.objects.filter(attendance=OuterRef("pk")))}
    found = Attendance.objects.filter(meeting__in=meetings).annotate(**annotated, **stays)
    rows: dict[int, Attendance] = {}
    came = []
    for row in found.order_by("pk", "presences__arrived_at"):
        rows.setdefault(row.pk, row)
        number, *stay = (getattr(row, name) for name in stays)
        if number is not None:
            came.append(Presence.from_db(found.db, PRESENCE_FIELDS, (number, row.pk, *stay)))
    return list(rows.values()), came


def _may_be_determined(terms: Terms | None) -> bool:
    return terms is not None and terms.quorum.determination is not None


def replies_to(*, meeting: Meeting) -> list[RepliedSeat]:
    """Every seat of the meeting's date with its reply. Three queries."""
    return _replied_seats([meeting])[meeting.pk]


def _replied_seats(meetings: Sequence[Meeting]) -> dict[int, list[RepliedSeat]]:
    given = list(Reply.objects.filter(meeting__in=meetings).order_by())
    replies = {(reply.meeting_id, reply.seat_id): reply for reply in given}
    held = seats_on_days(days=[(meeting.board, meeting.on) for meeting in meetings])
    _name_people(given, _holders(one for seats in held.values() for one in seats))
    return {
        meeting.pk: [
            RepliedSeat(seat, replies.get((meeting.pk, seat.seat.pk))) for seat in held[meeting.board_id, meeting.on]
        ]
        for meeting in meetings
    }


def _holders(held: Iterable[HeldSeat]) -> dict[int, User]:
    """Whoever holds one of the seats or deputises in it, by id."""
    people = {}
    for one in held:
        for holder in (one.representative, *one.deputies):
            if holder is not None:
                people[holder.person_id] = holder.person
    return people


def _name_people(rows: Iterable[Attendance | Presence | Reply], known: Mapping[int, User]) -> None:
    """Give each row its person. Nearly all of them hold a seat; the others are asked for, in one query."""
    named = [row for row in rows if row.person_id is not None]
    others = {row.person_id for row in named} - known.keys()
    people = {**known, **User.objects.in_bulk(others)} if others else known
    for row in named:
        row.person = people[row.person_id or 0]


def _name_seats(rows: Iterable[Attendance], known: Mapping[int, Seat]) -> None:
    """Give each row its seat; one that was abolished since is asked for."""
    seated = [row for row in rows if row.seat_id is not None]
    others = {row.seat_id for row in seated} - known.keys()
    seats = {**known, **Seat.objects.in_bulk(others)} if others else known
    for row in seated:
        row.seat = seats[row.seat_id or 0]


def _with_abolished(seats: Sequence[RepliedSeat], entered: Iterable[Attendance]) -> list[RepliedSeat]:
    """The seats of the day, and those that have a row although they were abolished since."""
    known = {replied.held.seat.pk for replied in seats}
    abolished = [row.seat for row in entered if row.seat is not None and row.seat_id not in known]
    return [*seats, *(RepliedSeat(_unheld(seat), None) for seat in abolished)]


def _unheld(seat: Seat) -> HeldSeat:
    """A seat that has a row although it was abolished from the meeting's date since."""
    return HeldSeat(seat=seat, representative=None, deputies=())


_OfARow = TypeVar("_OfARow", Presence, Withdrawal)


_OfAMeeting = TypeVar("_OfAMeeting", Attendance, Determination)


def _by_meeting(rows: Iterable[_OfAMeeting]) -> dict[int, list[_OfAMeeting]]:
    grouped: dict[int, list[_OfAMeeting]] = {}
    for row in rows:
        grouped.setdefault(row.meeting_id, []).append(row)
    return grouped


def _determinations(meetings: Iterable[Meeting]) -> dict[int, list[Determination]]:
    return _by_meeting(Determination.objects.filter(meeting__in=meetings).select_related("determined_by"))


def _by_attendance(rows: Iterable[_OfARow]) -> dict[int, list[_OfARow]]:
    grouped: dict[int, list[_OfARow]] = {}
    for row in rows:
        grouped.setdefault(row.attendance_id, []).append(row)
    return grouped
