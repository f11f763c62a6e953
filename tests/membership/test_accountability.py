"""Officers with delegated authority and statements of accountability: by whom, how far, asked for in time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from pytest_django import Settings

from membership.agency_duties import STATEMENT
from membership.models import Agency, AgencyKind, DelegatedOfficer, Seat, StatementAsked, StatutoryRole
from membership.operations.accountability import (
    Authorities,
    NoAuthority,
    NobodyLeads,
    NotTheirAgency,
    StatementUnsaid,
    delegate_to_officer,
    end_officer_delegation,
    lodge_statement,
)
from membership.operations.agency_identity import Identity
from membership.operations.agency_register import register_agency
from membership.operations.lead_representatives import (
    NotAStatutoryPartner,
    PostMissing,
    name_lead_representative,
)
from membership.operations.named_agencies import keep_asking
from membership.presenters.accountability import officer_line
from membership.queries.accountability import partners_of
from partnership.access import Action, Kind, may
from partnership.authorship import saved
from partnership.clock import LONDON
from partnership.models import Obligation
from partnership.obligations.causes import recipients_of
from partnership.operations import EndsBeforeItStarts
from tests.cast import LONG_AGO, TODAY, Cast

YEAR_ON = date(2028, 3, 17)


@pytest.fixture
def council(cast: Cast) -> Agency:
    """A statutory partner of the city, with its seat on the board and a lead representative since long ago."""
    city = cast.elsewhere.partnership
    identity = Identity(AgencyKind.LOCAL_AUTHORITY, StatutoryRole.SAFEGUARDING_PARTNER)
    agency = register_agency(partnership=city, name="City Council", identity=identity, by=cast.author)
    seat = Seat.objects.get(board=cast.elsewhere, key="council")
    seat.agency = agency
    saved(seat, by=cast.author, reason="It holds the seat")
    lead = cast.person("lead")
    name_lead_representative(
        partnership=city, agency=agency, person=lead, post="Chief executive", starts_on=LONG_AGO, by=cast.author
    )
    keep_asking(board=cast.elsewhere, by=cast.author)
    return agency


def officer(cast: Cast, council: Agency, **changes: Any) -> DelegatedOfficer:
    said: dict[str, Any] = {
        "partnership": cast.elsewhere.partnership,
        "agency": council,
        "name": "Ada Moss",
        "email": "ada.moss@example.org",
        "post": "Director",
        "authorities": Authorities(may_speak=True, may_commit_resourcing=True),
        "starts_on": TODAY,
        "ends_on": None,
    }
    return delegate_to_officer(**said | changes, by=cast.author)


def lodged(cast: Cast, council: Agency, **changes: Any) -> object:
    said: dict[str, Any] = {
        "responsibilities": "Children's services",
        "line": "Director to chief executive",
        "delegated": "",
        "review_on": YEAR_ON,
        "is_team": False,
        "by": cast["lead"],
    }
    return lodge_statement(partnership=cast.elsewhere.partnership, agency=council, **said | changes)


def asked(cast: Cast) -> list[tuple[date, date | None]]:
    rows = Obligation.objects.filter(duty=STATEMENT, cause_type="membership.statementasked").order_by("due_on", "pk")
    return [(row.due_on, row.met_on) for row in rows]


# --- officers ---------------------------------------------------------------------------------------------------------


def test_an_officer_reads_what_the_lead_representative_reads_until_it_ends(cast: Cast, council: Agency) -> None:
    given = officer(cast, council)
    assert (given.given_by.person, given.person.name) == (cast["lead"], "Ada Moss")
    assert may(given.person, Action.OWN, cast.elsewhere, Kind.ACCOUNTABILITY)
    assert not may(given.person, Action.READ, cast.board, Kind.ACCOUNTABILITY)
    end_officer_delegation(officer=given, ends_on=TODAY, reason="Moved on", by=cast.author)
    assert may(given.person, Action.READ, cast.elsewhere, Kind.ACCOUNTABILITY, on=TODAY)
    assert not may(given.person, Action.READ, cast.elsewhere, Kind.ACCOUNTABILITY, on=TODAY + timedelta(days=1))


def test_what_a_delegation_has_to_say(cast: Cast, council: Agency) -> None:
    relevant = register_agency(
        partnership=cast.elsewhere.partnership,
        name="School",
        identity=Identity(AgencyKind.EDUCATION, StatutoryRole.RELEVANT_AGENCY),
        by=cast.author,
    )
    for wrong, refusal in (
        ({"agency": relevant}, NotAStatutoryPartner),
        ({"post": " "}, PostMissing),
        ({"authorities": Authorities()}, NoAuthority),
        ({"starts_on": LONG_AGO - timedelta(days=1)}, NobodyLeads),
        ({"ends_on": TODAY - timedelta(days=1)}, EndsBeforeItStarts),
    ):
        with pytest.raises(refusal):
            officer(cast, council, **wrong)
    assert not DelegatedOfficer.objects.exists()


def test_a_delegation_is_out_of_date_after_its_end_or_by_the_terms(cast: Cast, council: Agency) -> None:
    lasting = officer(cast, council, starts_on=LONG_AGO)
    ending = officer(cast, council, starts_on=LONG_AGO, ends_on=TODAY)
    (facts,) = [
        each
        for each in partners_of(partnership=cast.elsewhere.partnership, user=cast["lead"], on=TODAY)
        if each.agency == council
    ]
    assert (facts.stale_on(lasting), facts.stale_on(ending)) == (date(2027, 1, 5), TODAY)

    def stale(one: DelegatedOfficer, on: date) -> str:
        return officer_line(one, stale_on=facts.stale_on(one), slug="portsmouth", may_write=True, today=on).stale

    assert stale(lasting, date(2027, 1, 5)) == stale(ending, TODAY) == ""
    assert stale(lasting, date(2027, 1, 6)) == "It had to be renewed by 5 January 2027."
    assert stale(ending, TODAY + timedelta(days=1)) == "It ended on 17 March 2027 and was not renewed."


def test_how_far_it_goes_in_words(cast: Cast, council: Agency) -> None:
    line = officer_line(officer(cast, council), stale_on=None, slug="portsmouth", may_write=False, today=TODAY)
    assert (line.extent, line.given_by, line.href) == ("speak for it and commit it on resourcing", "Lead", "")


# --- statements -------------------------------------------------------------------------------------------------------


def test_a_statement_falls_due_a_year_on_and_lodging_it_asks_for_the_next(
    cast: Cast, council: Agency, settings: Settings
) -> None:
    assert asked(cast) == [(YEAR_ON, None)]
    lodged(cast, council)
    assert asked(cast) == [(YEAR_ON, None)], "counted from the same day, it is the next one"
    settings.CLOCK_STOPPED_AT = datetime(2028, 3, 1, 9, tzinfo=LONDON)
    lodged(cast, council, review_on=date(2029, 3, 1))
    assert asked(cast) == [(YEAR_ON, date(2028, 3, 1)), (date(2029, 3, 1), None)]


def test_lead_representative_and_manager_are_told(cast: Cast, council: Agency) -> None:
    (row,) = Obligation.objects.filter(duty=STATEMENT).select_related("board__partnership", "constitution")
    assert recipients_of([row], TODAY)[row.pk] == [cast["lead"]]


def test_only_whoever_leads_or_the_team_lodges_it(cast: Cast, council: Agency) -> None:
    with pytest.raises(NotTheirAgency):
        lodged(cast, council, by=cast["member"])
    for wrong in ({"responsibilities": " "}, {"line": ""}, {"review_on": TODAY}):
        with pytest.raises(StatementUnsaid):
            lodged(cast, council, **wrong)
    lodged(cast, council, by=cast["manager"], is_team=True)


def test_an_agency_that_leaves_its_seat_is_asked_no_more(cast: Cast, council: Agency) -> None:
    seat = Seat.objects.get(board=cast.elsewhere, key="council")
    seat.agency = None
    saved(seat, by=cast.author, reason="Given up")
    keep_asking(board=cast.elsewhere, by=cast.author)
    (row,) = Obligation.objects.filter(duty=STATEMENT)
    assert row.cancelled_at is not None
    assert StatementAsked.objects.count() == 1
