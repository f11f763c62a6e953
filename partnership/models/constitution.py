"""A board's terms of reference as data, one row per adopted version. Adopted text is never edited."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models

from partnership import access
from partnership.models.board import Board
from partnership.models.history import AuthoredHistory


class ConstitutionQuerySet(models.QuerySet["Constitution"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)

    def begun(self, on: date) -> Self:
        """In force on that date or before it, the latest first; the first of a board is the one in force."""
        return self.filter(in_force_from__lte=on).order_by("-in_force_from")


class Constitution(models.Model):
    """One version. In force on a date: the latest `in_force_from` that is not after it."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="constitutions")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(help_text="The whole file as adopted.")
    sha256 = models.CharField(max_length=64)
    in_force_from = models.DateField()
    review_by = models.DateField(null=True, blank=True)
    adopted_at = models.DateTimeField()

    history: Any = AuthoredHistory()
    objects = ConstitutionQuerySet.as_manager()

    access_subject = access.Subject(access.Kind.CONSTITUTION, board="board")

    class Meta:
        ordering = ("board", "-in_force_from")
        constraints = (
            models.UniqueConstraint(fields=("board", "version"), name="constitution_version_unique"),
            models.UniqueConstraint(fields=("board", "in_force_from"), name="constitution_in_force_from_unique"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="constitution_version_from_one"),
            models.CheckConstraint(condition=~models.Q(text=""), name="constitution_has_a_text"),
        )

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"
