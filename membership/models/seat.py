"""A seat: a place on a board that outlives the person in it."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models

from membership.models.agency import Agency
from partnership import access
from partnership.models import Board
from partnership.models.history import AuthoredHistory


class SeatQuerySet(models.QuerySet["Seat"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)

    def on_board(self, on: date) -> Self:
        """Seats that exist on that date."""
        return self.filter(access.in_force(on))


class Seat(models.Model):
    """A place held by an agency or an office. What it counts for is the constitution's to say, by `key`.

    `key` is the constitution's permanent id of the seat, `office` the words of an office that goes with it.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="seats")
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="seats")
    office = models.CharField(max_length=100, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    starts_on = models.DateField()
    until = models.DateField(null=True, blank=True)

    history: Any = AuthoredHistory()
    objects = SeatQuerySet.as_manager()

    access_subject = access.Subject(access.Kind.SEATS, board="board")

    class Meta:
        ordering = ("board_id", "position", "name")
        constraints = (
            models.UniqueConstraint(fields=("board", "key"), name="seat_key_once_a_board"),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("starts_on")),
                name="seat_ends_after_it_starts",
            ),
        )
        indexes = (models.Index(fields=("board", "starts_on", "until"), name="seat_by_board_and_period"),)

    def __str__(self) -> str:
        return self.name
