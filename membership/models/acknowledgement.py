"""That a named agency has read a version of the arrangements and keeps to it."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from membership.models.agency import Agency
from partnership import access
from partnership.models import Constitution
from partnership.models.history import AuthoredHistory


class AcknowledgementQuerySet(models.QuerySet["Acknowledgement"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)


class Acknowledgement(models.Model):
    """One agency and one version of a board's terms: asked from a day, given when `acknowledged_on` says so.

    `name` is who gave it, as they were called then; `how` says how it reached the team, and is empty where they gave it
    here themselves. The duty to acknowledge hangs on this row.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    constitution = models.ForeignKey(Constitution, on_delete=models.PROTECT, related_name="acknowledgements")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="acknowledgements")
    asked_on = models.DateField()
    acknowledged_on = models.DateField("acknowledged", null=True, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="acknowledgements"
    )
    name = models.CharField(max_length=150, blank=True)
    how = models.CharField(max_length=300, blank=True)

    history: Any = AuthoredHistory()
    objects = AcknowledgementQuerySet.as_manager()

    access_subject = access.Subject(access.Kind.ACKNOWLEDGEMENTS, board="constitution__board")

    class Meta:
        ordering = ("constitution", "agency", "pk")
        constraints = (
            models.UniqueConstraint(fields=("constitution", "agency"), name="acknowledgement_once_a_version"),
            models.CheckConstraint(
                condition=Q(acknowledged_on=None, name="", person=None, how="")
                | (Q(acknowledged_on__isnull=False) & ~Q(name="")),
                name="acknowledgement_is_somebodys",
            ),
        )

    def __str__(self) -> str:
        return f"{self.agency}, {self.constitution}"
