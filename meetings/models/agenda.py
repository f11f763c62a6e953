"""The agenda of a meeting: its items in order, and each time it was published."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from meetings.models.meeting import Meeting
from partnership import access
from partnership.models import HandlingMark, Protection
from partnership.models.history import AuthoredHistory


class ItemKind(models.TextChoices):
    """What the meeting does with an item."""

    DECISION = "decision", "Decision"
    ASSURANCE = "assurance", "Assurance"
    DISCUSSION = "discussion", "Discussion"
    INFORMATION = "information", "Information"


class AgendaPublication(models.Model):
    """One time at which agenda and papers were published: version 1, and a supplement each time after that.

    `reason` says why it came after the date on which it was due.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="publications")
    version = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)

    history: Any = AuthoredHistory()

    access_subject = access.Subject(access.Kind.AGENDA, board="meeting__board", meeting="meeting_id")

    class Meta:
        ordering = ("meeting_id", "version")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "version"), name="publication_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="publication_version_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.meeting}: agenda, version {self.version}"


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)

    def listed_for(self, user: access.Asker, on: date | None = None) -> Self:
        """Items that the person may know to be there: of one that is not `is_open` its number and no more."""
        return access.listed(self, to=user, on=on)

    def in_order(self) -> Self:
        """As the meeting takes them. What was withdrawn is not on the agenda."""
        return self.filter(withdrawn_at=None).order_by("position", "pk")


class AgendaItem(models.Model):
    """One item. A draft until a publication carries it; withdrawn, never deleted, once it was published.

    Its number is its place among the items of its meeting that were not withdrawn. `rule` is the permanent id of the
    standing item it came from, empty for any other. `purpose` says what is wanted from those who attend. `version`
    grows with every change: a form says which one it was drawn from. Its protection covers all that hangs on it:
    papers, record, decisions, actions, minutes. From `listed_for` it says whether it `is_open` to that reader, and
    whether they are barred (`is_barred`).
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=15, choices=ItemKind.choices)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True, help_text="How long it is given.")
    lead = models.CharField(max_length=150, blank=True)
    purpose = models.CharField(max_length=500, blank=True)
    rule = models.CharField(max_length=80, blank=True)
    added_at = models.DateTimeField()
    published_in = models.ForeignKey(
        AgendaPublication, on_delete=models.PROTECT, null=True, blank=True, related_name="items"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    protection = models.OneToOneField(
        Protection, on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_item"
    )

    mark = models.ForeignKey(HandlingMark, on_delete=models.PROTECT, null=True, blank=True, related_name="items")

    is_open: bool
    is_barred: bool

    history: Any = AuthoredHistory()
    objects = AgendaItemQuerySet.as_manager()

    access_subject = access.Subject(
        access.Kind.AGENDA_DRAFT,
        board="meeting__board",
        meeting="meeting_id",
        states=(access.State(access.Kind.AGENDA, Q(published_in__isnull=False)),),
        protections=("protection",),
    )

    class Meta:
        ordering = ("meeting_id", "position", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(title=""), name="item_has_a_title"),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__gte=1, minutes__lte=1440), name="item_takes_minutes_of_a_day"
            ),
            models.UniqueConstraint(
                fields=("meeting", "rule"),
                condition=~Q(rule="") & Q(withdrawn_at=None),
                name="item_once_a_standing_rule",
            ),
        )
        indexes = (models.Index(fields=("meeting", "position"), name="item_by_position"),)

    def __str__(self) -> str:
        return f"{self.meeting}: {self.title}"


class ItemRecordQuerySet(models.QuerySet["ItemRecord"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)


class ItemRecord(models.Model):
    """What was recorded of an item at the meeting: when it was taken, and what was said. Minutes are drafted from it.

    `version` grows with every change: a form says which one it was drawn from.
    """

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="record")
    begun_at = models.DateTimeField(null=True, blank=True)
    discussion = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    history: Any = AuthoredHistory()
    objects = ItemRecordQuerySet.as_manager()

    access_subject = access.Subject(
        access.Kind.MINUTES_DRAFT,
        board="item__meeting__board",
        meeting="item__meeting_id",
        protections=("item__protection",),
    )

    class Meta:
        ordering = ("item__meeting_id", "item__position", "pk")

    def __str__(self) -> str:
        return f"Record of {self.item}"
