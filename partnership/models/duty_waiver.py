"""Who said that a duty need not be done, or that it has to be after all; `partnership.obligations.waivers` writes."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import access
from partnership.models.append_only import AppendOnly, AppendOnlyQuerySet
from partnership.models.obligation import Obligation
from partnership.rules.deadlines.deadlines import WaivedBy


class DutyWaiverQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)


class DutyWaiver(AppendOnly):
    """One word on one obligation; rows are only ever added, and the last one counts while the obligation is waived.

    `role` is as whom somebody waived it, and `clause` what lets that role, as the terms of that day number it. Whoever
    takes a waiver back needs no clause: the duty is what the terms ask for.
    """

    class What(models.TextChoices):
        WAIVED = "waived", "Waived"
        WITHDRAWN = "withdrawn", "Waiver withdrawn"

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="waivers")
    what = models.CharField(max_length=10, choices=What.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=[(one.value, one.value.capitalize()) for one in WaivedBy])
    clause = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500)

    objects: ClassVar[Any] = DutyWaiverQuerySet.as_manager()

    access_subject = access.Subject(access.Kind.LEDGER, board="obligation__board")

    class Meta(AppendOnly.Meta):
        ordering = ("obligation", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="duty_waiver_has_a_reason"),
            models.CheckConstraint(
                condition=Q(what="waived") & ~Q(clause="") | Q(what="withdrawn", clause=""),
                name="duty_waiver_names_its_clause",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_what_display()} on {self.at:%-d %B %Y}"
