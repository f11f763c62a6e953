"""What is known of each statutory partner of a partnership: who leads, who acts for it, what it has lodged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import QuerySet

from membership.models import (
    AccountabilityStatement,
    Agency,
    DelegatedOfficer,
    LeadRepresentative,
    StatutoryRole,
)
from membership.queries.agency_register import agencies_in, named
from partnership.access import Asker
from partnership.models import Board, Partnership
from partnership.obligations.kept_rules import falls_due
from partnership.queries import constitutions_in_force, terms_of
from partnership.rules.deadlines.deadlines import Deadline

RENEWED = "delegation-renewed"


@dataclass(frozen=True, slots=True)
class Renewal:
    """The rule by which a delegation to an officer is renewed in time, and the board whose rule it is."""

    rule: Deadline
    board: Board


@dataclass(frozen=True, slots=True)
class PartnerFacts:
    """One statutory partner under the partnership's name for it; everything the latest first."""

    agency: Agency
    name: str
    leads: tuple[LeadRepresentative, ...]
    officers: tuple[DelegatedOfficer, ...]
    statements: tuple[AccountabilityStatement, ...]
    renewal: Renewal | None

    def stale_on(self, officer: DelegatedOfficer) -> date | None:
        """The last day by which the delegation is to be renewed: its end, else what the terms count from its start."""
        if officer.until is not None:
            return officer.until - timedelta(days=1)
        if self.renewal is None:
            return None
        return falls_due(self.renewal.rule, board=self.renewal.board, after=officer.starts_on)


def partners_of(*, partnership: Partnership, user: Asker, on: date) -> list[PartnerFacts]:
    """Every statutory partner of the register, as far as the reader may know. Six queries."""
    agencies = list(named(_statutory(partnership), partnership=partnership, on=on))
    leads = LeadRepresentative.objects.visible_to(user, on).filter(partnership=partnership).select_related("person")
    officers = DelegatedOfficer.objects.visible_to(user, on).filter(partnership=partnership)
    statements = AccountabilityStatement.objects.visible_to(user, on).filter(partnership=partnership)
    by_agency = (
        _by_agency(leads),
        _by_agency(officers.select_related("person", "given_by__person")),
        _by_agency(statements.select_related("lodged_by")),
    )
    renewal = renewal_in(partnership=partnership, on=on)
    return [
        PartnerFacts(
            agency=agency,
            name=str(vars(agency)["shown"]),
            leads=tuple(by_agency[0].get(agency.pk, ())),
            officers=tuple(by_agency[1].get(agency.pk, ())),
            statements=tuple(by_agency[2].get(agency.pk, ())),
            renewal=renewal,
        )
        for agency in agencies
    ]


def renewal_in(*, partnership: Partnership, on: date) -> Renewal | None:
    """The rule on renewing delegations in the terms of the partnership's boards; None where none says so. Two queries.

    It may be local practice: it only says from when a delegation is out of date.
    """
    boards = list(Board.objects.filter(partnership=partnership).select_related("partnership"))
    versions = constitutions_in_force(days=[(board.pk, on) for board in boards])
    for board in boards:
        version = versions.get((board.pk, on))
        for rule in terms_of(constitution=version).deadlines if version else ():
            if rule.id == RENEWED:
                return Renewal(rule, board)
    return None


def _statutory(partnership: Partnership) -> QuerySet[Agency]:
    return agencies_in(partnership).filter(statutory_role=StatutoryRole.SAFEGUARDING_PARTNER)


_OfAnAgency = TypeVar("_OfAnAgency", LeadRepresentative, DelegatedOfficer, AccountabilityStatement)


def _by_agency(rows: QuerySet[_OfAnAgency]) -> dict[int, list[_OfAnAgency]]:
    grouped: dict[int, list[_OfAnAgency]] = {}
    for row in rows:
        grouped.setdefault(row.agency_id, []).append(row)
    return grouped
