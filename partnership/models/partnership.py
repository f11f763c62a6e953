"""A partnership: the tenant. Nothing of one is visible to a person of another."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models

from partnership import access
from partnership.models.audit import What
from partnership.models.history import AuthoredHistory


class Division(models.TextChoices):
    """Whose bank holidays count."""

    ENGLAND_AND_WALES = "england-and-wales", "England and Wales"
    SCOTLAND = "scotland", "Scotland"
    NORTHERN_IRELAND = "northern-ireland", "Northern Ireland"


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)


class Partnership(models.Model):
    """One safeguarding partnership, or a regional group of them with a life of its own."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=40)
    action_prefix = models.CharField(
        max_length=12, blank=True, help_text="What stands before the number of an action; empty for the short name."
    )
    team_email = models.EmailField(
        "the team's address", max_length=254, blank=True, help_text="Where answers to its messages go."
    )
    members_take_second_step = models.BooleanField(
        default=True, help_text="Off leaves it to members; never to whoever sees what is restricted."
    )
    bank_holidays = models.CharField(max_length=20, choices=Division.choices, default=Division.ENGLAND_AND_WALES)

    history: Any = AuthoredHistory()
    objects = PartnershipQuerySet.as_manager()

    access_subject = access.Subject(access.Kind.PARTNERSHIP, board=None, partnership="id")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def audited_as(self, how: str) -> What | None:
        return None if how == "+" else What.SETTINGS_CHANGED
