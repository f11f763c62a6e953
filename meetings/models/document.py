"""Documents made by a worker: asked for, begun, ready to be read. Kept by what they say, so none is made twice."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q

from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting
from meetings.models.paper import Paper
from partnership import access
from partnership.models import Board


class DocumentKind(models.TextChoices):
    AGENDA = "agenda", "Agenda"
    AGENDA_DRAFT = "agenda draft", "Draft agenda"
    MINUTES = "minutes", "Minutes"
    MINUTES_DRAFT = "minutes draft", "Draft minutes"
    CONTACTS = "contacts", "Contact list"
    LEDGER = "ledger", "Ledger of duties"


# Of a board, and made for one reader as they have it.
OWN_SHEETS = (DocumentKind.CONTACTS, DocumentKind.LEDGER)


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


def items_shown() -> models.QuerySet[Any]:
    """The items whose contents the document of the outer query shows."""
    return AgendaItem.objects.filter(documents=OuterRef("pk"))


def papers_named() -> models.QuerySet[Any]:
    """The papers that the document of the outer query names."""
    return Paper.objects.filter(documents=OuterRef("pk"))


class Document(models.Model):
    """One PDF of a meeting or, without one, of a board. A worker moves its state by conditional updates.

    `content` is what it shows, as values, from which it is drawn; `content_hash` is of everything it shows. `done` of
    `steps` is how far the worker is; it is the worker's own while `begun_at`, in the machine's time, is what that
    worker wrote. `problem` says why it failed, or why it has to wait. `items` are those whose contents it shows,
    `papers` those that it names: it is handed out to who may read all of them, at that moment. With a protected one
    among them, and of a contact list or a ledger, it was made for its `reader` alone.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="documents")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    kind = models.CharField(max_length=15, choices=DocumentKind.choices)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=DocumentState.choices, default=DocumentState.WAITING)
    done = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=1)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="documents")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="own_documents"
    )
    items = models.ManyToManyField(AgendaItem, related_name="documents")
    papers = models.ManyToManyField(Paper, related_name="documents")
    begun_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to=stored_document_name, max_length=200, blank=True)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    size = models.PositiveIntegerField(null=True, blank=True, help_text="In bytes.")
    problem = models.CharField(max_length=300, blank=True)

    objects = DocumentQuerySet.as_manager()

    access_subject = access.Subject(
        access.Kind.MINUTES_DRAFT,
        board="board",
        meeting="meeting_id",
        states=(
            access.State(access.Kind.AGENDA, Q(kind=DocumentKind.AGENDA)),
            access.State(access.Kind.AGENDA_DRAFT, Q(kind=DocumentKind.AGENDA_DRAFT)),
            access.State(access.Kind.MINUTES, Q(kind=DocumentKind.MINUTES)),
            access.State(access.Kind.CONTACT_DETAILS, Q(kind=DocumentKind.CONTACTS)),
            access.State(access.Kind.LEDGER, Q(kind=DocumentKind.LEDGER)),
        ),
        parts=(items_shown, papers_named),
        only_for="reader",
    )

    class Meta:
        ordering = ("meeting_id", "kind", "-asked_at")
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "kind", "content_hash"), condition=Q(reader=None), name="document_once"
            ),
            models.UniqueConstraint(
                fields=("meeting", "kind", "content_hash", "reader"), name="document_once_a_reader"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OWN_SHEETS, meeting=None, reader__isnull=False)
                | (~Q(kind__in=OWN_SHEETS) & Q(meeting__isnull=False)),
                name="document_of_a_meeting_or_for_a_reader",
            ),
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
        return f"{self.meeting or self.board}: {self.get_kind_display()}, {self.get_state_display()}"
