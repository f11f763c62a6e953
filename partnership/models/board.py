"""A board: any group of a partnership, whatever its kind, and to whom it answers."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from partnership import access
from partnership.models.audit import What
from partnership.models.history import AuthoredHistory
from partnership.models.partnership import Partnership


class BoardKind(models.TextChoices):
    BOARD = "board", "Board"
    EXECUTIVE = "executive", "Executive"
    COMMITTEE = "committee", "Committee"
    NETWORK = "network", "Network"
    SUBGROUP = "subgroup", "Subgroup"
    TASK_AND_FINISH = "task-and-finish", "Task and finish group"


class BoardQuerySet(models.QuerySet["Board"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)

    def permitting(self, user: access.Asker, action: access.Action, kind: access.Kind, on: date | None = None) -> Self:
        """Boards on whose objects of that kind the person may do that."""
        return access.permitted(self, to=user, action=action, kind=kind, on=on)


class Board(models.Model):
    """A group that meets: board, executive, committee, network, subgroup, task and finish group.

    `accountable_to` never leads back to the board itself (`operations.make_accountable` refuses a cycle); two groups
    that hold each other to account are a `MutualAccountability` instead. A board found for a reader says what is
    theirs: `may_read_actions`, `may_read_attendance`, `may_read_contacts`, `may_oversee` (its overview), and from
    `queries.own_boards` `may_administer`.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="boards")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=BoardKind.choices, db_index=True)
    position = models.PositiveSmallIntegerField(default=0, help_text="Where it stands in the partnership's list.")
    accountable_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="holds_to_account"
    )

    may_read_actions: bool
    may_read_attendance: bool
    may_read_contacts: bool
    may_oversee: bool
    may_administer: bool

    history: Any = AuthoredHistory()
    objects = BoardQuerySet.as_manager()

    access_subject = access.Subject(access.Kind.PARTNERSHIP, board="id", partnership="partnership")

    class Meta:
        ordering = ("partnership", "position", "name")
        constraints = (
            models.UniqueConstraint(fields=("partnership", "slug"), name="board_slug_unique_in_partnership"),
            models.UniqueConstraint(fields=("partnership", "name"), name="board_name_unique_in_partnership"),
            models.CheckConstraint(
                condition=models.Q(accountable_to=None) | ~models.Q(accountable_to=models.F("pk")),
                name="board_not_accountable_to_itself",
            ),
        )
        permissions = tuple((codename.value, codename.label) for codename in access.GrantCodename)

    def __str__(self) -> str:
        return self.name

    def audited_as(self, how: str) -> What | None:
        return None if how == "+" else What.SETTINGS_CHANGED


class MutualAccountability(models.Model):
    """Two boards that hold each other to account: one row a pair, `one` being the board entered first."""

    one = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="mutual_accounts")
    other = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="mutual_accounts_from")

    history: Any = AuthoredHistory()

    class Meta:
        verbose_name_plural = "mutual accountabilities"
        constraints = (
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="mutual_accountability_once"),
            models.UniqueConstraint(fields=("one", "other"), name="mutual_accountability_unique"),
        )

    def __str__(self) -> str:
        return f"{self.one} and {self.other}"


class BoardUserObjectPermission(UserObjectPermissionBase):
    """guardian's row for one person on one board. It counts only beside an unexpired `Grant`."""

    content_object = models.ForeignKey(Board, on_delete=models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        pass


class BoardGroupObjectPermission(GroupObjectPermissionBase):
    """guardian asks for both tables; no group is ever granted anything."""

    content_object = models.ForeignKey(Board, on_delete=models.CASCADE)

    class Meta(GroupObjectPermissionBase.Meta):
        pass
