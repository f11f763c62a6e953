"""How a partnership words its messages, where it does not say the standard words, and what it tries out."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models

from partnership import access
from partnership.models.audit import What
from partnership.models.history import AuthoredHistory
from partnership.models.partnership import Partnership


class MessageWordingQuerySet(models.QuerySet["MessageWording"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)


class MessageWording(models.Model):
    """A partnership's own words for one kind of message (`partnership.obligations.wordings`).

    One that is not in use keeps its last words; the standard ones go. `version` rises with every change of it.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="wordings")
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    opening = models.TextField(max_length=1000)
    closing = models.TextField(max_length=1000)
    is_in_use = models.BooleanField("in use", default=True)
    version = models.PositiveIntegerField(default=1)

    history: Any = AuthoredHistory()
    objects = MessageWordingQuerySet.as_manager()

    access_subject = access.Subject(access.Kind.WORDINGS, board=None, partnership="partnership")

    class Meta:
        ordering = ("partnership", "kind")
        constraints = (models.UniqueConstraint(fields=("partnership", "kind"), name="wording_once_a_kind"),)

    def __str__(self) -> str:
        return f"{self.kind}, version {self.version}"

    def audited_as(self, how: str) -> What | None:
        return What.SETTINGS_CHANGED


class WordingTrialQuerySet(models.QuerySet["WordingTrial"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)


class WordingTrial(models.Model):
    """Words that somebody looks at before they are in use: shown to them alone, and sent to them alone as a test.

    `seen` is the version of the wording in use that they began from.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="wording_trials")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="wording_trials")
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    opening = models.TextField(max_length=1000)
    closing = models.TextField(max_length=1000)
    seen = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()

    objects = WordingTrialQuerySet.as_manager()

    access_subject = access.Subject(access.Kind.WORDINGS, board=None, partnership="partnership", only_for="person")

    class Meta:
        ordering = ("-made_at", "pk")

    def __str__(self) -> str:
        return f"{self.kind}, tried by {self.person}"
