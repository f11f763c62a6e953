"""Actions: what an agency undertook, who in it answers for that, and by when."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from meetings.models.agenda import AgendaItem
from membership.models import Agency
from partnership import access
from partnership.models import Board, Partnership
from partnership.models.history import AuthoredHistory


class ActionStatus(models.TextChoices):
    """As recorded; whether an open action is due or overdue follows from its date."""

    OPEN = "open", "Open"
    ASKED_TO_CLOSE = "asked to close", "Asked to close"
    CLOSED = "closed", "Closed"


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)

    def permitting(self, user: access.Asker, action: access.Action, on: date | None = None) -> Self:
        return access.permitted(self, to=user, action=action, on=on)

    def not_closed(self) -> Self:
        return self.exclude(status=ActionStatus.CLOSED)

    def overdue(self, today: date) -> Self:
        return self.not_closed().filter(due_on__lt=today)

    def owned_by(self, person_id: int) -> Self:
        return self.filter(owner=person_id)


class Action(models.Model):
    """One action. Its number runs through the whole partnership; an action is never deleted.

    `item` is where it was agreed, None for one agreed elsewhere. `agency` is None for the holder of an office.
    `version` grows with every change: a form says which one it was drawn from.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="actions")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveIntegerField()
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    text = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="actions")
    agreed_on = models.DateField()
    due_on = models.DateField()
    status = models.CharField(max_length=15, choices=ActionStatus.choices, default=ActionStatus.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    is_open: bool

    history: Any = AuthoredHistory()
    objects = ActionQuerySet.as_manager()

    access_subject = access.Subject(
        access.Kind.ACTIONS,
        board="board",
        partnership="partnership",
        owners=("owner",),
        protections=("item__protection",),
    )

    class Meta:
        ordering = ("partnership_id", "number")
        constraints = (
            models.UniqueConstraint(fields=("partnership", "number"), name="action_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="action_says_what"),
            models.CheckConstraint(condition=Q(due_on__gte=models.F("agreed_on")), name="action_due_once_agreed"),
            models.CheckConstraint(
                condition=Q(status=ActionStatus.CLOSED, closed_on__isnull=False)
                | (~Q(status=ActionStatus.CLOSED) & Q(closed_on=None)),
                name="action_closed_on_a_day",
            ),
        )
        indexes = (
            models.Index(fields=("board", "status", "due_on"), name="action_by_board_and_date"),
            models.Index(fields=("owner", "status", "due_on"), name="action_by_owner"),
        )

    def __str__(self) -> str:
        return f"{self.reference}: {self.text}"

    @property
    def reference(self) -> str:
        """How people call it: the partnership's word for its actions, and the number."""
        return f"{self.partnership.action_prefix or self.partnership.short_name}-{self.number}"


class ActionUpdateQuerySet(models.QuerySet["ActionUpdate"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)


class ActionUpdate(models.Model):
    """What somebody reported of an action; added, never changed."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="updates")
    text = models.TextField()
    at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="action_updates")
    asks_to_close = models.BooleanField(default=False)

    history: Any = AuthoredHistory()
    objects = ActionUpdateQuerySet.as_manager()

    access_subject = access.Subject(
        access.Kind.ACTIONS,
        board="action__board",
        partnership="action__partnership",
        owners=("action__owner",),
        protections=("action__item__protection",),
    )

    class Meta:
        ordering = ("action_id", "at", "pk")
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="action_update_says_what"),)

    def __str__(self) -> str:
        return f"{self.action_id}, {self.at:%-d %B %Y}: {self.text}"
