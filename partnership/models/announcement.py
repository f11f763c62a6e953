"""What happened and is told once to those whom it concerns: a meeting called, papers published, minutes sent."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from partnership.models.board import Board


class Announcement(models.Model):
    """One thing to tell, entered in the transaction of the act itself; its deliveries say to whom it went.

    `kind` is entered by the feature (`partnership.obligations.announcements`), the cause is the row it tells of,
    `occurrence` tells apart what one cause gives to tell more than once (a version, a change).
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="announcements")
    kind = models.CharField(max_length=40)
    cause_type = models.CharField(max_length=60, help_text="The label of its model, such as meetings.meeting.")
    cause_id = models.BigIntegerField()
    occurrence = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-made_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "cause_type", "cause_id", "occurrence"), name="announcement_once_a_cause"
            ),
        )
        indexes = (models.Index(fields=("board", "made_at"), name="announcement_by_board"),)

    def __str__(self) -> str:
        return f"{self.kind}, {self.made_at:%-d %B %Y}"
