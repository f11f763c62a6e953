"""Grades on an agency's own ladder: a deputy's grade is compared with the representative's on that ladder only."""

from __future__ import annotations

from typing import Any

from django.db import models

from membership.models.agency import Agency
from partnership.models.history import AuthoredHistory


class GradeLadder(models.Model):
    """One agency's ladder (officers' ranks, an NHS pay scale); an agency may have several."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="grade_ladders")
    name = models.CharField(max_length=100)

    history: Any = AuthoredHistory()

    class Meta:
        ordering = ("agency", "name")
        constraints = (models.UniqueConstraint(fields=("agency", "name"), name="grade_ladder_once"),)

    def __str__(self) -> str:
        return self.name


class Grade(models.Model):
    """A rung. `rank` 1 is the most senior; one grade lower is one rank more."""

    ladder = models.ForeignKey(GradeLadder, on_delete=models.PROTECT, related_name="grades")
    name = models.CharField(max_length=100)
    rank = models.PositiveSmallIntegerField()

    history: Any = AuthoredHistory()

    class Meta:
        ordering = ("ladder", "rank")
        constraints = (
            models.UniqueConstraint(fields=("ladder", "rank"), name="grade_rank_once"),
            models.UniqueConstraint(fields=("ladder", "name"), name="grade_name_once"),
            models.CheckConstraint(condition=models.Q(rank__gte=1), name="grade_rank_from_one"),
        )

    def __str__(self) -> str:
        return self.name
