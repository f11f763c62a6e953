"""Writing the rows of a register, safely between two people who write it at once.

Each row of a form carries the version it was drawn from. Only rows that the form changed are written. A row that
somebody else changed meanwhile, and that the form changes to something else, is a clash: nothing at all is written,
and the exception carries both values of every such row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from meetings.deputy_checks import NOTHING_SAID, DeputyFindings, DeputySaid, checked_deputy, said_in
from meetings.models import (
    ATTENDED,
    Attendance,
    DeputyStanding,
    Meeting,
    Mode,
    Presence,
    PresentAs,
    Recorded,
    Reply,
    ReplyAnswer,
)
from meetings.signature_duties import keep_signatures
from membership.models import Appointment, AppointmentKind
from partnership import clock
from partnership.authorship import deleted, saved
from partnership.models import User


class RegisterNotOpen(Exception):
    """The register is not open yet, or is closed."""


class NotOnThisRegister(Exception):
    """An entry names a row of another meeting, or none."""


class NobodyNamed(Exception):
    """Nobody is named for the seat on that day, and the entry does not say who came."""


@dataclass(frozen=True, slots=True)
class RowValues:
    """What a row says. Who and how are empty unless somebody attended, the reason unless there are apologies."""

    recorded: Recorded
    person_id: int | None = None
    name: str = ""
    mode: Mode = Mode.IN_THE_ROOM
    reason: str = ""
    deputy_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowEntry:
    """One row of a submitted form, and the version of the row that it was drawn from.

    `person_id` None means the representative (present) or the first deputy (deputy); `name` is for somebody who has no
    account. `arrived_at` None means now while the meeting's day lasts, and its start when the register is filled in
    later; it counts only when the entry brings somebody into the meeting.
    """

    attendance_id: int
    version: int
    recorded: Recorded
    person_id: int | None = None
    name: str = ""
    mode: Mode = Mode.IN_THE_ROOM
    reason: str = ""
    deputy_reason: str = ""
    arrived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """One row changed by two people: what it says now (`theirs`), and what the refused entry says (`yours`)."""

    attendance: Attendance
    theirs: RowValues
    yours: RowValues


class AttendanceClash(Exception):
    """Rows changed by somebody else since the form was drawn. Nothing was written; `clashes` holds both values."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        super().__init__(f"{len(clashes)} of these rows changed while you were writing.")
        self.clashes = tuple(clashes)


@transaction.atomic
def record_attendance(*, meeting: Meeting, rows: Iterable[RowEntry], by: User) -> list[Attendance]:
    """Write the rows a form changed, and return them; with any error nothing at all is written.

    Raises AttendanceClash, RegisterNotOpen, NobodyNamed, NotOnThisRegister.
    """
    meeting = open_meeting(meeting)
    entries = {entry.attendance_id: entry for entry in rows}
    drawn = list(
        Attendance.objects.select_for_update(of=("self",))
        .filter(meeting=meeting, pk__in=entries)
        .select_related("seat")
        .order_by("pk")
    )
    if len(drawn) != len(entries):
        raise NotOnThisRegister("This form belongs to another register. Open the register again.")
    holders = holders_on(meeting)
    replied = deputies_replied(meeting)
    written: list[tuple[Attendance, RowValues]] = []
    clashes: list[Clash] = []
    for row in drawn:
        entry, theirs = entries[row.pk], values_of(row)
        yours = _values_meant(row, entry, holders.get(row.seat_id or 0, []), replied)
        if yours == theirs or (entry.version != row.version and yours == _values_at(row, entry.version)):
            continue
        if is_stale(row, entry):
            clashes.append(Clash(row, theirs, yours))
        else:
            written.append((row, yours))
    if clashes:
        raise AttendanceClash(clashes)
    for row, values in written:
        write(row, values, meeting=meeting, holders=holders, arrived_at=entries[row.pk].arrived_at, by=by)
    if written:
        keep_signatures(meeting=meeting, by=by)
    return [row for row, _ in written]


@transaction.atomic
def record_deputy_check(
    *,
    attendance: Attendance,
    has_same_authority: bool | None,
    grades_lower: int | None,
    by: User,
    reason: str = "",
) -> Attendance:
    """Keep what was said on the day of a deputy's authority and grade, and what the board's rule makes of it.

    `grades_lower` counts on the agency's own ladder: 0 the same grade, 1 one lower. Raises RegisterNotOpen.
    """
    row = Attendance.objects.select_related("meeting__board", "seat", "person").get(pk=attendance.pk)
    meeting = open_meeting(row.meeting)
    findings = checked_deputy(
        meeting=meeting,
        holders=holders_on(meeting).get(row.seat_id or 0, []),
        person_id=row.person_id,
        name=row.guest_name,
        said=replace(
            said_of(row.seat_id, row.person_id, deputies_replied(meeting)),
            has_same_authority=has_same_authority,
            grades_lower=grades_lower,
            reason=reason or row.deputy_reason,
        ),
    )
    _keep_findings(row, findings, reason or row.deputy_reason)
    row.version += 1
    return saved(row, by=by, reason="Deputy checked", fields=["version", *FINDINGS])


def is_stale(row: Attendance, entry: RowEntry) -> bool:
    """Whether the row has changed since the entry's form was drawn."""
    return entry.version != row.version


# --- shared by the operations on a register ---------------------------------------------------------------------------

FINDINGS = ("deputy_standing", "deputy_note", "deputy_reason")
VALUES = ("recorded", "person", "guest_name", "mode", "reason", *FINDINGS)

Holders = dict[int, list[Appointment]]


def open_meeting(meeting: Meeting) -> Meeting:
    """The meeting, locked until the transaction ends. Raises RegisterNotOpen."""
    held = Meeting.objects.select_for_update(of=("self",)).select_related("board__partnership").get(pk=meeting.pk)
    if not held.is_open:
        raise RegisterNotOpen("The register of this meeting is not open.")
    return held


def holders_on(meeting: Meeting) -> Holders:
    """Who is named for each seat of the board on the meeting's date, by seat: representative first, then deputies."""
    in_force = Appointment.objects.filter(seat__board=meeting.board_id).in_force(meeting.on)
    holders: Holders = {}
    for appointment in in_force.select_related("person", "grade").order_by("order"):
        holders.setdefault(appointment.seat_id, []).append(appointment)
    return holders


def deputies_replied(meeting: Meeting) -> dict[int, Reply]:
    """The replies that name a deputy, by seat."""
    return {given.seat_id: given for given in Reply.objects.filter(meeting=meeting, answer=ReplyAnswer.DEPUTY)}


def said_of(seat_id: int | None, person_id: int | None, replied: dict[int, Reply]) -> DeputySaid:
    """What the seat's reply said of that very person; nothing where it named another."""
    given = replied.get(seat_id or 0)
    return said_in(given) if given is not None and given.person_id == person_id else NOTHING_SAID


def values_of(row: Attendance) -> RowValues:
    """What a row (or a history row of it) says."""
    recorded = Recorded(row.recorded)
    if recorded in ATTENDED:
        return RowValues(
            recorded, row.person_id, row.guest_name, Mode(row.mode), deputy_reason=_reason_for_deputy(recorded, row)
        )
    return RowValues(recorded, reason=row.reason)


def write(
    row: Attendance,
    values: RowValues,
    *,
    meeting: Meeting,
    holders: Holders,
    by: User,
    arrived_at: datetime | None = None,
) -> Attendance:
    """Make a held row say these values, its presences with it."""
    of_seat = holders.get(row.seat_id or 0, [])
    row.recorded, row.person_id, row.guest_name = values.recorded, values.person_id, values.name
    row.mode, row.reason = values.mode, values.reason
    findings = NO_DEPUTY
    if values.recorded is Recorded.DEPUTY:
        findings = checked_deputy(
            meeting=meeting,
            holders=of_seat,
            person_id=values.person_id,
            name=values.name,
            said=replace(
                said_of(row.seat_id, values.person_id, deputies_replied(meeting)), reason=values.deputy_reason
            ),
        )
    _keep_findings(row, findings, values.deputy_reason)
    row.version += 1
    reason = f"Recorded as {values.recorded.label.lower()}"
    saved(row, by=by, reason=reason, fields=["version", *VALUES])
    _keep_presences(row, of_seat, meeting=meeting, arrived_at=arrived_at, reason=reason, by=by)
    return row


def present_as(person_id: int | None, holders: Sequence[Appointment]) -> PresentAs:
    """How somebody stands to a seat: who is neither representative nor designated deputy is a substitute."""
    for holder in holders:
        if holder.person_id == person_id:
            is_representative = holder.kind == AppointmentKind.REPRESENTATIVE
            return PresentAs.REPRESENTATIVE if is_representative else PresentAs.DEPUTY
    return PresentAs.SUBSTITUTE


def named_holder(holders: Sequence[Appointment], kind: AppointmentKind) -> Appointment | None:
    """The representative, or the first deputy, among the holders of a seat."""
    return next((holder for holder in holders if holder.kind == kind), None)


def usual_arrival(meeting: Meeting) -> datetime:
    """When somebody came, where nobody says: now, on the day itself; its start, when it is filled in later."""
    now = clock.now()
    return now if now.date() <= meeting.on else meeting.began or meeting.begins


NO_DEPUTY = DeputyFindings(DeputyStanding.NOT_ASKED, "")


def _values_meant(
    row: Attendance, entry: RowEntry, holders: Sequence[Appointment], replied: dict[int, Reply]
) -> RowValues:
    """The entry with its blanks filled in: who represents the seat, who deputises first, and why that deputy."""
    if entry.recorded not in ATTENDED:
        return RowValues(entry.recorded, reason=entry.reason if entry.recorded is Recorded.APOLOGIES else "")
    person_id, name = entry.person_id, entry.name
    if person_id is None and not name:
        person_id, name = _who_came(row, entry.recorded, holders)
    deputy_reason = ""
    if entry.recorded is Recorded.DEPUTY:
        deputy_reason = entry.deputy_reason or said_of(row.seat_id, person_id, replied).reason
    return RowValues(entry.recorded, person_id, name, entry.mode, deputy_reason=deputy_reason)


def _who_came(row: Attendance, recorded: Recorded, holders: Sequence[Appointment]) -> tuple[int | None, str]:
    if row.seat_id is None or row.recorded == recorded:
        return row.person_id, row.guest_name
    is_deputy = recorded is Recorded.DEPUTY
    holder = named_holder(holders, AppointmentKind.DEPUTY if is_deputy else AppointmentKind.REPRESENTATIVE)
    expected = row.person_id if is_deputy and row.recorded == Recorded.NOT_RECORDED else None
    person_id = expected or (holder.person_id if holder else None)
    if person_id is None:
        raise NobodyNamed(f"Say who came for {row.seat}: nobody is named for that day.")
    return person_id, ""


def _values_at(row: Attendance, version: int) -> RowValues | None:
    """What the row said in an earlier version."""
    drawn = row.history.filter(version=version).order_by("-history_id").first()
    return values_of(drawn) if drawn else None


def _reason_for_deputy(recorded: Recorded, row: Attendance) -> str:
    return row.deputy_reason if recorded is Recorded.DEPUTY else ""


def _keep_findings(row: Attendance, findings: DeputyFindings, reason: str) -> None:
    row.deputy_standing, row.deputy_note, row.deputy_reason = findings.standing, findings.note, reason


def _keep_presences(
    row: Attendance,
    holders: Sequence[Appointment],
    *,
    meeting: Meeting,
    arrived_at: datetime | None,
    reason: str,
    by: User,
) -> None:
    """Let the row's presences say what it says: none unless somebody attended, else that person's."""
    known = list(row.presences.order_by("arrived_at"))
    if row.recorded not in ATTENDED:
        for gone in [*row.withdrawals.order_by("from_at"), *known]:
            deleted(gone, by=by, reason=reason)
        return
    stands = PresentAs.ONE_OF_THEIR_OWN if row.seat_id is None else present_as(row.person_id, holders)
    if not known:
        presence = Presence(attendance=row, person_id=row.person_id, present_as=stands)
        presence.arrived_at = arrived_at or usual_arrival(meeting)
        saved(presence, by=by, reason=reason)
    elif all(presence.person_id != row.person_id for presence in known):
        # It was somebody else who came: the times stand, the person is corrected.
        for presence in known:
            presence.person_id, presence.present_as = row.person_id, stands
            saved(presence, by=by, reason=reason, fields=["person", "present_as"])
