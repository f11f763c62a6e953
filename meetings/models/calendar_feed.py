"""A secret address under which a person's calendar fetches the dates of their groups."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import access
from partnership.models import Board, Partnership, What
from partnership.models.history import AuthoredHistory

# Of SHA-256, in hexadecimal digits.
DIGEST_LENGTH = 64


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)

    def open(self) -> Self:
        return self.filter(ended_at=None)


class CalendarFeed(models.Model):
    """One address: of one group, or (without one) of all that the person may see of one partnership.

    `token` is a hash of what the address ends with, so that to read the table opens nothing. What it gives is asked of
    the policy at each fetch, as its owner stands then. `fetched_on` is the last day on which it was fetched.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_feeds")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="calendar_feeds")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, null=True, blank=True, related_name="calendar_feeds")
    token = models.CharField(max_length=DIGEST_LENGTH, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    fetched_on = models.DateField(null=True, blank=True)

    history: Any = AuthoredHistory(excluded_fields=["token", "fetched_on"])
    objects = CalendarFeedQuerySet.as_manager()

    # Its owner's alone, wherever in the partnership they have a part.
    access_subject = access.Subject(
        access.Kind.CALENDAR_FEED, board=None, partnership="partnership", owners=("person",)
    )

    class Meta:
        ordering = ("partnership_id", "board_id", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "board"), condition=Q(ended_at=None), name="calendar_feed_one_open_a_group"
            ),
            models.UniqueConstraint(
                fields=("person", "partnership"),
                condition=Q(ended_at=None, board=None),
                name="calendar_feed_one_open_a_partnership",
            ),
        )

    def __str__(self) -> str:
        return f"Calendar address of {self.person} for {self.board or self.partnership}"

    def audited_as(self, how: str) -> What:
        return What.CALENDAR_ADDRESS_MADE if how == "+" else What.CALENDAR_ADDRESS_ENDED
