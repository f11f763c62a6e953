"""A meeting of a board: a date and local times; instants are computed from them, never the other way."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from partnership import access
from partnership.clock import LONDON
from partnership.models import Board
from partnership.models.history import AuthoredHistory


class MeetingKind(models.TextChoices):
    ORDINARY = "ordinary", "Ordinary meeting"
    EXTRAORDINARY = "extraordinary", "Extraordinary meeting"
    ANNUAL = "annual", "Annual meeting"
    DEVELOPMENT_DAY = "development day", "Development day"


class MeetingStatus(models.TextChoices):
    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class Call(models.TextChoices):
    """First convened, or reconvened after an inquorate meeting."""

    FIRST = "first", "First call"
    SECOND = "second", "Second call"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)

    def permitting(self, user: access.Asker, action: access.Action, kind: access.Kind, on: date | None = None) -> Self:
        """Meetings on whose objects of that kind the person may do that."""
        return access.permitted(self, to=user, action=action, kind=kind, on=on)

    def upcoming(self, today: date) -> Self:
        """Planned for today or later, the next first."""
        return self.filter(status=MeetingStatus.PLANNED, on__gte=today).order_by("on", "starts_at")

    def past(self, today: date) -> Self:
        """Held, or gone by without being held, the latest first; cancelled ones among them."""
        return self.filter(Q(on__lt=today) | Q(status=MeetingStatus.HELD)).order_by("-on", "-starts_at")

    def held(self) -> Self:
        return self.filter(status=MeetingStatus.HELD)


class Meeting(models.Model):
    """One meeting. `sitting` tells apart the meetings of a board on one date (1 unless there are several).

    `opened_at` is when the register was opened and `closed_at` when it was closed; a meeting is held once it is closed.
    `begun_at` is when the chair began the meeting, where that was recorded.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=20, choices=MeetingKind.choices, default=MeetingKind.ORDINARY)
    on = models.DateField()
    sitting = models.PositiveSmallIntegerField(default=1)
    starts_at = models.TimeField(help_text="Local time in London.")
    ends_at = models.TimeField(null=True, blank=True, help_text="Local time in London.")
    place = models.CharField(max_length=200, blank=True)
    video_link = models.URLField(max_length=500, blank=True)
    status = models.CharField(max_length=10, choices=MeetingStatus.choices, default=MeetingStatus.PLANNED)
    call = models.CharField(max_length=6, choices=Call.choices, default=Call.FIRST)
    reconvenes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reconvened_as"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    history: Any = AuthoredHistory()
    objects = MeetingQuerySet.as_manager()

    access_subject = access.Subject(access.Kind.MEETING, board="board", meeting="id")

    class Meta:
        ordering = ("board_id", "on", "starts_at")
        constraints = (
            models.UniqueConstraint(fields=("board", "on", "starts_at"), name="meeting_once_at_a_time"),
            models.UniqueConstraint(fields=("board", "on", "sitting"), name="meeting_sitting_once_a_day"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(opened_at__isnull=False, closed_at__gt=F("opened_at")),
                name="meeting_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(status=MeetingStatus.HELD, closed_at__isnull=False)
                | (~Q(status=MeetingStatus.HELD) & Q(closed_at=None)),
                name="meeting_held_when_closed",
            ),
            models.CheckConstraint(
                condition=Q(begun_at=None) | Q(opened_at__isnull=False), name="meeting_begins_on_an_open_register"
            ),
            models.CheckConstraint(
                condition=~Q(status=MeetingStatus.CANCELLED) | Q(opened_at=None), name="meeting_cancelled_never_opened"
            ),
            models.CheckConstraint(
                condition=Q(call=Call.SECOND) | Q(reconvenes=None), name="meeting_first_call_reconvenes_nothing"
            ),
        )
        indexes = (models.Index(fields=("status", "on"), name="meeting_by_status_and_date"),)

    def __str__(self) -> str:
        return f"{self.board.short_name}, {self.on:%-d %B %Y}"

    @property
    def address(self) -> str:
        """The last part of its web address: the date, and the sitting when it is not the day's first."""
        return self.on.isoformat() if self.sitting == 1 else f"{self.on.isoformat()}-{self.sitting}"

    @property
    def begins(self) -> datetime:
        """The planned instant of its start. Of an hour that comes twice in autumn, the first is meant."""
        return datetime.combine(self.on, self.starts_at, tzinfo=LONDON)

    @property
    def began(self) -> datetime | None:
        """The instant at which the meeting began: as recorded, else its planned start, or a later opening."""
        if self.opened_at is None:
            return None
        return self.begun_at or max(self.opened_at, self.begins)

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None


class ReplyAnswer(models.TextChoices):
    COMING = "coming", "Coming"
    DEPUTY = "deputy", "A deputy will come"
    APOLOGIES = "apologies", "Apologies"


class ReplyQuerySet(models.QuerySet["Reply"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)


class Reply(models.Model):
    """What a seat said about coming; history keeps earlier words. `person` is who comes, None with apologies.

    `said_authority` and `said_grades_lower` are what was said of a deputy (None: nothing), `deputy_reason` why one is
    sent whom the rules would rather not see.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="replies")
    seat = models.ForeignKey("membership.Seat", on_delete=models.PROTECT, related_name="replies")
    answer = models.CharField(max_length=10, choices=ReplyAnswer.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="replies"
    )
    reason = models.CharField(max_length=300, blank=True)
    said_authority = models.BooleanField(null=True, blank=True)
    said_grades_lower = models.SmallIntegerField(null=True, blank=True)
    deputy_reason = models.CharField(max_length=300, blank=True)
    replied_at = models.DateTimeField()

    history: Any = AuthoredHistory()
    objects = ReplyQuerySet.as_manager()

    access_subject = access.Subject(
        access.Kind.REPLIES, board="meeting__board", meeting="meeting_id", owners=("person",)
    )

    class Meta:
        verbose_name_plural = "replies"
        ordering = ("meeting_id", "seat_id")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "seat"), name="reply_once_a_seat"),
            models.CheckConstraint(
                condition=Q(answer=ReplyAnswer.APOLOGIES, person=None)
                | (~Q(answer=ReplyAnswer.APOLOGIES) & Q(person__isnull=False)),
                name="reply_names_who_comes",
            ),
            models.CheckConstraint(
                condition=Q(answer=ReplyAnswer.DEPUTY)
                | Q(said_authority=None, said_grades_lower=None, deputy_reason=""),
                name="reply_says_of_a_deputy",
            ),
        )

    def __str__(self) -> str:
        return f"{self.seat}: {self.get_answer_display()}"


class Determination(models.Model):
    """The chair's recorded word that a meeting, or one item of it, may go ahead although not quorate."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="determinations")
    item_number = models.CharField(max_length=10, blank=True, help_text="Empty when it is about the whole meeting.")
    determined_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="determinations")
    at = models.DateTimeField()
    reason = models.TextField()

    history: Any = AuthoredHistory()

    access_subject = access.Subject(access.Kind.REGISTER, board="meeting__board", meeting="meeting_id")

    class Meta:
        ordering = ("meeting_id", "at")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "item_number"), name="determination_once_a_matter"),
            models.CheckConstraint(condition=~Q(reason=""), name="determination_has_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.meeting}: {self.reason}"
