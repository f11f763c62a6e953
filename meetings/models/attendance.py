"""The register: one row a seat (or guest), who was in the meeting from when to when, and withdrawals from items."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from meetings.models.meeting import Meeting
from membership.models import Seat
from partnership import access
from partnership.models.history import AuthoredHistory


class Recorded(models.TextChoices):
    """What the register says of a row. Blank rows become DID_NOT_ATTEND when it is closed."""

    NOT_RECORDED = "not recorded", "Not recorded"
    PRESENT = "present", "Present"
    DEPUTY = "deputy", "Deputy"
    APOLOGIES = "apologies", "Apologies"
    DID_NOT_ATTEND = "did not attend", "Did not attend"


ATTENDED = (Recorded.PRESENT, Recorded.DEPUTY)


class Mode(models.TextChoices):
    IN_THE_ROOM = "in the room", "In the room"
    REMOTE = "remote", "Remote"


class AttendsAs(models.TextChoices):
    """For a seat, or without one."""

    SEAT = "seat", "For a seat"
    OBSERVER = "observer", "Observer"
    ADVISER = "adviser", "Adviser"
    GUEST = "guest", "Guest"
    IN_ATTENDANCE = "in attendance", "In attendance"


class PresentAs(models.TextChoices):
    """How the person in the room stands to the row's seat."""

    REPRESENTATIVE = "representative", "Representative"
    DEPUTY = "deputy", "Designated deputy"
    SUBSTITUTE = "substitute", "Substitute"
    ONE_OF_THEIR_OWN = "own", "For themselves"


class DeputyStanding(models.TextChoices):
    """What was known, at the time, of the deputy against the board's own rule. The constitution says what follows."""

    NOT_ASKED = "not asked", "No deputy"
    PROPER = "proper", "Proper"
    IMPROPER = "improper", "Not proper"
    NOT_CHECKED = "not checked", "Not checked"


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)

    def attended(self) -> Self:
        return self.filter(recorded__in=ATTENDED)


class Attendance(models.Model):
    """One row of a register. `person` is who attends for the seat; for a guest without an account, `guest_name`.

    `version` grows with every change of the row or of its presences: a form says which one it was drawn from.
    `deputy_standing`, `deputy_note` and `deputy_reason` keep what was known of a deputy that day, and why they were
    let in. A row read with its register says whether somebody of it withdrew from an item (`has_withdrawals`).
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="attendances")
    attends_as = models.CharField(max_length=15, choices=AttendsAs.choices, default=AttendsAs.SEAT)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    guest_name = models.CharField(max_length=150, blank=True)
    recorded = models.CharField(max_length=20, choices=Recorded.choices, default=Recorded.NOT_RECORDED)
    mode = models.CharField(max_length=15, choices=Mode.choices, default=Mode.IN_THE_ROOM)
    reason = models.CharField(max_length=300, blank=True, help_text="The reason given with apologies.")
    deputy_standing = models.CharField(max_length=15, choices=DeputyStanding.choices, default=DeputyStanding.NOT_ASKED)
    deputy_note = models.CharField(max_length=300, blank=True, help_text="What the check found.")
    deputy_reason = models.CharField(max_length=300, blank=True, help_text="Why a deputy who is not proper came.")
    version = models.PositiveIntegerField(default=1)

    has_withdrawals: bool

    history: Any = AuthoredHistory()
    objects = AttendanceQuerySet.as_manager()

    access_subject = access.Subject(
        access.Kind.REGISTER, board="meeting__board", meeting="meeting_id", owners=("person",)
    )

    class Meta:
        verbose_name = "attendance"
        verbose_name_plural = "attendances"
        ordering = ("meeting_id", "seat__position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "seat"), name="attendance_once_a_seat"),
            models.UniqueConstraint(
                fields=("meeting", "person"),
                condition=Q(seat=None, person__isnull=False),
                name="attendance_once_a_guest",
            ),
            models.CheckConstraint(
                condition=Q(seat__isnull=False, attends_as=AttendsAs.SEAT)
                | (Q(seat=None) & ~Q(attends_as=AttendsAs.SEAT)),
                name="attendance_for_a_seat_or_without",
            ),
            models.CheckConstraint(
                condition=~Q(recorded__in=ATTENDED) | Q(person__isnull=False) | ~Q(guest_name=""),
                name="attendance_names_who_came",
            ),
            models.CheckConstraint(
                condition=Q(recorded=Recorded.APOLOGIES) | Q(reason=""), name="attendance_reason_goes_with_apologies"
            ),
        )
        indexes = (models.Index(fields=("seat", "recorded"), name="attendance_by_seat"),)

    def __str__(self) -> str:
        return f"{self.seat or self.person or self.guest_name}: {self.get_recorded_display()}"


class Presence(models.Model):
    """Somebody of a row in the meeting over [arrived_at, left_at); still there when `left_at` is None."""

    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="presences")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="presences"
    )
    present_as = models.CharField(max_length=15, choices=PresentAs.choices)
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    history: Any = AuthoredHistory()

    access_subject = access.Subject(
        access.Kind.REGISTER, board="attendance__meeting__board", meeting="attendance__meeting_id", owners=("person",)
    )

    class Meta:
        ordering = ("attendance_id", "arrived_at")
        constraints = (
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gt=F("arrived_at")), name="presence_leaves_after_it_arrives"
            ),
            models.UniqueConstraint(
                fields=("attendance", "person"), condition=Q(left_at=None), name="presence_one_open_a_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.attendance} from {self.arrived_at:%H:%M}"


class Withdrawal(models.Model):
    """Somebody of a row withdrawn from one item because of an interest, over [from_at, until_at)."""

    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="withdrawals")
    item_number = models.CharField(max_length=10)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300)

    history: Any = AuthoredHistory()

    access_subject = access.Subject(
        access.Kind.REGISTER, board="attendance__meeting__board", meeting="attendance__meeting_id"
    )

    class Meta:
        ordering = ("attendance_id", "from_at")
        constraints = (
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gt=F("from_at")), name="withdrawal_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=("attendance", "item_number"), condition=Q(until_at=None), name="withdrawal_one_open_an_item"
            ),
            models.CheckConstraint(condition=~Q(item_number=""), name="withdrawal_names_its_item"),
        )

    def __str__(self) -> str:
        return f"{self.attendance}: withdrawn from item {self.item_number}"
