"""Which practices of the field a group keeps although no clause asks for them."""

from __future__ import annotations

from typing import Any

from django.db import models

from partnership import access
from partnership.models.board import Board
from partnership.models.history import AuthoredHistory


class LocalPractice(models.Model):
    """Whether a group keeps one local practice of its constitution: off until somebody switches it on.

    `duty` is the rule's permanent id, so that a further version keeps the choice.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="local_practices")
    duty = models.CharField(max_length=80)
    is_on = models.BooleanField("switched on", default=False)

    history: Any = AuthoredHistory()

    access_subject = access.Subject(access.Kind.LEDGER, board="board")

    class Meta:
        ordering = ("board", "duty")
        constraints = (models.UniqueConstraint(fields=("board", "duty"), name="local_practice_once_a_board"),)

    def __str__(self) -> str:
        return f"{self.duty}, {'on' if self.is_on else 'off'}"
