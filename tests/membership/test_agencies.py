from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from membership.models import Agency, AgencyKind, AgencyName, Grade, RelevantAgency, StatutoryRole
from membership.operations import (
    AgencyNameTaken,
    add_alias,
    call_agency,
    enter_agency,
    enter_grade_ladder,
    list_relevant_agency,
    rename_agency,
)
from membership.queries import agencies_of, agency_names, relevant_agencies_of, seats_on
from partnership.authorship import saved
from partnership.held import read_once
from tests.cast import TODAY, Cast


def police(cast: Cast, slug: str = "constabulary") -> Agency:
    return enter_agency(
        slug=slug,
        name="Hampshire Constabulary",
        kind=AgencyKind.POLICE,
        statutory_role=StatutoryRole.SAFEGUARDING_PARTNER,
        aliases=["Hants Police"],
        by=cast.author,
    )


def listed(cast: Cast, agency: Agency, name: str = "Hampshire Police") -> RelevantAgency:
    return list_relevant_agency(
        partnership=cast.partnership,
        agency=agency,
        category="Police",
        listed_as=name,
        note="Merged with the marine unit",
        source="Appendix 2",
        by=cast.author,
    )


def name_on(cast: Cast, agency: Agency, on: date) -> str:
    return agency_names(agencies=[agency.pk], partnership_id=cast.partnership.pk, on=on)[agency.pk]


def test_names_are_dated_and_the_earlier_one_is_kept(cast: Cast) -> None:
    agency = police(cast)
    rename_agency(agency=agency, name="Hampshire and Isle of Wight Constabulary", from_on=TODAY, by=cast.author)
    assert name_on(cast, agency, date(2027, 3, 16)) == "Hampshire Constabulary"
    assert name_on(cast, agency, TODAY) == "Hampshire and Isle of Wight Constabulary"
    with pytest.raises(AgencyNameTaken):
        rename_agency(agency=agency, name="Hampshire and Isle of Wight Constabulary", from_on=TODAY, by=cast.author)


def test_a_partnership_calls_it_as_it_likes(cast: Cast) -> None:
    agency = police(cast)
    call_agency(agency=agency, partnership=cast.partnership, name="The Constabulary", by=cast.author)
    call_agency(agency=agency, partnership=cast.partnership, name="Our Constabulary", by=cast.author)
    assert name_on(cast, agency, TODAY) == "Our Constabulary"
    elsewhere = cast.elsewhere.partnership_id
    assert agency_names(agencies=[agency.pk], partnership_id=elsewhere, on=TODAY)[agency.pk] == "Hampshire Constabulary"


def test_an_alias_once_and_one_name_at_a_time(cast: Cast) -> None:
    agency = police(cast)
    with pytest.raises(AgencyNameTaken):
        add_alias(agency=agency, name="Hants Police", by=cast.author)
    second = AgencyName(agency=agency, name="Another")
    with pytest.raises(IntegrityError), transaction.atomic():
        saved(second, by=cast.author, reason="By hand")


def test_agencies_are_seen_where_they_sit_or_are_listed(cast: Cast) -> None:
    agency, stranger = police(cast), police(cast, slug="far-away")
    listed(cast, agency)
    assert list(Agency.objects.visible_to(cast["member"])) == [agency]
    assert list(Agency.objects.visible_to(cast["outsider"])) == []
    assert list(RelevantAgency.objects.visible_to(cast["outsider"])) == []
    seat = cast.elsewhere.seats.get(key="constabulary")
    seat.agency = stranger
    saved(seat, by=cast.author, reason="Agency named")
    assert list(Agency.objects.visible_to(cast["outsider"])) == [stranger]


def test_the_register_of_agencies_names_seats_and_other_names(cast: Cast) -> None:
    agency = police(cast)
    listed(cast, agency)
    seat = cast.seats["constabulary"]
    seat.agency = agency
    saved(seat, by=cast.author, reason="Agency named")
    found = agencies_of(partnership=cast.partnership, user=cast["member"], on=TODAY)
    assert [(one.name, one.also_known_as, one.seats) for one in found] == [
        ("Hampshire Constabulary", ("Hants Police",), (seat,))
    ]
    assert agencies_of(partnership=cast.partnership, user=cast["outsider"], on=TODAY) == []
    lines = relevant_agencies_of(partnership=cast.partnership, user=cast["neighbour"], on=TODAY)
    assert [(line.listed_as, line.note) for line in lines] == [("Hampshire Police", "Merged with the marine unit")]


def test_a_ladder_runs_from_the_most_senior(cast: Cast) -> None:
    ladder = enter_grade_ladder(agency=police(cast), name="Ranks", grades=["Chief", "Super"], by=cast.author)
    assert list(ladder.grades.values_list("rank", "name")) == [(1, "Chief"), (2, "Super")]
    with pytest.raises(IntegrityError), transaction.atomic():
        saved(Grade(ladder=ladder, name="Other", rank=1), by=cast.author, reason="By hand")


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_rows(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        agency = police(cast, slug=f"agency-{number}")
        listed(cast, agency, name=f"Agency {number}")
        key = ("hmp", "icb", "probation")[number]
        seat = cast.seats[key]
        seat.agency = agency
        saved(seat, by=cast.author, reason="Agency named")
    cast.fill(("hmp", "icb", "probation")[:count])
    member = cast["member"]
    with read_once(), django_assert_num_queries(5):
        agencies_of(partnership=cast.partnership, user=member, on=TODAY)
    with django_assert_num_queries(2):
        relevant_agencies_of(partnership=cast.partnership, user=member, on=TODAY)
    with django_assert_num_queries(2):
        seats_on(board=cast.board, on=TODAY)
