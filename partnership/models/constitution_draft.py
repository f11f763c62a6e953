"""A further version of the rules in the making, and the signatures given to it."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models

from partnership import access
from partnership.models.board import Board
from partnership.models.constitution import Constitution
from partnership.models.history import AuthoredHistory


class DraftState(models.TextChoices):
    DRAFTING = "drafting", "Being drafted"
    PUT_FORWARD = "put forward", "Put forward for signature"
    ADOPTED = "adopted", "Adopted"
    DISCARDED = "discarded", "Discarded"


OPEN_STATES = (DraftState.DRAFTING, DraftState.PUT_FORWARD)


class ConstitutionDraftQuerySet(models.QuerySet["ConstitutionDraft"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)

    def open(self) -> Self:
        return self.filter(state__in=OPEN_STATES)


class ConstitutionDraft(models.Model):
    """The text of a version not yet adopted; a board has one at a time. `edition` rises with each change of the text.

    `follows` is the version it was drawn up against, `unseats` the appointments known to end with their seats when it
    was put forward, `adopted` the version that it became.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="constitution_drafts")
    follows = models.ForeignKey(Constitution, on_delete=models.PROTECT, null=True, related_name="drafts")
    text = models.TextField()
    edition = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=20, choices=DraftState.choices, default=DraftState.DRAFTING)
    reason = models.CharField("why the rules change", max_length=500)
    closing_reason = models.CharField("why it was discarded", max_length=500, blank=True)
    unseats = models.JSONField(default=list, blank=True)
    adopted = models.ForeignKey(Constitution, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    begun_at = models.DateTimeField()

    history: Any = AuthoredHistory()
    objects = ConstitutionDraftQuerySet.as_manager()

    access_subject = access.Subject(access.Kind.CONSTITUTION_DRAFT, board="board")

    class Meta:
        ordering = ("-begun_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("board",), condition=models.Q(state__in=OPEN_STATES), name="constitution_draft_one_open"
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="constitution_draft_has_a_text"),
            models.CheckConstraint(
                condition=~models.Q(state=DraftState.DISCARDED) | ~models.Q(closing_reason=""),
                name="constitution_draft_is_discarded_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=DraftState.ADOPTED) | models.Q(adopted__isnull=False),
                name="constitution_draft_became_a_version",
            ),
        )

    def __str__(self) -> str:
        return f"{self.board}: draft, {self.get_state_display().lower()}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def sha256(self) -> str:
        """What a signature is given to."""
        return hashlib.sha256(self.text.encode()).hexdigest()


class ConstitutionSignature(models.Model):
    """One signature to the exact text of a draft, for an office or an organisation (`place`, as the terms name it).

    A change of the text after it voids it; it stays to be seen.
    """

    draft = models.ForeignKey(ConstitutionDraft, on_delete=models.PROTECT, related_name="signatures")
    place = models.CharField(max_length=120)
    capacity = models.CharField("signs as", max_length=300)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    history: Any = AuthoredHistory()

    access_subject = access.Subject(access.Kind.CONSTITUTION_DRAFT, board="draft__board")

    class Meta:
        ordering = ("signed_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("draft", "place"),
                condition=models.Q(voided_at=None),
                name="constitution_signed_once_for_each",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} for {self.capacity}"
