"""Mail held back and let go: after a restore, or because somebody said so."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership.models.append_only import AppendOnly


class MailHold(AppendOnly):
    """One order to hold all mail, or to let it go; the last one counts, and rows are only ever added."""

    class What(models.TextChoices):
        HELD = "held", "Held"
        RELEASED = "released", "Let go"

    what = models.CharField(max_length=10, choices=What.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)

    class Meta(AppendOnly.Meta):
        ordering = ("pk",)
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="mail_hold_has_a_reason"),)

    def __str__(self) -> str:
        return f"{self.get_what_display()} on {self.at:%-d %B %Y}: {self.reason}"
