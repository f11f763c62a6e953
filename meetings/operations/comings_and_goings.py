"""Who arrives, leaves, comes back or withdraws while the register is open. Times are instants, [arrived, left)."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from meetings.models import (
    ATTENDED,
    AgendaItem,
    Attendance,
    AttendsAs,
    Meeting,
    Mode,
    Presence,
    PresentAs,
    Recorded,
    Withdrawal,
)
from meetings.operations.protected_items import record_interest
from meetings.operations.rows import (
    Holders,
    NobodyNamed,
    RowValues,
    holders_on,
    named_holder,
    open_meeting,
    present_as,
    usual_arrival,
    write,
)
from meetings.signature_duties import keep_signatures
from membership.models import AppointmentKind
from partnership.authorship import saved
from partnership.models import User
from partnership.protections import AlreadyBarred


class AlreadyHere(Exception):
    """That person is in the meeting already."""


class NotInTheMeeting(Exception):
    """Nobody of that row is in the meeting at that moment."""


class TimesOverlap(Exception):
    """The times leave no order: somebody would leave before arriving, or be there twice at once."""


@transaction.atomic
def record_arrival(
    *,
    attendance: Attendance,
    at: datetime,
    by: User,
    person: User | None = None,
    name: str = "",
    as_deputy: bool = False,
    mode: Mode | None = None,
) -> Attendance:
    """Let somebody come into the meeting for a row, the representative or (`as_deputy`) the first deputy if unnamed.

    The representative wins the row over a deputy who came first; a deputy beside their representative is kept as a
    presence. Raises AlreadyHere, TimesOverlap, NobodyNamed, RegisterNotOpen.
    """
    row, meeting, holders = _open_row(attendance)
    arrived = _let_in(row, meeting, holders, person=person, name=name, as_deputy=as_deputy, mode=mode, at=at, by=by)
    keep_signatures(meeting=meeting, by=by)
    return arrived


def _let_in(
    row: Attendance,
    meeting: Meeting,
    holders: Holders,
    *,
    person: User | None,
    name: str,
    as_deputy: bool,
    mode: Mode | None,
    at: datetime,
    by: User,
) -> Attendance:
    of_seat = holders.get(row.seat_id or 0, [])
    person_id = person.pk if person else None
    if person_id is None and not name:
        kind = AppointmentKind.DEPUTY if as_deputy else AppointmentKind.REPRESENTATIVE
        holder = named_holder(of_seat, kind)
        if holder is None:
            raise NobodyNamed(f"Say who came for {row.seat}: nobody is named for that day.")
        person_id = holder.person_id
    stands = present_as(person_id, of_seat)
    recorded = Recorded.PRESENT if stands is PresentAs.REPRESENTATIVE else Recorded.DEPUTY
    if row.recorded not in ATTENDED:
        values = RowValues(recorded, person_id, name, mode or Mode.IN_THE_ROOM)
        return write(row, values, meeting=meeting, holders=holders, arrived_at=at, by=by)
    _check_free(row, person_id, at)
    saved(Presence(attendance=row, person_id=person_id, present_as=stands, arrived_at=at), by=by, reason="Arrived")
    if recorded is Recorded.PRESENT and row.recorded == Recorded.DEPUTY:
        values = RowValues(recorded, person_id, "", mode or Mode(row.mode))
        return write(row, values, meeting=meeting, holders=holders, by=by)
    return _changed(row, reason="Arrived", by=by)


@transaction.atomic
def record_departure(*, attendance: Attendance, at: datetime, by: User, person: User | None = None) -> Attendance:
    """Let somebody of the row leave at that moment. Raises NotInTheMeeting, TimesOverlap, RegisterNotOpen."""
    row, _, _ = _open_row(attendance)
    here = row.presences.filter(left_at=None)
    presence = (here.filter(person=person) if person else here).order_by("-arrived_at").first()
    if presence is None:
        raise NotInTheMeeting(f"Nobody is in the meeting for {row.seat or row.guest_name or row.person}.")
    if at <= presence.arrived_at:
        raise TimesOverlap("The time of leaving is not after the time of arriving.")
    presence.left_at = at
    saved(presence, by=by, reason="Left", fields=["left_at"])
    return _changed(row, reason="Left", by=by)


@transaction.atomic
def record_return(*, attendance: Attendance, at: datetime, by: User, person: User | None = None) -> Attendance:
    """Let somebody who left come back: the last one of the row, if unnamed.

    Raises NotInTheMeeting when nobody of the row had been there, AlreadyHere, TimesOverlap, RegisterNotOpen.
    """
    row, _, _ = _open_row(attendance)
    been = row.presences.filter(person=person) if person else row.presences.all()
    last = been.order_by("-arrived_at").first()
    if last is None:
        raise NotInTheMeeting(f"Nobody was in the meeting for {row.seat or row.guest_name or row.person}.")
    _check_free(row, last.person_id, at)
    presence = Presence(attendance=row, person_id=last.person_id, present_as=last.present_as, arrived_at=at)
    saved(presence, by=by, reason="Came back")
    return _changed(row, reason="Came back", by=by)


@transaction.atomic
def correct_times(*, presence: Presence, arrived_at: datetime, left_at: datetime | None, by: User) -> Presence:
    """Correct when somebody came and left. Raises TimesOverlap, RegisterNotOpen."""
    row, _, _ = _open_row(presence.attendance)
    if left_at is not None and left_at <= arrived_at:
        raise TimesOverlap("The time of leaving is not after the time of arriving.")
    presence = row.presences.get(pk=presence.pk)
    others = row.presences.filter(person=presence.person_id).exclude(pk=presence.pk)
    begun_before_its_end = others if left_at is None else others.filter(arrived_at__lt=left_at)
    if begun_before_its_end.filter(Q(left_at=None) | Q(left_at__gt=arrived_at)).exists():
        raise TimesOverlap("These times overlap with others of the same person.")
    presence.arrived_at, presence.left_at = arrived_at, left_at
    saved(presence, by=by, reason="Times corrected", fields=["arrived_at", "left_at"])
    _changed(row, reason="Times corrected", by=by)
    return presence


@transaction.atomic
def add_guest(
    *,
    meeting: Meeting,
    attends_as: AttendsAs,
    by: User,
    person: User | None = None,
    name: str = "",
    mode: Mode = Mode.IN_THE_ROOM,
    arrived_at: datetime | None = None,
) -> Attendance:
    """Add somebody who is there without a seat: observer, adviser, guest, or in attendance.

    Raises NobodyNamed, AlreadyHere when the person has such a row, RegisterNotOpen.
    """
    meeting = open_meeting(meeting)
    if person is None and not name.strip():
        raise NobodyNamed("Say who is there.")
    if person is not None and Attendance.objects.filter(meeting=meeting, seat=None, person=person).exists():
        raise AlreadyHere(f"{person} is on the register already.")
    row = Attendance(meeting=meeting, attends_as=attends_as, person=person, mode=mode, recorded=Recorded.PRESENT)
    row.guest_name = "" if person else name.strip()
    saved(row, by=by, reason=f"Added: {attends_as.label.lower()}")
    presence = Presence(
        attendance=row,
        person=person,
        present_as=PresentAs.ONE_OF_THEIR_OWN,
        arrived_at=arrived_at or usual_arrival(meeting),
    )
    saved(presence, by=by, reason="Arrived")
    return row


@transaction.atomic
def withdraw(*, attendance: Attendance, item_number: str, at: datetime, reason: str, by: User) -> Withdrawal:
    """Record that a member withdraws from one item because of an interest, which bars them from it from then on.

    Raises NotInTheMeeting, RegisterNotOpen.
    """
    row, _, _ = _open_row(attendance)
    if row.recorded not in ATTENDED:
        raise NotInTheMeeting(f"Nobody is in the meeting for {row.seat}.")
    withdrawal = Withdrawal(attendance=row, item_number=item_number, from_at=at, reason=reason)
    saved(withdrawal, by=by, reason=f"Withdrew from item {item_number}")
    _changed(row, reason=f"Withdrew from item {item_number}", by=by)
    _bar_from_item(row, item_number, reason=reason, by=by)
    return withdrawal


@transaction.atomic
def end_withdrawal(*, withdrawal: Withdrawal, at: datetime, by: User) -> Withdrawal:
    """Record that the withdrawal is over. Raises TimesOverlap, RegisterNotOpen."""
    row, _, _ = _open_row(withdrawal.attendance)
    withdrawal = row.withdrawals.get(pk=withdrawal.pk)
    if at <= withdrawal.from_at:
        raise TimesOverlap("The withdrawal ends after it began.")
    withdrawal.until_at = at
    saved(withdrawal, by=by, reason="Withdrawal ended", fields=["until_at"])
    _changed(row, reason=f"Back for item {withdrawal.item_number}", by=by)
    return withdrawal


def _bar_from_item(row: Attendance, item_number: str, *, reason: str, by: User) -> None:
    """The interest behind a withdrawal, recorded of whoever attends for the row, where that item is on the agenda."""
    items = list(AgendaItem.objects.in_order().filter(meeting=row.meeting_id))
    place = int(item_number) if item_number.isdecimal() else 0
    if row.person is None or not 1 <= place <= len(items):
        return
    with suppress(AlreadyBarred):
        record_interest(item=items[place - 1], person=row.person, reason=reason, by=by)


def _open_row(attendance: Attendance) -> tuple[Attendance, Meeting, Holders]:
    """The row and its meeting, locked until the transaction ends, and who is named for the seats that day."""
    meeting = open_meeting(Meeting(pk=attendance.meeting_id))
    row = Attendance.objects.select_for_update(of=("self",)).select_related("seat", "person").get(pk=attendance.pk)
    return row, meeting, holders_on(meeting)


def _check_free(row: Attendance, person_id: int | None, at: datetime) -> None:
    """Raises AlreadyHere or TimesOverlap when that person is in the meeting at that moment or later."""
    been = row.presences.filter(person=person_id)
    if been.filter(left_at=None).exists():
        raise AlreadyHere("That person is in the meeting already.")
    if been.filter(left_at__gt=at).exists():
        raise TimesOverlap("That person left later than that.")


def _changed(row: Attendance, *, reason: str, by: User) -> Attendance:
    """The row in its next version: its presences are part of what it says."""
    row.version += 1
    return saved(row, by=by, reason=reason, fields=["version"])
