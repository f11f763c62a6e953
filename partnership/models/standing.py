"""Where access comes from: dated standings, and grants for what no standing gives."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models

from partnership import access
from partnership.models.audit import What
from partnership.models.board import Board
from partnership.models.history import AuthoredHistory
from partnership.models.partnership import Partnership


class StandingSource(models.TextChoices):
    """Which act gave the standing."""

    APPOINTMENT = "appointment", "Appointment to a seat"
    SUBSTITUTION = "substitution", "Substitute for one meeting"
    TEAM = "team", "Admission to the partnership team"
    OFFICE = "office", "Appointment to an office"
    LEAD_REPRESENTATION = "lead representation", "Lead representative of a statutory partner"
    DELEGATED_AUTHORITY = "delegated authority", "Senior officer with delegated authority"
    CASE_TIER = "case tier", "Admission to the case tier"


class StandingQuerySet(models.QuerySet["Standing"]):
    def in_force(self, on: date) -> Self:
        return self.filter(access.in_force(on))


class Standing(models.Model):
    """A person's role, on a board or across a partnership, from `starts_on` until `until` (the first day without it).

    `meeting_id` narrows it to one meeting (a substitute). `source` and `source_id` name the act behind it.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="standings")
    role = models.CharField(max_length=30, choices=access.Role.choices)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="standings")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, null=True, blank=True, related_name="standings")
    meeting_id = models.BigIntegerField(null=True, blank=True)
    starts_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=20, choices=StandingSource.choices)
    source_id = models.BigIntegerField(null=True, blank=True)

    history: Any = AuthoredHistory()
    objects = StandingQuerySet.as_manager()

    class Meta:
        ordering = ("person_id", "starts_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("starts_on")),
                name="standing_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(meeting_id=None) | models.Q(board__isnull=False),
                name="standing_for_a_meeting_names_its_board",
            ),
            # Only these roles have cells that a single meeting opens; any other would reach past its meeting.
            models.CheckConstraint(
                condition=models.Q(meeting_id=None) | models.Q(role__in=access.MEETING_ROLES),
                name="standing_for_a_meeting_has_a_meeting_role",
            ),
            models.CheckConstraint(
                condition=(models.Q(source=StandingSource.TEAM) & models.Q(source_id=None))
                | (~models.Q(source=StandingSource.TEAM) & models.Q(source_id__isnull=False)),
                name="standing_names_its_source",
            ),
            models.UniqueConstraint(
                fields=("source", "source_id", "role", "starts_on"),
                condition=models.Q(source_id__isnull=False),
                name="standing_once_per_source",
            ),
        )
        indexes = (
            models.Index(fields=("person", "board", "role"), name="standing_by_person_board"),
            models.Index(fields=("person", "partnership"), name="standing_by_partnership"),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()} of {self.board or self.partnership}"

    def audited_as(self, how: str) -> What:
        return What.STANDING_GIVEN if how == "+" else What.STANDING_CHANGED


class GrantQuerySet(models.QuerySet["Grant"]):
    def in_force(self, on: date) -> Self:
        return self.filter(access.in_force(on))


class Grant(models.Model):
    """What somebody granted a person on one board, with reason and last day; guardian holds the permission itself.

    Either row without the other gives nothing.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants")
    codename = models.CharField(max_length=40, choices=access.GrantCodename.choices)
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="grants")
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants_given")
    reason = models.TextField()
    starts_on = models.DateField()
    until = models.DateField()

    history: Any = AuthoredHistory()
    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ("person_id", "starts_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("starts_on")), name="grant_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="grant_has_a_reason"),
        )
        indexes = (models.Index(fields=("person", "board", "codename"), name="grant_by_person_board"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.get_codename_display()} on {self.board}"

    def audited_as(self, how: str) -> What:
        return What.GRANT_GIVEN if how == "+" else What.GRANT_CHANGED
