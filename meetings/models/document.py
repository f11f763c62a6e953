"""Documents made by a worker: asked for, begun, ready to be read. Kept by what they say, so none is made twice."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from meetings.models.meeting import Meeting
from partnership import access


class DocumentKind(models.TextChoices):
    AGENDA = "agenda", "Agenda"
    AGENDA_DRAFT = "agenda draft", "Draft agenda"
    MINUTES = "minutes", "Minutes"
    MINUTES_DRAFT = "minutes draft", "Draft minutes"


class DocumentState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    WORKING = "working", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Failed"


def stored_document_name(document: Document, filename: str) -> str:
    """Where a document is kept: under its own random name."""
    return f"documents/{document.uuid}.pdf"


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)


class Document(models.Model):
    """One PDF of a meeting; `content_hash` is of everything it shows. A worker moves its state by conditional updates.

    `content` is what it shows, as values, from which it is drawn. `done` of `steps` is how far the worker is; it is
    the worker's own while `begun_at`, in the machine's time, is what that worker wrote. `problem` says why it failed,
    or why it has to wait.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=15, choices=DocumentKind.choices)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=DocumentState.choices, default=DocumentState.WAITING)
    done = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=1)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="documents")
    begun_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to=stored_document_name, max_length=200, blank=True)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    size = models.PositiveIntegerField(null=True, blank=True, help_text="In bytes.")
    problem = models.CharField(max_length=300, blank=True)

    objects = DocumentQuerySet.as_manager()

    access_subject = access.Subject(
        access.Kind.MINUTES_DRAFT,
        board="meeting__board",
        meeting="meeting_id",
        states=(
            access.State(access.Kind.AGENDA, Q(kind=DocumentKind.AGENDA)),
            access.State(access.Kind.AGENDA_DRAFT, Q(kind=DocumentKind.AGENDA_DRAFT)),
            access.State(access.Kind.MINUTES, Q(kind=DocumentKind.MINUTES)),
        ),
    )

    class Meta:
        ordering = ("meeting_id", "kind", "-asked_at")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "kind", "content_hash"), name="document_once"),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.READY)
                | (Q(pages__isnull=False, size__isnull=False, ready_at__isnull=False) & ~Q(file="")),
                name="document_ready_has_a_file",
            ),
        )
        indexes = (
            models.Index(fields=("asked_at",), condition=Q(state__in=("waiting", "working")), name="document_to_make"),
        )

    def __str__(self) -> str:
        return f"{self.meeting}: {self.get_kind_display()}, {self.get_state_display()}"
