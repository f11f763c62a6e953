"""Papers: files that go with an item, kept under names nobody can guess and handed out after a check."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from meetings.models.agenda import AgendaItem, AgendaPublication
from partnership import access
from partnership.models import HandlingMark, Protection
from partnership.models.history import AuthoredHistory


class PaperFormat(models.TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"


def stored_name(paper: Paper, filename: str) -> str:
    """Where a paper is kept: under its own random name, whatever its author called it."""
    return f"papers/{paper.uuid}.{paper.format}"


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)

    def listed_for(self, user: access.Asker, on: date | None = None) -> Self:
        """Papers that the person may know to be there, open to them or not."""
        return access.listed(self, to=user, on=on)

    def in_order(self) -> Self:
        """Those not withdrawn, as they were added."""
        return self.filter(withdrawn_at=None).order_by("uploaded_at", "pk")


class Paper(models.Model):
    """One file at an item. `pages` is None where the format does not tell; `sha256` is of the file as it came.

    A draft until a publication carries it; withdrawn, never deleted, once it was published. It is protected as its item
    is, and by itself where it is limited further.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="papers")
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to=stored_name, max_length=200)
    original_name = models.CharField(max_length=200)
    format = models.CharField(max_length=5, choices=PaperFormat.choices)
    size = models.PositiveIntegerField(help_text="In bytes.")
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    published_in = models.ForeignKey(
        AgendaPublication, on_delete=models.PROTECT, null=True, blank=True, related_name="papers"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    protection = models.OneToOneField(Protection, on_delete=models.PROTECT, null=True, blank=True, related_name="paper")

    mark = models.ForeignKey(HandlingMark, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")

    is_open: bool
    is_barred: bool

    history: Any = AuthoredHistory()
    objects = PaperQuerySet.as_manager()

    access_subject = access.Subject(
        access.Kind.PAPER_DRAFT,
        board="item__meeting__board",
        meeting="item__meeting_id",
        states=(access.State(access.Kind.AGENDA, Q(published_in__isnull=False)),),
        protections=("item__protection", "protection"),
    )

    class Meta:
        ordering = ("item_id", "uploaded_at", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(size__gte=1), name="paper_is_not_empty"),
            models.CheckConstraint(condition=~Q(title=""), name="paper_has_a_title"),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.get_format_display()})"

    @property
    def is_limited(self) -> bool:
        """Whether it, or the item that it goes with, is limited to named readers."""
        return any(one is not None and one.is_limited for one in (self.protection, self.item.protection))
