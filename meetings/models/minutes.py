"""Minutes as they were sent. A draft is no row: it is drawn from the record each time it is looked at."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from meetings.models.agenda import AgendaItem
from meetings.models.delegation import Delegation
from meetings.models.meeting import Meeting
from partnership import access
from partnership.models import Board
from partnership.models.history import AuthoredHistory


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)


class Minutes(models.Model):
    """One version of a meeting's minutes as sent; `content` is all they say, and never changes.

    `reason` says why they came after the date on which they were due.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sent_at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)

    history: Any = AuthoredHistory()
    objects = MinutesQuerySet.as_manager()

    access_subject = access.Subject(access.Kind.MINUTES, board="meeting__board", meeting="meeting_id")

    class Meta:
        verbose_name_plural = "minutes"
        ordering = ("meeting_id", "-version")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "version"), name="minutes_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="minutes_version_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.meeting}: minutes, version {self.version}"


class Manner(models.TextChoices):
    """How the meeting came to a decision."""

    CONSENT = "consent", "By consent"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)


class Decision(models.Model):
    """What the meeting decided at an item, and when: the quorum of that moment says what it is worth.

    Part of the draft record until `sent_in`, the minutes that carried it first. `version` grows with every change.
    `asks_agreement` where a rule makes it final only once another board has agreed (a `BoardAnswer`). `function_of` is
    the board whose function was exercised, where it is not the meeting's own, and `delegation` what gave it, if any.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="decisions")
    text = models.TextField()
    manner = models.CharField(max_length=10, choices=Manner.choices, default=Manner.CONSENT)
    decided_at = models.DateTimeField()
    sent_in = models.ForeignKey(Minutes, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    version = models.PositiveIntegerField(default=1)
    asks_agreement = models.BooleanField(default=False)
    function_of = models.ForeignKey(
        Board, on_delete=models.PROTECT, null=True, blank=True, related_name="decided_elsewhere"
    )
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )

    history: Any = AuthoredHistory()
    objects = DecisionQuerySet.as_manager()

    access_subject = access.Subject(
        access.Kind.MINUTES_DRAFT,
        board="item__meeting__board",
        meeting="item__meeting_id",
        states=(access.State(access.Kind.DECISIONS, Q(sent_in__isnull=False)),),
        protections=("item__protection",),
    )

    class Meta:
        ordering = ("item__meeting_id", "decided_at", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="decision_says_what"),
            models.CheckConstraint(
                condition=Q(delegation=None) | Q(function_of__isnull=False), name="decision_delegated_by_somebody"
            ),
        )

    def __str__(self) -> str:
        return f"{self.item}: {self.text}"
