"""Induction: what a partnership's new members accept and do, and how far each of them is."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from partnership import access
from partnership.models import Board, Partnership
from partnership.models.history import AuthoredHistory


class MarkedBy(models.TextChoices):
    """Who says that a line of a checklist is done."""

    MEMBER = "member", "The new member"
    TEAM = "team", "The partnership team"


class InductionPractice(models.Model):
    """Whether a partnership keeps inductions where no clause asks for them, and within how many weeks."""

    partnership = models.OneToOneField(Partnership, on_delete=models.PROTECT, related_name="induction_practice")
    is_on = models.BooleanField("switched on", default=False)
    weeks = models.PositiveSmallIntegerField(default=8)

    history: Any = AuthoredHistory()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(weeks__gte=1, weeks__lte=52), name="induction_practice_within_a_year"),
        )

    def __str__(self) -> str:
        return f"Induction in {self.partnership}"


class RoleDescription(models.Model):
    """What a role asks of a person, as text that a new member accepts. A change is a further version."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="role_descriptions")
    role = models.CharField(max_length=30, choices=access.Role.choices)
    version = models.PositiveSmallIntegerField()
    text = models.TextField()

    history: Any = AuthoredHistory()

    class Meta:
        ordering = ("partnership", "role", "-version")
        constraints = (
            models.UniqueConstraint(fields=("partnership", "role", "version"), name="role_description_version_once"),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()}, version {self.version}"


class InductionLine(models.Model):
    """One line of the checklist of a role, until `withdrawn_on`."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="induction_lines")
    role = models.CharField(max_length=30, choices=access.Role.choices)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    marked_by = models.CharField(max_length=10, choices=MarkedBy.choices)
    withdrawn_on = models.DateField(null=True, blank=True)

    history: Any = AuthoredHistory()

    class Meta:
        ordering = ("partnership", "role", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("partnership", "role", "marked_by", "text"),
                condition=Q(withdrawn_on=None),
                name="induction_line_once",
            ),
        )

    def __str__(self) -> str:
        return self.text


class InductionQuerySet(models.QuerySet["Induction"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)

    def unfinished(self) -> Self:
        return self.filter(completed_on=None, stopped_on=None)


class Induction(models.Model):
    """One person's induction into a partnership, begun by their first seat.

    Its lines are copied when it begins, so that a later change of the checklist leaves it as it is. `completed_on` is
    set once every line is done and the role description accepted; `stopped_on` when the person left before that.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="inductions")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="inductions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="inductions")
    role = models.CharField(max_length=30, choices=access.Role.choices)
    started_on = models.DateField()
    due_on = models.DateField()
    description = models.ForeignKey(
        RoleDescription, on_delete=models.PROTECT, null=True, blank=True, related_name="inductions"
    )
    accepted_on = models.DateField("role description accepted", null=True, blank=True)
    completed_on = models.DateField("completed", null=True, blank=True)
    stopped_on = models.DateField("stopped", null=True, blank=True)

    history: Any = AuthoredHistory()
    objects = InductionQuerySet.as_manager()

    access_subject = access.Subject(access.Kind.INDUCTION, board="board", owners=("person",))

    class Meta:
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(fields=("partnership", "person"), name="induction_once_a_partnership"),
            models.CheckConstraint(condition=Q(due_on__gte=F("started_on")), name="induction_due_after_it_starts"),
        )
        indexes = (
            models.Index(
                fields=("board", "due_on"),
                condition=Q(completed_on=None, stopped_on=None),
                name="induction_unfinished",
            ),
        )

    def __str__(self) -> str:
        return f"Induction of {self.person}"


class InductionStep(models.Model):
    """One line of one induction, and who did it when."""

    induction = models.ForeignKey(Induction, on_delete=models.PROTECT, related_name="induction_steps")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    marked_by = models.CharField(max_length=10, choices=MarkedBy.choices)
    done_on = models.DateField("done", null=True, blank=True)

    history: Any = AuthoredHistory()

    class Meta:
        ordering = ("induction", "position")
        constraints = (models.UniqueConstraint(fields=("induction", "position"), name="induction_step_once_a_place"),)

    def __str__(self) -> str:
        return self.text
