"""An office that a member holds beside their own seat: a vice-chair."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from partnership import access
from partnership.models import Board
from partnership.models.history import AuthoredHistory


class OfficeTerm(models.Model):
    """Somebody in an office of the board over [starts_on, until); `office` is its permanent id in the terms.

    `appointed_by` is who appointed them; `consulted` who was consulted, on `consulted_on`.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="office_terms")
    office = models.CharField(max_length=80)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="office_terms")
    starts_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    appointed_by = models.CharField(max_length=150)
    consulted = models.CharField(max_length=500)
    consulted_on = models.DateField()

    history: Any = AuthoredHistory()

    access_subject = access.Subject(access.Kind.SEATS, board="board")

    class Meta:
        ordering = ("board_id", "office", "starts_on")
        constraints = (
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("starts_on")), name="office_term_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=("board", "office"), condition=Q(until=None), name="office_term_one_open_ended"
            ),
        )
        indexes = (models.Index(fields=("board", "office", "starts_on"), name="office_term_by_board"),)

    def __str__(self) -> str:
        return f"{self.person}, {self.office}"

    @property
    def last_day(self) -> date | None:
        """The last day in the office, inclusive; None while it is open."""
        return None if self.until is None else self.until - timedelta(days=1)
