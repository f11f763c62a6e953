"""The register of agencies: who may change what an agency is, and what is kept when it changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from membership.models import (
    Agency,
    AgencyKind,
    AgencyName,
    AgencyRequest,
    AgencySuccession,
    Grade,
    RelevantAgency,
    RequestOutcome,
    Seat,
    StatutoryRole,
    SuccessionKind,
)
from membership.operations import AgencyNameTaken, add_alias, call_agency, enter_agency
from membership.operations.agency_identity import (
    AgencyCircle,
    AgencyClash,
    AlreadySucceeded,
    Identity,
    NoSuchAlias,
    NotAfterTheLast,
    NotSucceeded,
    NotYet,
    SharedAgency,
    add_alias_in_register,
    change_identity,
    end_alias,
    rename_in_register,
    succeed,
    withdraw_succession,
)
from membership.operations.agency_register import (
    AlreadyAsked,
    AlreadyDecided,
    BeginsTooEarly,
    InTheRegister,
    ListedAlready,
    NameKnownElsewhere,
    NameKnownHere,
    NotListed,
    OfficerMissing,
    decide_request,
    end_officer,
    list_agency,
    name_locally,
    name_officer,
    record_request,
    register_agency,
    unlist_agency,
    use_agency,
)
from membership.operations.grade_ladders import (
    LadderTaken,
    NoRungBeyond,
    RungInUse,
    RungTaken,
    add_ladder,
    add_rung,
    move_rung,
    remove_rung,
    rename_rung,
)
from membership.queries.agency_facts import facts_seen, identity_facts, ladder_facts, local_facts
from membership.queries.agency_register import (
    Narrowing,
    is_used_elsewhere,
    named,
    narrowed,
    register_page,
    register_rows,
)
from partnership.authorship import saved
from tests.cast import TODAY, Cast

SCHOOL = Identity(AgencyKind.EDUCATION, StatutoryRole.RELEVANT_AGENCY)
YESTERDAY, TOMORROW = date(2027, 3, 16), date(2027, 3, 18)
Register = Callable[..., Agency]


@pytest.fixture
def register(cast: Cast) -> Register:
    """Enter an agency of that name in the register of the island's partnership."""

    def entered(name: str, identity: Identity = SCHOOL, **said: Any) -> Agency:
        return register_agency(
            name=name, identity=identity, **{"partnership": cast.partnership, "by": cast["coordinator"], **said}
        )

    return entered


def seat_of(cast: Cast, agency: Agency, key: str = "constabulary") -> Seat:
    seat = cast.seats[key]
    seat.agency = agency
    return saved(seat, by=cast.author, reason="Agency named", fields=["agency"])


def found(cast: Cast, **asked: Any) -> list[str]:
    narrowing = Narrowing(**asked)
    chosen = narrowed(narrowing, partnership=cast.partnership, on=TODAY)
    rows = named(chosen, partnership=cast.partnership, on=TODAY)
    return [
        row.name for row in register_rows(agencies=rows, partnership=cast.partnership, user=cast["member"], on=TODAY)
    ]


@pytest.mark.parametrize("sort", ["name", "-name", "kind"])
def test_pages_of_the_register_follow_one_another_from_either_end(cast: Cast, register: Register, sort: str) -> None:
    for name in ("Delta", "alpha", "Charlie", "Bravo", "Echo"):
        register(name)
    in_order: dict[str, Any] = {"partnership": cast.partnership, "on": TODAY}
    asked: dict[str, Any] = {**in_order, "user": cast["member"], "size": 2}
    narrowing = Narrowing(sort=sort)
    pages = register_page(**asked, narrowing=narrowing, number=1).pages
    leafed = [register_page(**asked, narrowing=narrowing, number=number).rows for number in range(1, pages + 1)]
    assert len(leafed) > 2
    everything = named(narrowed(narrowing, partnership=cast.partnership, on=TODAY), **in_order, sort=sort)
    assert [row.agency for page in leafed for row in page] == list(everything)


# --- entering ---------------------------------------------------------------------------------------------------------


def test_what_a_team_enters_is_in_its_register_and_no_other(cast: Cast, register: Register) -> None:
    agency = register("Add", aliases=["The Adders"])
    assert agency.slug == "add-2", "a page of the register is called add"
    assert list(Agency.objects.visible_to(cast["member"])) == [agency]
    assert list(Agency.objects.visible_to(cast["outsider"])) == []
    with pytest.raises(NameKnownHere, match="known as the adders"):
        register("the adders")


def test_an_agency_known_elsewhere_is_used_or_said_to_be_another(cast: Cast, register: Register) -> None:
    city = cast.elsewhere.partnership
    theirs = register("St John's School", partnership=city)
    with pytest.raises(NameKnownElsewhere) as known:
        register("st john's school")
    assert known.value.agencies == [theirs]
    ours = register("St John's School", is_another=True)
    assert (ours.slug, ours == theirs) == ("st-johns-school-2", False)
    with pytest.raises(NameKnownHere):
        use_agency(partnership=cast.partnership, agency=theirs, by=cast["coordinator"])
    use_agency(partnership=city, agency=register("HMP"), by=cast.author)
    with pytest.raises(InTheRegister):
        use_agency(partnership=city, agency=Agency.objects.get(slug="hmp"), by=cast.author)


def test_what_another_partnership_uses_too_is_not_changed_from_one(cast: Cast, register: Register) -> None:
    agency, other = register("Constabulary"), register("Other")
    place: dict[str, Any] = {"agency": agency, "partnership": cast.partnership, "by": cast["coordinator"]}
    change_identity(**place, identity=SCHOOL, reason="Ours alone")
    use_agency(partnership=cast.elsewhere.partnership, agency=agency, by=cast.author)
    assert is_used_elsewhere(agency=agency, partnership=cast.partnership)
    history = Agency.history.count()
    ladder: dict[str, Any] = {"partnership": cast.partnership, "by": cast["coordinator"]}
    for act in (
        lambda: change_identity(**place, identity=SCHOOL, reason="Quietly"),
        lambda: rename_in_register(**place, name="Renamed", from_on=TODAY),
        lambda: add_alias_in_register(**place, name="Alias"),
        lambda: end_alias(**place, name="Alias"),
        lambda: succeed(**place, successor=other, kind=SuccessionKind.MERGED, on=TODAY),
        lambda: withdraw_succession(**place, reason="Quietly"),
        lambda: add_ladder(agency=agency, name="Ranks", grades=[], **ladder),
    ):
        with pytest.raises(SharedAgency, match="Another partnership uses this agency too"):
            act()
    assert Agency.history.count() == history
    name_locally(**place, name="Our Constabulary")
    assert found(cast) == ["Other", "Our Constabulary"]


def test_a_seat_or_a_listing_elsewhere_is_use_too(cast: Cast, register: Register) -> None:
    seated, listed = register("Seated"), register("Listed")
    seat = cast.elsewhere.seats.get(key="constabulary")
    seat.agency = seated
    saved(seat, by=cast.author, reason="Agency named")
    city = cast.elsewhere.partnership
    list_agency(agency=listed, partnership=city, category="x", listed_as="x", source="x", since=TODAY, by=cast.author)
    for agency in (seated, listed):
        with pytest.raises(SharedAgency):
            change_identity(
                agency=agency, partnership=cast.partnership, identity=SCHOOL, reason="Quietly", by=cast.author
            )


# --- identity ---------------------------------------------------------------------------------------------------------


def test_of_two_forms_drawn_at_once_the_second_sees_the_first(cast: Cast, register: Register) -> None:
    agency = register("Cowes College")
    place: dict[str, Any] = {"agency": agency, "partnership": cast.partnership, "by": cast["coordinator"]}
    seen = facts_seen(identity_facts(agency=agency, on=TODAY))
    police = Identity(AgencyKind.POLICE, StatutoryRole.OTHER, section_11="police")
    change_identity(**place, identity=police, reason="First", seen=seen)
    with pytest.raises(AgencyClash) as clash:
        change_identity(**place, identity=SCHOOL, reason="Second", seen=seen)
    assert (clash.value.theirs["Kind"], clash.value.theirs["Section 11 duty"]) == ("Police", "Police")
    with pytest.raises(AgencyClash):
        rename_in_register(**place, name="Second", from_on=TODAY, seen=seen)
    again = facts_seen(clash.value.theirs)
    assert change_identity(**place, identity=SCHOOL, reason="Second", seen=again).kind == AgencyKind.EDUCATION
    drawn = facts_seen(local_facts(agency=agency, partnership=cast.partnership))
    name_locally(**place, name="Ours", seen=drawn)
    with pytest.raises(AgencyClash):
        name_locally(**place, name="Mine", seen=drawn)


def test_no_agency_is_above_itself(cast: Cast, register: Register) -> None:
    trust = register("Trust")
    school = register("School", Identity(AgencyKind.EDUCATION, StatutoryRole.OTHER, parent=trust))
    nursery = register("Nursery", Identity(AgencyKind.EDUCATION, StatutoryRole.OTHER, parent=school))
    with pytest.raises(AgencyCircle):
        change_identity(
            agency=trust,
            partnership=cast.partnership,
            identity=Identity(AgencyKind.EDUCATION, StatutoryRole.OTHER, parent=nursery),
            reason="A circle",
            by=cast.author,
        )
    trust.parent = trust
    with pytest.raises(IntegrityError), transaction.atomic():
        saved(trust, by=cast.author, reason="By hand")


def test_names_follow_one_another_and_aliases_end(cast: Cast, register: Register) -> None:
    agency = register("Old Name", since=YESTERDAY)
    place: dict[str, Any] = {"agency": agency, "partnership": cast.partnership, "by": cast["coordinator"]}
    with pytest.raises(NotAfterTheLast, match="since 16 March 2027"):
        rename_in_register(**place, name="New Name", from_on=YESTERDAY)
    rename_in_register(**place, name="New Name", from_on=TODAY)
    assert found(cast, words="old") == ["New Name"]
    add_alias_in_register(**place, name="Nick")
    end_alias(**place, name="Nick")
    with pytest.raises(NoSuchAlias):
        end_alias(**place, name="Nick")
    add_alias_in_register(**place, name="Nick")
    call_agency(agency=agency, partnership=cast.partnership, name="Ours", by=cast.author)
    name_locally(**place, name="")
    assert found(cast) == ["New Name"]
    add_alias(agency=agency, name="Twice", by=cast.author)
    with pytest.raises(AgencyNameTaken):
        add_alias_in_register(**place, name="Twice")
    with pytest.raises(IntegrityError), transaction.atomic():
        saved(AgencyName(agency=agency, name="Twice", is_alias=True), by=cast.author, reason="By hand")


# --- who came after ---------------------------------------------------------------------------------------------------


def test_a_successor_takes_the_seats_and_the_earlier_keeps_its_past(cast: Cast, register: Register) -> None:
    old, new = register("Old Trust"), register("New Trust")
    seat = seat_of(cast, old)
    list_agency(
        agency=old, partnership=cast.partnership, category="health", listed_as="Old Trust", source="List",
        since=date(2026, 1, 1), by=cast.author,
    )  # fmt: skip
    place: dict[str, Any] = {"agency": old, "partnership": cast.partnership, "by": cast["coordinator"]}
    with pytest.raises(NotYet):
        succeed(**place, successor=new, kind=SuccessionKind.MERGED, on=TOMORROW)
    succeed(**place, successor=new, kind=SuccessionKind.MERGED, on=TODAY, seats=[seat], moves_listing=True)
    seat.refresh_from_db()
    assert seat.agency == new
    assert [(past.seat, past.left_on) for past in old.former_seats.all()] == [(seat, TODAY)]
    lines = RelevantAgency.objects.standing(TODAY).filter(partnership=cast.partnership)
    assert [(line.agency, line.note) for line in lines] == [(new, "After Old Trust")]
    with pytest.raises(AlreadySucceeded):
        succeed(**place, successor=new, kind=SuccessionKind.MERGED, on=TODAY)
    with pytest.raises(AgencyCircle):
        succeed(**(place | {"agency": new}), successor=old, kind=SuccessionKind.REPLACED, on=TODAY)
    second = AgencySuccession(
        agency=old, successor=new, kind=SuccessionKind.MERGED, on=TODAY, recorded_in=cast.partnership
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        saved(second, by=cast.author, reason="By hand")
    withdraw_succession(**place, reason="It was another trust")
    seat.refresh_from_db()
    assert seat.agency == old
    with pytest.raises(NotSucceeded):
        withdraw_succession(**place, reason="Again")


# --- list, officer, requests ------------------------------------------------------------------------------------------


def test_the_list_keeps_what_was_taken_off_it(cast: Cast, register: Register) -> None:
    agency = register("Nursery")
    said: dict[str, Any] = {"category": "early years", "listed_as": "The Nursery", "source": "List", "by": cast.author}
    line = list_agency(agency=agency, partnership=cast.partnership, since=YESTERDAY, **said)
    with pytest.raises(ListedAlready):
        list_agency(agency=agency, partnership=cast.partnership, since=YESTERDAY, **said)
    with pytest.raises(BeginsTooEarly):
        unlist_agency(line=line, on=YESTERDAY, reason="Closed", by=cast.author)
    unlist_agency(line=line, on=TODAY, reason="Closed", by=cast.author)
    with pytest.raises(NotListed):
        unlist_agency(line=line, on=TOMORROW, reason="Closed", by=cast.author)
    assert (found(cast, listed=("yes",)), found(cast, listed=("no",))) == ([], ["Nursery"])
    list_agency(agency=agency, partnership=cast.partnership, since=TODAY, **said)
    assert found(cast, categories=("early years",)) == ["Nursery"]


def test_one_senior_officer_at_a_time(cast: Cast, register: Register) -> None:
    place: dict[str, Any] = {"agency": register("Trust"), "partnership": cast.partnership, "by": cast["coordinator"]}
    with pytest.raises(OfficerMissing):
        end_officer(**place, on=TODAY, reason="Left")
    first = name_officer(**place, name="Ann Ode", post="Chief Executive", from_on=YESTERDAY)
    with pytest.raises(BeginsTooEarly):
        name_officer(**place, name="Bea Ode", post="Chief Executive", from_on=YESTERDAY)
    with pytest.raises(BeginsTooEarly):
        end_officer(**place, on=YESTERDAY, reason="Left")
    name_officer(**place, name="Bea Ode", post="Chief Executive", from_on=TODAY, person=cast["member"])
    first.refresh_from_db()
    assert first.until == TODAY
    end_officer(**place, on=TOMORROW, reason="Left")
    assert local_facts(agency=place["agency"], partnership=cast.partnership)["Senior officer"] == "Nobody"


def test_a_request_waits_until_it_is_decided(cast: Cast) -> None:
    said: dict[str, Any] = {"partnership": cast.partnership, "asked_by": "Cy Ode", "asked_on": TODAY, "by": cast.author}
    asked = record_request(body="Sea Scouts", **said)
    with pytest.raises(AlreadyAsked):
        record_request(body="sea scouts", **said)
    decision: dict[str, Any] = {"decided_by": "The chair", "reason": "Not yet", "by": cast.author}
    with pytest.raises(BeginsTooEarly):
        decide_request(request=asked, outcome=RequestOutcome.DECLINED, decided_on=YESTERDAY, **decision)
    decide_request(request=asked, outcome=RequestOutcome.DECLINED, decided_on=TODAY, **decision)
    with pytest.raises(AlreadyDecided, match="not named"):
        decide_request(request=asked, outcome=RequestOutcome.NAMED, decided_on=TODAY, **decision)
    unsaid = AgencyRequest(
        partnership=cast.partnership, body="X", asked_by="Y", asked_on=TODAY, outcome=RequestOutcome.NAMED
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        saved(unsaid, by=cast.author, reason="By hand")


# --- ladders ----------------------------------------------------------------------------------------------------------


def test_rungs_change_places_and_one_in_use_stays(cast: Cast, register: Register) -> None:
    agency = register("Constabulary")
    place: dict[str, Any] = {"partnership": cast.partnership, "by": cast["coordinator"]}
    ladder = add_ladder(agency=agency, name="Ranks", grades=["Chief", "Super"], **place)
    with pytest.raises(LadderTaken):
        add_ladder(agency=agency, name="Ranks", grades=[], **place)
    third = add_rung(ladder=ladder, name="Inspector", **place)
    with pytest.raises(RungTaken):
        add_rung(ladder=ladder, name="inspector", **place)
    seen = facts_seen(ladder_facts(ladder=ladder))
    move_rung(grade=third, up=True, seen=seen, **place)
    assert ladder_facts(ladder=ladder) == {"Rungs": "Chief, Inspector, Super"}
    with pytest.raises(AgencyClash):
        move_rung(grade=third, up=True, seen=seen, **place)
    move_rung(grade=third, up=True, **place)
    with pytest.raises(NoRungBeyond):
        move_rung(grade=third, up=True, **place)
    with pytest.raises(RungTaken):
        rename_rung(grade=third, name="Chief", **place)
    rename_rung(grade=third, name="Commissioner", **place)
    appointment = cast.appointments["member"]
    appointment.grade = third
    saved(appointment, by=cast.author, reason="Grade told")
    with pytest.raises(RungInUse, match="Commissioner is the grade in 1 appointment"):
        remove_rung(grade=third, **place)
    remove_rung(grade=Grade.objects.get(ladder=ladder, name="Super"), **place)
    assert ladder_facts(ladder=ladder) == {"Rungs": "Commissioner, Chief"}


# --- narrowing --------------------------------------------------------------------------------------------------------


def test_each_choice_narrows_the_register(cast: Cast, register: Register) -> None:
    register("Police", Identity(AgencyKind.POLICE, StatutoryRole.SAFEGUARDING_PARTNER, section_11="police"))
    register("School", aliases=["100% Café"])
    seat_of(cast, enter_agency(
        slug="seated", name="Seated", kind=AgencyKind.OTHER, statutory_role=StatutoryRole.OTHER, by=cast.author
    ))  # fmt: skip
    register("Far", partnership=cast.elsewhere.partnership)
    assert found(cast) == ["Police", "School", "Seated"]
    assert found(cast, kinds=("police", "other")) == ["Police", "Seated"]
    assert found(cast, roles=("relevant agency",)) == ["School"]
    assert found(cast, section_11=("yes",)) == ["Police"]
    assert found(cast, section_11=("no",)) == ["School", "Seated"]
    assert found(cast, section_11=("yes", "no")) == ["Police", "School", "Seated"]
    assert found(cast, education=("none",)) == ["Police", "School", "Seated"]
    assert found(cast, education=("175",)) == []
    assert found(cast, seated=("yes",)) == ["Seated"]
    assert found(cast, seated=("no",)) == ["Police", "School"]
    assert found(cast, words="100%") == ["School"]
    assert found(cast, words="ar") == []
