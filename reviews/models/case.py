"""A case file and its papers. Whoever is not of the case tier and named on it learns of neither."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from meetings.models import PaperFormat
from partnership import access
from partnership.access import Kind
from partnership.models import Partnership, Protection
from partnership.models.history import AuthoredHistory


class CaseFile(models.Model):
    """One case. `reference` is letters and numbers, never a name. Its protection names who reads it, and for how long.

    The steward keeps it; the panel's chair decides in it. `closed_on` is None while it is open.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="case_files")
    reference = models.CharField(max_length=20)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    steward = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cases_kept")
    panel_chair = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="panels_chaired")
    protection = models.OneToOneField(Protection, on_delete=models.PROTECT, related_name="case_file")

    history: Any = AuthoredHistory()

    access_subject = access.Subject(
        Kind.CASE_FILE,
        board=None,
        partnership="partnership",
        protections=("protection",),
        protected_kind=Kind.CASE_FILE,
    )

    class Meta:
        ordering = ("partnership_id", "reference")
        constraints = (
            models.UniqueConstraint(fields=("partnership", "reference"), name="case_reference_once"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=models.F("opened_on")), name="case_closed_once_opened"
            ),
        )

    def __str__(self) -> str:
        return self.reference


def stored_case_paper(paper: CasePaper, filename: str) -> str:
    """Where it is kept: under its own random name."""
    return f"case-papers/{paper.uuid}.{paper.format}"


class CasePaper(models.Model):
    """One file of a case."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="papers")
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to=stored_case_paper, max_length=200)
    format = models.CharField(max_length=5, choices=PaperFormat.choices)
    size = models.PositiveIntegerField(help_text="In bytes.")
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    history: Any = AuthoredHistory()

    access_subject = access.Subject(
        Kind.CASE_FILE,
        board=None,
        partnership="case__partnership",
        protections=("case__protection",),
        protected_kind=Kind.CASE_FILE,
    )

    class Meta:
        ordering = ("case_id", "added_at", "pk")
        constraints = (models.CheckConstraint(condition=~Q(title=""), name="case_paper_has_a_title"),)

    def __str__(self) -> str:
        return f"Case paper {self.pk}"
