"""What one board has given another to decide, and what boards answer to decisions that they must agree to."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from partnership import access
from partnership.models import Board
from partnership.models.history import AuthoredHistory


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)

    def in_force(self, on: date) -> Self:
        return self.filter(access.in_force(on))


class Delegation(models.Model):
    """Functions that one board exercises for another over [starts_on, until).

    `rule` is the permanent id of the rule in the giver's terms that lets it; `decided` says by which decision of the
    giver it was given.
    """

    given_by = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="delegations_given")
    given_to = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="delegations_held")
    rule = models.CharField(max_length=80)
    functions = models.TextField()
    decided = models.CharField(max_length=300)
    starts_on = models.DateField()
    until = models.DateField(null=True, blank=True)

    history: Any = AuthoredHistory()
    objects = DelegationQuerySet.as_manager()

    access_subject = access.Subject(access.Kind.ACCOUNTABILITY, board="given_by")

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("starts_on")), name="delegation_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=~Q(given_by=F("given_to")), name="delegation_goes_to_another_board"),
            models.CheckConstraint(condition=~Q(functions=""), name="delegation_says_what"),
        )
        indexes = (models.Index(fields=("given_to", "starts_on"), name="delegation_by_holder"),)

    def __str__(self) -> str:
        return f"{self.given_by} to {self.given_to}: {self.functions}"


class BoardAnswerQuerySet(models.QuerySet["BoardAnswer"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)


class BoardAnswer(models.Model):
    """Whether another board agreed to a decision that is provisional without it; its history keeps earlier answers.

    It answers the decision as it read in `to_version`: one that is changed afterwards waits again.
    """

    decision = models.OneToOneField("meetings.Decision", on_delete=models.PROTECT, related_name="answer")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="answers_given")
    is_agreed = models.BooleanField()
    answered_on = models.DateField()
    where = models.CharField(max_length=300, help_text="At which meeting, or by correspondence.")
    to_version = models.PositiveIntegerField()

    history: Any = AuthoredHistory()
    objects = BoardAnswerQuerySet.as_manager()

    access_subject = access.Subject(
        access.Kind.MINUTES_DRAFT,
        board="decision__item__meeting__board",
        meeting="decision__item__meeting_id",
        states=(access.State(access.Kind.DECISIONS, Q(decision__sent_in__isnull=False)),),
        protections=("decision__item__protection",),
    )

    class Meta:
        ordering = ("decision_id",)

    def __str__(self) -> str:
        return f"{self.board}: {'agreed' if self.is_agreed else 'did not agree'}"
