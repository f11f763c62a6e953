"""How a statutory partner answers for its part: officers with delegated authority, and its statements."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from membership.models.agency import Agency
from membership.models.lead_representative import LeadRepresentative
from partnership import access
from partnership.models import Board, Partnership
from partnership.models.history import AuthoredHistory


class DelegatedOfficerQuerySet(models.QuerySet["DelegatedOfficer"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)

    def in_force(self, on: date) -> Self:
        return self.filter(access.in_force(on))


class DelegatedOfficer(models.Model):
    """A senior officer who acts for a statutory partner over [starts_on, until), as far as each authority goes.

    `given_by` is the lead representative who delegated, and who stays accountable.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="delegated_officers")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="delegated_officers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="acts_for")
    post = models.CharField(max_length=150)
    given_by = models.ForeignKey(LeadRepresentative, on_delete=models.PROTECT, related_name="officers")
    may_speak = models.BooleanField("speak for it", default=False)
    may_decide = models.BooleanField("decide for it", default=False)
    may_commit_policy = models.BooleanField("commit it on policy", default=False)
    may_commit_resourcing = models.BooleanField("commit it on resourcing", default=False)
    may_commit_practice = models.BooleanField("commit it on practice", default=False)
    may_hold_to_account = models.BooleanField("hold it to account", default=False)
    starts_on = models.DateField()
    until = models.DateField(null=True, blank=True)

    history: Any = AuthoredHistory()
    objects = DelegatedOfficerQuerySet.as_manager()

    access_subject = access.Subject(access.Kind.ACCOUNTABILITY, board=None, partnership="partnership")

    class Meta:
        ordering = ("-starts_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("starts_on")), name="delegated_officer_ends_after_they_start"
            ),
            models.CheckConstraint(
                condition=Q(may_speak=True)
                | Q(may_decide=True)
                | Q(may_commit_policy=True)
                | Q(may_commit_resourcing=True)
                | Q(may_commit_practice=True)
                | Q(may_hold_to_account=True),
                name="delegated_officer_may_do_something",
            ),
        )
        indexes = (models.Index(fields=("partnership", "agency"), name="delegated_officer_by_agency"),)

    def __str__(self) -> str:
        return f"{self.person}, {self.post}"

    @property
    def last_day(self) -> date | None:
        return None if self.until is None else self.until - timedelta(days=1)


class AccountabilityStatementQuerySet(models.QuerySet["AccountabilityStatement"]):
    def visible_to(self, user: access.Asker, on: date | None = None) -> Self:
        return access.visible(self, to=user, on=on)


class AccountabilityStatement(models.Model):
    """What a statutory partner answers for, and its line of accountability; the latest one holds, until `review_on`."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="accountability_statements")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="accountability_statements")
    responsibilities = models.TextField()
    line = models.TextField("line of accountability")
    delegated = models.TextField("delegated functions", blank=True)
    lodged_on = models.DateField()
    review_on = models.DateField()
    lodged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="statements_lodged")

    history: Any = AuthoredHistory()
    objects = AccountabilityStatementQuerySet.as_manager()

    access_subject = access.Subject(access.Kind.ACCOUNTABILITY, board=None, partnership="partnership")

    class Meta:
        ordering = ("-lodged_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(review_on__gt=F("lodged_on")), name="statement_reviewed_after_lodged"),
        )
        indexes = (models.Index(fields=("partnership", "agency"), name="statement_by_agency"),)

    def __str__(self) -> str:
        return f"{self.agency}, {self.lodged_on}"


class StatementAsked(models.Model):
    """One board's asking a statutory partner for its statement: what the yearly obligations hang on."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="statements_asked")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="statements_asked")

    history: Any = AuthoredHistory()

    class Meta:
        verbose_name_plural = "statements asked"
        ordering = ("board", "agency")
        constraints = (models.UniqueConstraint(fields=("board", "agency"), name="statement_asked_once_a_board"),)

    def __str__(self) -> str:
        return f"{self.agency} on {self.board}"
