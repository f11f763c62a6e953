"""What keeps an object from people who could read it otherwise: a limit to named readers, and bars against persons.

An object of an app above points to its protection; without one it is protected by the table of rights alone. The
policy reads these rows (`partnership.held`, `partnership.access`); nothing else decides by them.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from partnership import access
from partnership.models.audit import What
from partnership.models.board import Board
from partnership.models.history import AuthoredHistory
from partnership.models.partnership import Partnership


class Protection(models.Model):
    """The protection of one object. `board` is None for an object of the case tier, which belongs to no group.

    While `is_limited`, only named readers and the offices of the table's row may know what it says; `reason` says why.
    `excludes_team` keeps it from the team of the group, too. Bars count whether it is limited or not.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="protections")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, null=True, blank=True, related_name="protections")
    is_limited = models.BooleanField(default=False)
    excludes_team = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, blank=True)

    history: Any = AuthoredHistory()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(is_limited=False) | ~Q(reason=""), name="protection_has_a_reason"),
            models.CheckConstraint(
                condition=Q(is_limited=True) | Q(excludes_team=False), name="protection_excludes_while_limited"
            ),
        )
        permissions = ((access.READ_PROTECTED, "Read what is limited to named readers"),)

    def __str__(self) -> str:
        return f"Protection {self.pk}"


class ReaderQuerySet(models.QuerySet["Reader"]):
    def in_force(self, on: date) -> Self:
        return self.filter(access.in_force(on))


class Reader(models.Model):
    """One person named for a protected object, with reason and last day; guardian holds the permission itself.

    Either row without the other gives nothing. `in_place_of` is the naming of whom a deputy stands in for at the
    meeting: it gives nothing either once that one has ended.
    """

    protection = models.ForeignKey(Protection, on_delete=models.PROTECT, related_name="readers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="readings_named_for")
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="readers_named")
    reason = models.CharField(max_length=500)
    starts_on = models.DateField()
    until = models.DateField()
    in_place_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="stand_ins", db_index=True
    )

    history: Any = AuthoredHistory()
    objects = ReaderQuerySet.as_manager()

    class Meta:
        ordering = ("protection_id", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(until__gte=F("starts_on")), name="reader_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(reason=""), name="reader_has_a_reason"),
        )
        indexes = (models.Index(fields=("person", "protection"), name="reader_by_person"),)

    def __str__(self) -> str:
        return f"Named reader {self.pk}"

    def audited_as(self, how: str) -> What:
        return What.GRANT_GIVEN if how == "+" else What.GRANT_CHANGED

    @property
    def board_id(self) -> int | None:
        """Where the naming belongs in the audit trail."""
        return self.protection.board_id

    @property
    def partnership_id(self) -> int | None:
        """The same; nobody outside the case tier learns who is named on a case."""
        return self.protection.partnership_id if self.protection.board_id is not None else None


class BarSource(models.TextChoices):
    """Who said so."""

    DECLARED = "declared", "Declared by themselves"
    CHAIR = "chair", "Recorded by the chair"
    TEAM = "team", "Recorded by the partnership team"


class Bar(models.Model):
    """A conflict of interest of one person in one object. It wins over every right that they have otherwise.

    It counts from the moment it is recorded until it is lifted.
    """

    protection = models.ForeignKey(Protection, on_delete=models.PROTECT, related_name="bars")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bars")
    source = models.CharField(max_length=10, choices=BarSource.choices)
    reason = models.CharField(max_length=500)
    recorded_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    history: Any = AuthoredHistory()

    class Meta:
        ordering = ("protection_id", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("protection", "person"), condition=Q(lifted_at=None), name="bar_one_open_a_person"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="bar_has_a_reason"),
        )
        indexes = (models.Index(fields=("person",), condition=Q(lifted_at=None), name="bar_open_by_person"),)

    def __str__(self) -> str:
        return f"Bar {self.pk}"


class ProtectionUserObjectPermission(UserObjectPermissionBase):
    """guardian's row for one person on one protected object. It counts only beside an unexpired `Reader`."""

    content_object = models.ForeignKey(Protection, on_delete=models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        pass


class ProtectionGroupObjectPermission(GroupObjectPermissionBase):
    """guardian asks for both tables; no group is ever granted anything."""

    content_object = models.ForeignKey(Protection, on_delete=models.CASCADE)

    class Meta(GroupObjectPermissionBase.Meta):
        pass
