"""Statutory partners on their page: who leads, which officers act for them and how far, and their statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta

from django.urls import reverse

from membership.models import AccountabilityStatement, Agency, DelegatedOfficer, LeadRepresentative
from membership.operations.accountability import Authorities
from membership.queries.accountability import PartnerFacts
from partnership.models import Partnership
from partnership.rules.plain_dates import listed, plain_date

STALE = "Out of date"


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """An officer with delegated authority; `stale` says why the delegation is out of date, empty while it is not."""

    who: str
    extent: str
    when: str
    given_by: str
    stale: str
    is_over: bool
    href: str


@dataclass(frozen=True, slots=True)
class StatementOnPage:
    """The statement that holds, or an earlier one."""

    responsibilities: str
    line: str
    delegated: str
    lodged: str
    review: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class PartnerOnPage:
    """A statutory partner, who leads for it today or next, who did before, its officers, and its statement."""

    name: str
    lead: str
    since: str
    lead_href: str
    before: tuple[str, ...]
    officers: tuple[OfficerLine, ...]
    statement: StatementOnPage | None
    statement_href: str


def partner_on_page(facts: PartnerFacts, *, partnership: Partnership, may_write: bool, today: date) -> PartnerOnPage:
    """`may_write` for the team, which ends what is open."""
    now = next((each for each in facts.leads if each.until is None or each.until > today), None)
    slug = partnership.slug
    return PartnerOnPage(
        name=facts.name,
        lead=str(now) if now else "",
        since=_when(now, today) if now else "",
        lead_href=reverse("lead_end", args=[slug, now.pk]) if now and may_write else "",
        before=tuple(f"{each}, {_when(each, today)}" for each in facts.leads if each is not now),
        officers=tuple(
            officer_line(each, stale_on=facts.stale_on(each), slug=slug, may_write=may_write, today=today)
            for each in facts.officers
        ),
        statement=statement_on_page(facts.statements[0], today=today) if facts.statements else None,
        statement_href=reverse("accountability", args=[slug, facts.agency.slug]),
    )


def officer_line(
    officer: DelegatedOfficer, *, stale_on: date | None, slug: str, may_write: bool, today: date
) -> OfficerLine:
    """`stale_on` is the day from which the delegation has to be renewed; None where nothing says so."""
    is_over = officer.until is not None and officer.until <= today
    return OfficerLine(
        who=str(officer),
        extent=extent_words(officer),
        when=_when(officer, today),
        given_by=officer.given_by.person.name,
        stale=_stale_words(officer, stale_on, today),
        is_over=is_over,
        href=reverse("officer_end", args=[slug, officer.pk]) if may_write and not is_over else "",
    )


def extent_words(officer: DelegatedOfficer) -> str:
    """`speak for it, decide for it and commit it on policy`, as far as the delegation goes."""
    allowed = [each.name for each in fields(Authorities) if getattr(officer, each.name)]
    return listed([str(DelegatedOfficer._meta.get_field(name).verbose_name) for name in allowed])  # type: ignore[union-attr]


def _stale_words(officer: DelegatedOfficer, stale_on: date | None, today: date) -> str:
    if officer.until is not None and officer.until <= today:
        return f"It ended on {plain_date(officer.until - timedelta(days=1))} and was not renewed."
    if stale_on is not None and stale_on < today:
        return f"It had to be renewed by {plain_date(stale_on)}."
    return ""


def statement_on_page(statement: AccountabilityStatement, *, today: date) -> StatementOnPage:
    return StatementOnPage(
        responsibilities=statement.responsibilities,
        line=statement.line,
        delegated=statement.delegated,
        lodged=f"{plain_date(statement.lodged_on)}, by {statement.lodged_by}",
        review=plain_date(statement.review_on),
        is_overdue=statement.review_on < today,
    )


def choices_of(partners: Iterable[PartnerFacts]) -> list[tuple[str, str]]:
    return [(each.agency.slug, each.name) for each in partners]


def agency_of(partners: Iterable[PartnerFacts], slug: str) -> Agency:
    """The partner of that address, which a form has offered."""
    return next(each.agency for each in partners if each.agency.slug == slug)


def _when(each: LeadRepresentative | DelegatedOfficer, today: date) -> str:
    first = plain_date(each.starts_on)
    if each.until is None:
        return f"from {first}"
    return f"{first} to {plain_date(each.until - timedelta(days=1))}"
