"""Named agencies acknowledge each version of the arrangements: asked by the terms' own clock, met by the act itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from pytest_django import Settings

from membership.agency_duties import ACKNOWLEDGED
from membership.models import Acknowledgement, Agency, AgencyKind, Seat, StatutoryRole
from membership.operations import bring_into_force, enter_agency, list_relevant_agency
from membership.operations.acknowledgements import (
    AcknowledgedAlready,
    AcknowledgementUnsaid,
    NoLongerAsked,
    NotAcknowledged,
    NotTheirsToAcknowledge,
    acknowledge,
    record_acknowledgement,
    take_back_acknowledgement,
)
from membership.operations.agency_register import name_officer, unlist_agency
from membership.operations.lead_representatives import name_lead_representative
from membership.operations.named_agencies import keep_asking
from membership.queries.acknowledgements import asked_of_person, speakers, waiting_by_board
from partnership.clock import LONDON
from partnership.models import Delivery, DeliveryState, Obligation, User
from partnership.obligations.planning import plan
from tests.cast import LONG_AGO, TODAY, Cast, amended

FOUR_WEEKS_ON = TODAY + timedelta(days=28)


def agency(cast: Cast, name: str, role: StatutoryRole = StatutoryRole.RELEVANT_AGENCY) -> Agency:
    return enter_agency(slug=name, name=name.capitalize(), kind=AgencyKind.OTHER, statutory_role=role, by=cast.author)


def listed(cast: Cast, name: str) -> Agency:
    found = agency(cast, name)
    list_relevant_agency(
        partnership=cast.elsewhere.partnership,
        agency=found,
        category="Other",
        listed_as=name,
        source="List",
        by=cast.author,
    )
    return found


def seated(cast: Cast, name: str = "police") -> Agency:
    """An agency that holds the constabulary's seat, which the outsider of the cast represents."""
    found = agency(cast, name)
    seat = Seat.objects.get(board=cast.elsewhere, key="constabulary")
    seat.agency = found
    seat.save_without_historical_record()  # type: ignore[attr-defined]  # a stage set for the test
    keep_asking(board=cast.elsewhere, by=cast.author)
    return found


def asked(found: Agency) -> Acknowledgement:
    return Acknowledgement.objects.select_related("constitution__board__partnership").get(agency=found)


def due(row: Acknowledgement) -> Obligation:
    return Obligation.objects.get(cause_type="membership.acknowledgement", cause_id=row.pk, duty=ACKNOWLEDGED)


def next_version(cast: Cast, begins_on: date, **changes: str) -> None:
    number = Acknowledgement.objects.order_by("-constitution__version")[0].constitution.version
    text = amended("portsmouth/board", {f"number: {number}": f"number: {number + 1}"} | changes)
    bring_into_force(board=cast.elsewhere, text=text, in_force_from=begins_on, by=cast.author)


def test_whoever_is_named_is_asked_by_the_terms_clock(cast: Cast) -> None:
    police, school = seated(cast), listed(cast, "school")
    agency(cast, "nobody")
    assert {row.agency for row in Acknowledgement.objects.all()} == {police, school}
    for row in map(asked, (police, school)):
        assert (row.asked_on, due(row).due_on, due(row).is_open) == (TODAY, FOUR_WEEKS_ON, True)
    assert waiting_by_board(boards=[cast.elsewhere], on=FOUR_WEEKS_ON) == {cast.elsewhere.pk: (2, 0)}
    assert waiting_by_board(boards=[cast.elsewhere], on=FOUR_WEEKS_ON + timedelta(days=1))[cast.elsewhere.pk] == (2, 2)


def test_terms_without_the_duty_ask_nobody(cast: Cast) -> None:
    list_relevant_agency(
        partnership=cast.partnership,
        agency=agency(cast, "school"),
        category="Other",
        listed_as="School",
        source="List",
        by=cast.author,
    )
    assert not Acknowledgement.objects.exists()


def test_the_representative_acknowledges_and_meets_the_duty(cast: Cast) -> None:
    row = asked(seated(cast))
    with pytest.raises(NotTheirsToAcknowledge):
        acknowledge(row=row, by=cast["member"])
    given = acknowledge(row=row, by=cast["outsider"])
    assert (given.acknowledged_on, given.name, given.person) == (TODAY, "Outsider", cast["outsider"])
    assert (due(row).met_on, due(row).evidence) == (TODAY, "Acknowledged by Outsider")
    with pytest.raises(AcknowledgedAlready):
        acknowledge(row=row, by=cast["outsider"])


def test_officer_and_lead_representative_speak_for_it_and_are_told(cast: Cast) -> None:
    police = agency(cast, "police", StatutoryRole.SAFEGUARDING_PARTNER)
    here = cast.elsewhere.partnership
    list_relevant_agency(
        partnership=here, agency=police, category="Police", listed_as="Police", source="List", by=cast.author
    )
    row = asked(police)
    assert speakers([row], TODAY)[row.pk] == []
    name_officer(
        agency=police,
        partnership=here,
        name="Ada",
        post="Head",
        from_on=LONG_AGO,
        person=cast["nobody"],
        by=cast.author,
    )
    name_lead_representative(
        partnership=here, agency=police, person=cast.person("lead"), post="Chief", starts_on=TODAY, by=cast.author
    )
    assert speakers([row], TODAY)[row.pk] == [cast["nobody"], cast["lead"]]
    for name in ("nobody", "lead"):
        assert [each.row for each in asked_of_person(person=cast[name], on=TODAY)] == [row]
    assert asked_of_person(person=cast["outsider"], on=TODAY) == []
    assert acknowledge(row=row, by=cast["nobody"]).name == "Nobody"


def test_a_further_version_is_asked_anew_and_the_old_one_no_longer(cast: Cast) -> None:
    police, school = seated(cast), listed(cast, "school")
    acknowledge(row=asked(police), by=cast["outsider"])
    old = asked(school)
    begins_on = TODAY + timedelta(days=10)
    next_version(cast, begins_on)
    rows = {
        (row.agency, row.constitution.version): row for row in Acknowledgement.objects.select_related("constitution")
    }
    assert len(rows) == 4
    again = rows[police, old.constitution.version + 1]
    assert (again.acknowledged_on, due(again).due_on) == (None, begins_on + timedelta(days=28))
    assert due(old).cancelled_at is not None
    with pytest.raises(NoLongerAsked):
        record_acknowledgement(row=old, name="Head", on=TODAY, how="By letter", by=cast.author)
    found = asked_of_person(person=cast["outsider"], on=TODAY)
    assert [(each.row.constitution.version, each.is_open) for each in found] == [
        (again.constitution.version, True),
        (old.constitution.version, False),
    ]


def test_an_agency_taken_off_the_list_is_asked_no_more_and_again_when_it_returns(cast: Cast) -> None:
    school = listed(cast, "school")
    row = asked(school)
    unlist_agency(line=school.listings.get(), on=TODAY, reason="Closed", by=cast.author)
    assert due(row).cancelled_at is not None
    list_relevant_agency(
        partnership=cast.elsewhere.partnership,
        agency=school,
        category="Other",
        listed_as="school",
        source="List",
        since=TODAY,
        by=cast.author,
    )
    assert due(row).is_open


def test_what_was_said_elsewhere_is_recorded_as_such_and_can_be_taken_back(cast: Cast) -> None:
    row = asked(listed(cast, "school"))
    for wrong in (
        {"name": " "},
        {"how": ""},
        {"on": TODAY + timedelta(days=1)},
        {"on": LONG_AGO},
    ):
        said = {"name": "Ada Moss, head", "how": "By letter", "on": TODAY} | wrong
        with pytest.raises(AcknowledgementUnsaid):
            record_acknowledgement(row=row, by=cast.author, **said)  # type: ignore[arg-type]
    given = record_acknowledgement(row=row, name="Ada Moss, head", how="By letter", on=TODAY, by=cast.author)
    assert (given.person, due(row).evidence) == (
        None,
        "Acknowledged by Ada Moss, head, recorded by the team: By letter",
    )
    with pytest.raises(AcknowledgementUnsaid):
        take_back_acknowledgement(row=row, reason=" ", by=cast.author)
    back = take_back_acknowledgement(row=row, reason="Another school", by=cast.author)
    assert (back.acknowledged_on, back.name, due(row).is_open) == (None, "", True)
    with pytest.raises(NotAcknowledged):
        take_back_acknowledgement(row=row, reason="Twice", by=cast.author)


def test_asking_again_changes_nothing(cast: Cast) -> None:
    row = asked(seated(cast))
    acknowledge(row=row, by=cast["outsider"])
    for _ in range(2):
        keep_asking(board=cast.elsewhere, by=cast.author)
    assert (due(row).met_on, row.history.count()) == (TODAY, 2)


def test_who_speaks_for_the_agency_is_reminded_until_it_has_acknowledged(cast: Cast, settings: Settings) -> None:
    row = asked(seated(cast))
    settings.CLOCK_STOPPED_AT = datetime(2027, 4, 6, 9, tzinfo=LONDON)
    plan(now=settings.CLOCK_STOPPED_AT)
    told = Delivery.objects.filter(obligation=due(row)).values_list("recipient", flat=True)
    assert {User.objects.get(pk=pk) for pk in told} == {cast["outsider"]}
    acknowledge(row=row, by=cast["outsider"])
    assert set(Delivery.objects.filter(obligation=due(row)).values_list("state", flat=True)) == {
        DeliveryState.SKIPPED_MET
    }
