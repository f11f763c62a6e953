"""Copies of what is held on a person, and erasures: asked for on a page, made by the worker."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q


class WorkState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    READY = "ready", "Ready"
    FAILED = "failed", "Failed"
    GONE = "gone", "Removed"


def stored_copy_name(copy: SubjectCopy, filename: str) -> str:
    """Where a copy is kept: under its own random number."""
    return f"copies/{copy.uuid}.zip"


class SubjectCopy(models.Model):
    """A copy of all that is held on a person, for whoever asked for it and nobody else.

    `partnership` narrows it to what one partnership holds; None is everything, for whoever runs the installation.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="copies_of_data")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="copies_asked_for")
    partnership = models.ForeignKey(
        "partnership.Partnership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=WorkState.choices, default=WorkState.WAITING)
    made_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to=stored_copy_name, max_length=200, blank=True)

    class Meta:
        ordering = ("-asked_at", "-pk")
        verbose_name_plural = "subject copies"
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="ready") | (~Q(file="") & Q(made_at__isnull=False)), name="copy_ready_has_a_file"
            ),
        )

    def __str__(self) -> str:
        return f"Copy of {self.asked_at:%-d %B %Y}: {self.get_state_display()}"


class Erasure(models.Model):
    """The erasure of a person's data: who asked for it and why, and what it came to, by kind and number alone."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="erasures")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="erasures_asked_for")
    asked_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=WorkState.choices, default=WorkState.WAITING)
    done_at = models.DateTimeField(null=True, blank=True)
    came_to: Any = models.JSONField(default=dict)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="erasure_has_a_reason"),)

    def __str__(self) -> str:
        return f"Erasure of {self.asked_at:%-d %B %Y}: {self.get_state_display()}"
