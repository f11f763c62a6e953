"""Break-glass: a restricted object opened by somebody who looks after the machine, with a reason, and told at once."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from partnership import access
from partnership.models.audit import What
from partnership.models.history import AuthoredHistory
from partnership.models.protection import Protection

SHORTEST_REASON = 20


class BreakGlassCategory(models.TextChoices):
    RISK_TO_A_CHILD = "risk to a child", "Risk to a child that cannot wait"
    FAULT = "fault", "A fault that only its content shows"
    COURT = "court", "A court or the police asks for it"
    OTHER = "other", "Something else"


class BreakGlass(models.Model):
    """One object opened by one person from `opened_at` until `until`, to be read and no more.

    The chair reviews it by `review_due_on`; `review` is their word.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    protection = models.ForeignKey(Protection, on_delete=models.PROTECT, related_name="glass_broken")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="glass_broken")
    category = models.CharField(max_length=20, choices=BreakGlassCategory.choices)
    reason = models.TextField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    review_due_on = models.DateField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="glass_reviewed"
    )
    review = models.TextField(blank=True)

    history: Any = AuthoredHistory()

    access_subject = access.Subject(
        access.Kind.BREAK_GLASS, board="protection__board", partnership="protection__partnership"
    )

    class Meta:
        verbose_name_plural = "break-glass"
        ordering = ("-opened_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(until__gt=F("opened_at")), name="break_glass_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(reason=""), name="break_glass_has_a_reason"),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None, review="")
                | (Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(review="")),
                name="break_glass_reviewed_with_a_word",
            ),
        )
        indexes = (models.Index(fields=("person", "opened_at"), name="break_glass_by_person"),)

    def __str__(self) -> str:
        return f"Break-glass {self.pk}"

    def audited_as(self, how: str) -> What | None:
        return What.BROKE_GLASS if how == "+" else None

    @property
    def board_id(self) -> int | None:
        """Where it belongs in the audit trail."""
        return self.protection.board_id

    @property
    def partnership_id(self) -> int:
        return self.protection.partnership_id

    def is_running(self, now: datetime) -> bool:
        return self.opened_at <= now < self.until
