"""What calendar programs answer to invitations by mail, beside what people say on our own pages."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from meetings.models.meeting import Meeting
from partnership import access


class CalendarSays(models.TextChoices):
    """The PARTSTAT of an answer (RFC 5545 3.2.12), as far as it answers anything."""

    ACCEPTED = "accepted", "accepted"
    DECLINED = "declined", "declined"
    TENTATIVE = "tentative", "tentative"


class CalendarProgram(models.TextChoices):
    OUTLOOK = "outlook", "In Outlook"
    GOOGLE = "google", "In Google Calendar"
    APPLE = "apple", "In Apple Calendar"
    OTHER = "other", "In their calendar"


class AnswerOutcome(models.TextChoices):
    """Whether an answer was taken, or why not."""

    TAKEN = "taken", "Taken"
    OLD = "old", "It answers an earlier date of the meeting."
    OVER = "over", "The meeting was cancelled, or its register was open by then."
    LEFT = "left", "The person holds no seat any more."
    NOT_INVITED = "not invited", "No invitation went to that address."
    FORGED = "forged", "The mail came from another address than the answer speaks for."
    SILENT = "silent", "It neither accepts nor declines."


class CalendarAnswerQuerySet(models.QuerySet["CalendarAnswer"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)

    def taken(self) -> Self:
        return self.filter(outcome=AnswerOutcome.TAKEN)


class CalendarAnswer(models.Model):
    """One answer of one calendar, taken or not. It counts for nothing: what was said on our pages, and only that, does.

    `sequence` is that of the invitation it answers, `answered_at` when the calendar says it was given, `message_id` the
    mail's own. `digest` follows from that, so that a mail read twice counts once. `sender` is kept of answers that were
    not taken, for the team to ask. Of comments in an answer nothing is kept.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="calendar_answers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="calendar_answers"
    )
    says = models.CharField(max_length=10, choices=CalendarSays.choices, blank=True)
    program = models.CharField(max_length=10, choices=CalendarProgram.choices, default=CalendarProgram.OTHER)
    sequence = models.PositiveIntegerField()
    outcome = models.CharField(max_length=12, choices=AnswerOutcome.choices)
    answered_at = models.DateTimeField()
    read_at = models.DateTimeField()
    message_id = models.CharField("Message-ID", max_length=250, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    sender = models.EmailField(max_length=254, blank=True)

    objects = CalendarAnswerQuerySet.as_manager()

    # Taken, it is seen by who sees replies; of the others the team alone is told, as of messages.
    access_subject = access.Subject(
        access.Kind.MESSAGES,
        board="meeting__board",
        meeting="meeting_id",
        owners=("person",),
        states=(access.State(access.Kind.REPLIES, Q(outcome=AnswerOutcome.TAKEN)),),
    )

    class Meta:
        ordering = ("meeting_id", "sequence", "answered_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(outcome=AnswerOutcome.TAKEN) | (Q(person__isnull=False, sender="") & ~Q(says="")),
                name="calendar_answer_taken_is_somebodys",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_program_display()}: {self.get_says_display()}"
