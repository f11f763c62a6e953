"""Handling marks: how a paper or an item is to be handled, in the partnership's own set."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q

from partnership import access
from partnership.models.history import AuthoredHistory
from partnership.models.partnership import Partnership


class HandlingMark(models.Model):
    """One mark. The one of higher `severity` wins over a whole document; `handling` says what it asks of a reader.

    `is_on_subjects` puts it before the subject of mail about what bears it. A retired one is no longer chosen.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="handling_marks")
    label = models.CharField(max_length=60)
    severity = models.PositiveSmallIntegerField()
    handling = models.CharField(max_length=200, blank=True)
    is_on_subjects = models.BooleanField(default=False)
    is_retired = models.BooleanField(default=False)

    history: Any = AuthoredHistory()

    access_subject = access.Subject(access.Kind.PARTNERSHIP, board=None, partnership="partnership")

    class Meta:
        ordering = ("partnership_id", "severity")
        constraints = (
            models.UniqueConstraint(fields=("partnership", "label"), name="mark_label_once_a_partnership"),
            models.UniqueConstraint(fields=("partnership", "severity"), name="mark_severity_once_a_partnership"),
            models.CheckConstraint(condition=~Q(label=""), name="mark_has_a_label"),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def words(self) -> str:
        """`OFFICIAL-SENSITIVE. Share it only with those who need it.`"""
        return f"{self.label}. {self.handling}" if self.handling else self.label


def highest(marks: Iterable[HandlingMark | None]) -> HandlingMark | None:
    """The mark that holds for all of them together."""
    return max((mark for mark in marks if mark is not None), key=lambda mark: mark.severity, default=None)
