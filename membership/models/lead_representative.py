"""Who leads for a statutory partner in a partnership: they sign its arrangements, and keep its accountability."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from membership.models.agency import Agency
from partnership import access
from partnership.models import Partnership
from partnership.models.history import AuthoredHistory


class LeadRepresentativeQuerySet(models.QuerySet["LeadRepresentative"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)

    def in_force(self, on: date) -> Self:
        return self.filter(access.in_force(on))


class LeadRepresentative(models.Model):
    """The person who leads for an agency in one partnership, over [starts_on, until)."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="lead_representatives")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="lead_representatives")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="leads_for")
    post = models.CharField(max_length=150)
    starts_on = models.DateField()
    until = models.DateField(null=True, blank=True)

    history: Any = AuthoredHistory()
    objects = LeadRepresentativeQuerySet.as_manager()

    access_subject = access.Subject(access.Kind.ACCOUNTABILITY, board=None, partnership="partnership")

    class Meta:
        ordering = ("-starts_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("starts_on")), name="lead_representative_ends_after_they_start"
            ),
            models.UniqueConstraint(
                fields=("partnership", "agency"), condition=Q(until=None), name="lead_representative_one_today"
            ),
        )
        indexes = (models.Index(fields=("partnership", "agency"), name="lead_by_partnership_agency"),)

    def __str__(self) -> str:
        return f"{self.person}, {self.post}"
