"""What falls due, who is told of it, and what became of each message. `partnership.obligations` does the work."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date, datetime
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import access
from partnership.models.announcement import Announcement
from partnership.models.append_only import AppendOnly
from partnership.models.board import Board
from partnership.models.constitution import Constitution
from partnership.models.partnership import Division


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)

    def open(self) -> Self:
        return self.filter(met_on=None, cancelled_at=None, waived_at=None)

    def to_plan(self, now: datetime) -> Self:
        """Whose next reminders are to be made by `now`, the earliest first."""
        return self.open().filter(plan_at__lte=now).order_by("plan_at", "pk")


class Obligation(models.Model):
    """One duty of a constitution, due once for one cause. Whether it is met, late or due follows from its dates.

    `duty` is the rule's permanent id in `constitution`; `occurrence` tells apart what one duty asks of one cause more
    than once. `due_version` rises whenever the date moves. `planned_at` is when that version was made: no reminder
    of an earlier hour is ever sent. `plan_at` is when the planner looks next (None: never again). `entered_late_at` is
    when it was entered, moved or opened again with its date, or every reminder before it, gone by (None: it was not).
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="obligations")
    cause_type = models.CharField(max_length=60, help_text="The label of its model, such as meetings.meeting.")
    cause_id = models.BigIntegerField()
    duty = models.CharField(max_length=80)
    occurrence = models.CharField(max_length=80, blank=True)
    constitution = models.ForeignKey(Constitution, on_delete=models.PROTECT, related_name="obligations")
    owner = models.CharField(max_length=120, help_text="Whose duty it is, in the constitution's word.")
    due_on = models.DateField()
    due_version = models.PositiveIntegerField(default=1)
    planned_at = models.DateTimeField()
    plan_at = models.DateTimeField(null=True, blank=True)
    entered_late_at = models.DateTimeField(null=True, blank=True)
    met_on = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=200, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    waived_at = models.DateTimeField(null=True, blank=True, help_text="Why, by whom and by which clause: its waivers.")

    objects = ObligationQuerySet.as_manager()

    access_subject = access.Subject(access.Kind.LEDGER, board="board")

    class Meta:
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("board", "cause_type", "cause_id", "duty", "occurrence"), name="obligation_once_a_cause"
            ),
            models.CheckConstraint(
                condition=Q(met_on=None, evidence="") | (Q(met_on__isnull=False) & ~Q(evidence="")),
                name="obligation_met_with_evidence",
            ),
            models.CheckConstraint(condition=Q(met_on=None) | Q(cancelled_at=None), name="obligation_met_or_cancelled"),
            models.CheckConstraint(condition=Q(met_on=None) | Q(waived_at=None), name="obligation_met_or_waived"),
            models.CheckConstraint(condition=Q(due_version__gte=1), name="obligation_version_from_one"),
        )
        indexes = (
            models.Index(fields=("plan_at",), condition=Q(met_on=None, cancelled_at=None), name="obligation_to_plan"),
            models.Index(fields=("cause_type", "cause_id"), name="obligation_by_cause"),
            models.Index(fields=("board", "due_on"), name="obligation_by_board_and_date"),
        )

    def __str__(self) -> str:
        return f"{self.duty}, due {self.due_on:%-d %B %Y}"

    @property
    def is_open(self) -> bool:
        return self.met_on is None and self.cancelled_at is None and self.waived_at is None


class Channel(models.TextChoices):
    EMAIL = "email", "E-mail"


class Purpose(models.TextChoices):
    REMINDER = "reminder", "Reminder"
    CHANGED = "date changed", "Date changed"
    TOLD = "told", "Message"


class DeliveryState(models.TextChoices):
    PENDING = "pending", "Waiting"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    RETRY = "retry", "To be tried again"
    FAILED = "failed", "Failed"
    BOUNCED = "bounced", "Came back"
    SKIPPED_MET = "skipped met", "Not sent: done by then"
    SKIPPED_WAIVED = "skipped waived", "Not sent: waived"
    SKIPPED_NO_ACCESS = "skipped no access", "Not sent: no longer theirs"
    SKIPPED_STALE = "skipped stale", "Not sent: too old"
    SUPERSEDED = "superseded", "Not sent: the date moved"
    CANCELLED = "cancelled", "Not sent: cancelled"


# What a change of the obligation still stops.
UNSENT = (DeliveryState.PENDING, DeliveryState.RETRY)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)

    def permitting(self, user: access.Asker, action: access.Action, kind: access.Kind, on: date | None = None) -> Self:
        return access.permitted(self, to=user, action=action, kind=kind, on=on)

    def not_begun(self) -> Self:
        """What can still be stopped: nobody has begun to talk to the mail server about it."""
        return self.filter(Q(state__in=UNSENT) | Q(state=DeliveryState.SENDING, begun_at=None))

    def first_due(self, now: datetime) -> Self:
        """Never tried, and due by `now`; the oldest first."""
        return self.filter(state=DeliveryState.PENDING, send_at__lte=now).order_by("send_at", "pk")

    def to_try_again(self, machine_now: datetime) -> Self:
        """Whose pause is over; the one over longest first."""
        return self.filter(state=DeliveryState.RETRY, wait_until__lte=machine_now).order_by("wait_until", "pk")

    def claimable(self, *, now: datetime, machine_now: datetime) -> Self:
        """Due by `now`, or to be tried again by the machine's own time."""
        return self.filter(
            Q(state=DeliveryState.PENDING, send_at__lte=now) | Q(state=DeliveryState.RETRY, wait_until__lte=machine_now)
        )

    def awake(self, quiet_divisions: Collection[str]) -> Self:
        """Without the reminders of partnerships where nobody is to be disturbed now."""
        if not quiet_divisions:
            return self
        if set(quiet_divisions) == set(Division.values):
            return self.exclude(purpose=Purpose.REMINDER)
        return self.exclude(purpose=Purpose.REMINDER, board__partnership__bank_holidays__in=sorted(quiet_divisions))


class Delivery(models.Model):
    """One message to one person about one obligation, or one announcement; `uuid` is in its Message-ID.

    `offset` counts days from the due date, `send_at` is the instant it is due. `wait_until` (machine time) ends a lease
    or a pause; `begun_at` is when the talk with the mail server began. `answer` is that server's last word.
    One that goes `in_digest` shares its message with others; `digest` is that message's uuid, from its first try on.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="deliveries")
    obligation = models.ForeignKey(
        Obligation, on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries"
    )
    announcement = models.ForeignKey(
        Announcement, on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries"
    )
    due_version = models.PositiveIntegerField(default=1)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="deliveries")
    offset = models.SmallIntegerField(default=0)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.EMAIL)
    purpose = models.CharField(max_length=20, choices=Purpose.choices, default=Purpose.REMINDER)
    state = models.CharField(max_length=20, choices=DeliveryState.choices, default=DeliveryState.PENDING)
    send_at = models.DateTimeField()
    wait_until = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    worker = models.UUIDField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    render_failures = models.PositiveSmallIntegerField(default=0)
    is_uncertain = models.BooleanField(default=False, help_text="A server may have taken it without our knowing.")
    is_late = models.BooleanField(default=False)
    in_digest = models.BooleanField(default=False)
    digest = models.UUIDField(null=True, blank=True, editable=False)
    service_id = models.CharField(max_length=200, blank=True, help_text="The number that a mail service gave it.")
    address = models.EmailField(max_length=254, blank=True)
    subject = models.CharField(max_length=250, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    access_subject = access.Subject(access.Kind.MESSAGES, board="board", owners=("recipient",))

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ("-send_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("obligation", "due_version", "recipient", "offset", "channel", "purpose"), name="delivery_once"
            ),
            models.UniqueConstraint(fields=("announcement", "recipient", "channel"), name="delivery_once_announced"),
            models.CheckConstraint(
                condition=Q(obligation__isnull=False, announcement=None, purpose__in=("reminder", "date changed"))
                | Q(obligation=None, announcement__isnull=False, purpose="told"),
                name="delivery_about_one_thing",
            ),
            models.CheckConstraint(condition=Q(digest=None) | Q(in_digest=True), name="delivery_digest_of_one_in_it"),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.SENT) | Q(sent_at__isnull=False), name="delivery_sent_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.SENDING) | Q(worker__isnull=False, wait_until__isnull=False),
                name="delivery_sending_has_a_lease",
            ),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.RETRY) | Q(wait_until__isnull=False), name="delivery_retry_has_a_time"
            ),
        )
        indexes = (
            # Whole, not partial: SQLite uses no partial index whose condition is compared with a parameter.
            models.Index(fields=("state", "send_at"), name="delivery_by_state_and_hour"),
            models.Index(fields=("state", "wait_until"), name="delivery_by_state_and_wait"),
            models.Index(fields=("digest",), condition=Q(digest__isnull=False), name="delivery_by_digest"),
            models.Index(fields=("recipient", "sent_at"), name="delivery_by_day"),
            models.Index(fields=("service_id",), name="delivery_by_service_id"),
        )

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} to {self.recipient}: {self.get_state_display()}"

    @property
    def message_uuid(self) -> UUID:
        """What the message bears: the digest's where it is in one."""
        return self.digest or self.uuid


class ObligationEvent(AppendOnly):
    """One thing that happened to an obligation or to a message; rows are only ever added.

    What becomes of an announcement's message has no obligation, and no due date.
    """

    class What(models.TextChoices):
        PLANNED = "planned", "Planned"
        MOVED = "moved", "Date moved"
        MET = "met", "Met"
        REOPENED = "reopened", "Reopened"
        CANCELLED = "cancelled", "Cancelled"
        WAIVED = "waived", "Waived"
        UNWAIVED = "unwaived", "Waiver withdrawn"
        SENT = "sent", "Sent"
        RETRY = "retry", "To be tried again"
        FAILED = "failed", "Failed"
        SKIPPED = "skipped", "Not sent"
        UNCERTAIN = "uncertain", "Perhaps sent"
        BOUNCED = "bounced", "Came back"
        DEFERRED = "deferred", "Kept for a digest"
        AGAIN = "again", "To be sent again"
        STANDARD = "standard words", "Sent in the standard words"
        DELIVERED = "delivered", "Delivered"
        COMPLAINED = "complained", "Marked as unwanted"

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    what = models.CharField(max_length=20, choices=What.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True, help_text="The due date as it stood then.")
    detail = models.CharField(max_length=500, blank=True)

    class Meta(AppendOnly.Meta):
        ordering = ("obligation", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(delivery__isnull=False)
                | ~Q(
                    what__in=(
                        "sent",
                        "retry",
                        "failed",
                        "skipped",
                        "uncertain",
                        "bounced",
                        "deferred",
                        "again",
                        "standard words",
                        "delivered",
                        "complained",
                    )
                ),
                name="event_of_a_message_names_it",
            ),
            models.CheckConstraint(
                condition=Q(obligation=None, due_on=None, delivery__isnull=False)
                | Q(obligation__isnull=False, due_on__isnull=False),
                name="event_of_an_obligation_or_a_message",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_what_display()} on {self.at:%-d %B %Y}"
