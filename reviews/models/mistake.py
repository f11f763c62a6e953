"""A mistake that a member reports in the record of their board, and what the team answered."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from meetings.models import Meeting
from membership.models import Seat
from partnership import access
from partnership.models import Board
from partnership.models.history import AuthoredHistory


class MistakeReportQuerySet(models.QuerySet["MistakeReport"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)


class MistakeReport(models.Model):
    """What somebody says is wrong about their seat, at one meeting or (`meeting` None) altogether.

    Whoever reported it and the team read it. The record itself is corrected where it is kept, not by this.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="mistake_reports")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="mistake_reports")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="mistake_reports"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mistake_reports")
    text = models.CharField(max_length=1000)
    reported_on = models.DateField()
    answer = models.CharField(max_length=1000, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    history: Any = AuthoredHistory()
    objects = MistakeReportQuerySet.as_manager()

    access_subject = access.Subject(access.Kind.MISTAKES, board="board", owners=("person",))

    class Meta:
        ordering = ("-reported_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(answered_on=None, answer="") | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="mistake_report_answered_with_words",
            ),
        )
        indexes = (models.Index(fields=("board",), condition=Q(answered_on=None), name="mistake_report_unanswered"),)

    def __str__(self) -> str:
        return f"{self.person}, {self.reported_on:%-d %B %Y}"
