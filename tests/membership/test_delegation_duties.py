"""A delegation to a senior officer is renewed or ended by its time, where the group keeps that practice."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from pytest_django import Settings

from membership.delegation_duties import RENEWED
from membership.models import Agency, AgencyKind, StatutoryRole
from membership.operations.accountability import end_officer_delegation
from membership.operations.agency_identity import Identity
from membership.operations.agency_register import register_agency
from membership.operations.lead_representatives import name_lead_representative
from partnership.clock import LONDON
from partnership.models import Obligation
from partnership.obligations.causes import recipients_of
from partnership.obligations.features import plan_all, plan_board
from partnership.obligations.kept_rules import switch_practice
from tests.cast import LONG_AGO, TODAY, Cast
from tests.membership.test_accountability import officer

JUNE = date(2027, 6, 30)


@pytest.fixture
def council(cast: Cast) -> Agency:
    """A statutory partner of the city with a lead, where the Board keeps the practice."""
    here = cast.elsewhere.partnership
    identity = Identity(AgencyKind.LOCAL_AUTHORITY, StatutoryRole.SAFEGUARDING_PARTNER)
    agency = register_agency(partnership=here, name="City Council", identity=identity, by=cast.author)
    name_lead_representative(
        partnership=here,
        agency=agency,
        person=cast.person("lead"),
        post="Chief executive",
        starts_on=LONG_AGO,
        by=cast.author,
    )
    switch_practice(board=cast.elsewhere, duty=RENEWED, is_on=True, on=TODAY, by=cast.author)
    return agency


def the() -> Obligation:
    return Obligation.objects.get(duty=RENEWED, cancelled_at=None)


def test_one_with_an_end_is_due_by_its_last_day_and_told_to_who_leads(cast: Cast, council: Agency) -> None:
    officer(cast, council, ends_on=JUNE)
    assert (the().due_on, the().board) == (JUNE, cast.elsewhere)
    assert next(person.name for person in recipients_of([the()], TODAY)[the().pk]) == "Lead"


def test_one_without_an_end_is_due_a_year_after_it_began(cast: Cast, council: Agency) -> None:
    officer(cast, council)
    assert the().due_on == date(2028, 3, 17)


def test_one_of_long_ago_is_not_late_for_what_was_not_asked(cast: Cast, council: Agency) -> None:
    switch_practice(board=cast.elsewhere, duty=RENEWED, is_on=False, on=TODAY, by=cast.author)
    officer(cast, council, starts_on=LONG_AGO)
    assert not Obligation.objects.filter(duty=RENEWED).exists()
    switch_practice(board=cast.elsewhere, duty=RENEWED, is_on=True, on=TODAY, by=cast.author)
    assert the().due_on == date(2028, 3, 17)


def test_delegating_again_renews_it(cast: Cast, council: Agency) -> None:
    officer(cast, council, ends_on=JUNE)
    officer(cast, council, starts_on=JUNE + timedelta(days=1), ends_on=date(2028, 6, 30))
    first, second = Obligation.objects.filter(duty=RENEWED).order_by("pk")
    assert (first.met_on, first.evidence) == (TODAY, "Renewed from 1 July 2027")
    assert (second.is_open, second.due_on) == (True, date(2028, 6, 30))


def test_ending_it_is_the_other_act_and_running_out_ends_it_too(
    cast: Cast, council: Agency, settings: Settings
) -> None:
    given = officer(cast, council)
    end_officer_delegation(officer=given, ends_on=JUNE, reason="Moves on", by=cast.author)
    assert (the().met_on, the().evidence) == (TODAY, "Ended, its last day 30 June 2027")
    other = officer(cast, council, name="Bo Reed", email="bo.reed@example.org", ends_on=JUNE)
    settings.CLOCK_STOPPED_AT = datetime(2027, 7, 2, 9, tzinfo=LONDON)
    plan_board(board=cast.elsewhere, by=cast.author)
    row = Obligation.objects.get(duty=RENEWED, cause_id=other.pk)
    assert (row.met_on, row.evidence) == (JUNE, "Ended on 30 June 2027")


def test_asked_again_it_stands_once_in_one_ledger(cast: Cast, council: Agency) -> None:
    officer(cast, council, ends_on=JUNE)
    for _ in range(2):
        plan_all(by=cast.author)
    assert the().due_version == 1
    switch_practice(board=cast.elsewhere, duty=RENEWED, is_on=False, on=TODAY, by=cast.author)
    assert not Obligation.objects.filter(duty=RENEWED, cancelled_at=None).exists()
