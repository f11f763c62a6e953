"""The register of agencies in the browser: narrowed by its address, each agency with its page, changed by the team."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from membership.models import Agency, AgencyKind, AgencyRequest, RelevantAgency, StatutoryRole
from membership.operations.agency_identity import Identity, change_identity, rename_in_register
from membership.operations.agency_register import (
    list_agency,
    name_locally,
    name_officer,
    record_request,
    use_agency,
)
from partnership.access import Role
from partnership.authorship import saved
from partnership.models import Partnership
from partnership.operations import admit_to_team
from tests.cast import LONG_AGO, TODAY, Cast
from tests.pages.agencies import HERE, IDENTITY, day, entered, sent, text
from tests.pages.conftest import SignedIn

CANARY = "Canary of Portsmouth"


@pytest.fixture
def city(cast: Cast) -> Partnership:
    """The other partnership, of which the island's coordinator is no part."""
    admit_to_team(
        person=cast.person("city coordinator"),
        role=Role.COORDINATOR,
        board=cast.elsewhere,
        starts_on=LONG_AGO,
        by=cast.author,
    )
    return cast.elsewhere.partnership


# --- the list ---------------------------------------------------------------------------------------------------------


def test_the_list_is_narrowed_and_each_choice_can_be_taken_away(cast: Cast, team: Client) -> None:
    entered(cast, "Cowes Nursery", aliases=["Little Boats"])
    entered(cast, "Ryde Police", identity=Identity(AgencyKind.POLICE, StatutoryRole.OTHER, section_11="police"))
    assert "2 agencies, with the seats" in text(team.get(HERE))
    narrow = team.get(HERE + "?q=boats&kind=education&kind=police&sort=-name")
    assert "1 agency as chosen." in text(narrow)
    assert "Cowes Nursery also Little Boats" in text(narrow)
    assert "Ryde Police" not in text(narrow)
    page = narrow.content.decode()
    assert 'href="?kind=police&amp;kind=education&amp;sort=-name"' in page, "without the words"
    assert 'href="?q=boats&amp;kind=police&amp;sort=-name"' in page, "without one kind"
    assert 'id="kind-8" value="education" checked' in page
    assert "No agency matches what is chosen." in text(team.get(HERE + "?section_11=yes&kind=education"))
    assert "Police Section 11" in text(team.get(HERE + "?section_11=yes"))


def test_pages_of_the_list_lead_to_one_another(cast: Cast, team: Client) -> None:
    for number in range(26):
        entered(cast, f"School {number:02}")
    first = team.get(HERE)
    assert "1 to 25 of 26 agencies." in text(first)
    assert 'href="?page=2" rel="next"' in first.content.decode()
    for past_the_end in ("2", "3", "9999"):
        last = text(team.get(f"{HERE}?page={past_the_end}"))
        assert "26 to 26 of 26 agencies." in last
        assert "School 25" in last


HOSTILE = ("%00", "%ff%fe", "'; --", "x" * 5000, "9" * 40, "٣", "")


@pytest.mark.parametrize("key", ["q", "kind", "category", "sort", "page", "z"])
def test_whatever_an_address_asks_for_is_answered(cast: Cast, team: Client, key: str) -> None:
    entered(cast, "Cowes Nursery")
    for value in HOSTILE:
        response = team.get(f"{HERE}?{key}={value}&{key}={value}")
        assert response.status_code == 200, value
    if key != "q":
        assert "was left out" in text(team.get(f"{HERE}?{key}=nonsense"))


@hypothesis_settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(query=st.dictionaries(st.sampled_from(["q", "kind", "page", "sort", "seat", "x"]), st.text(max_size=30)))
def test_no_words_break_the_list(team: Client, query: dict[str, str]) -> None:
    encoded = {key: value.encode("utf-8", "surrogatepass").decode("utf-8", "replace") for key, value in query.items()}
    assert team.get(HERE, encoded).status_code == 200


# --- one partnership knows nothing of another -------------------------------------------------------------------------


def test_what_another_partnership_says_of_an_agency_is_shown_nowhere(
    cast: Cast, team: Client, city: Partnership, signed_in: SignedIn
) -> None:
    agency = entered(cast, "Shared Trust")
    theirs: dict[str, Any] = {"agency": agency, "partnership": city, "by": cast["city coordinator"]}
    use_agency(**theirs)
    name_locally(**theirs, name=CANARY)
    name_officer(**theirs, name=f"Officer {CANARY}", post="Chief", from_on=TODAY)
    list_agency(
        **theirs, category=f"Heading {CANARY}", listed_as=f"Line {CANARY}", source=CANARY, since=TODAY, note=CANARY
    )
    seat = cast.elsewhere.seats.get(key="constabulary")
    seat.agency, seat.name = agency, f"Seat {CANARY}"
    saved(seat, by=cast["city coordinator"], reason=f"Reason {CANARY}")
    record_request(partnership=city, body=CANARY, asked_by=CANARY, asked_on=TODAY, by=cast.author)
    alone = entered(cast, f"Alone {CANARY}", partnership=city)
    for address in (HERE, HERE + "shared-trust/", HERE + "requests/", HERE + f"?q={CANARY}"):
        assert CANARY not in text(team.get(address)).replace(f"“{CANARY}”", ""), address
    assert "Shared Trust" not in text(team.get(HERE + f"?q={CANARY}"))
    assert team.get(f"{HERE}{alone.slug}/").status_code == 404
    line = RelevantAgency.objects.get(partnership=city)
    assert team.get(f"{HERE}shared-trust/list/{line.pk}/").status_code == 404
    request = AgencyRequest.objects.get(partnership=city)
    assert team.get(f"{HERE}requests/{request.pk}/").status_code == 404
    there = text(signed_in("city coordinator").get("/p/portsmouth/agencies/shared-trust/"))
    assert CANARY in there, "the canary is sung at home"


def test_a_shared_agency_is_not_changed_and_who_changed_it_elsewhere_is_not_named(
    cast: Cast, team: Client, city: Partnership
) -> None:
    agency = entered(cast, "Theirs First", partnership=city, by=cast["city coordinator"])
    change_identity(
        agency=agency, partnership=city, identity=Identity(AgencyKind.SPORT, StatutoryRole.OTHER),
        reason="Told by Portsmouth's chair", by=cast["city coordinator"],
    )  # fmt: skip
    use_agency(agency=agency, partnership=cast.partnership, by=cast["coordinator"])
    page = text(team.get(HERE + "theirs-first/"))
    assert "Another partnership uses this agency too" in page
    assert (
        "Identity: changed, by somebody outside this partnership kind: School, college or early years → Sports" in page
    )
    assert "Register: Entered in the register, by Coordinator" in page
    assert "Portsmouth" not in page
    assert "City Coordinator" not in page
    assert f'href="{HERE}theirs-first/change/"' not in team.get(HERE + "theirs-first/").content.decode()
    posts: dict[str, dict[str, str]] = {
        "change/": IDENTITY | {"reason": "Quietly"},
        "rename/": {"name": "Quietly"} | day("from_on", "17 3 2027"),
        "names/": {"name": "Quietly"},
        "ladders/add/": {"name": "Quietly", "grades": "One"},
        "successor/undo/": {"reason": "Quietly"},
    }
    for address, posted in posts.items():
        response = sent(team, f"{HERE}theirs-first/{address}", posted)
        assert response.status_code == 400, address
        assert "Another partnership uses this agency too" in text(response)


# --- changing ---------------------------------------------------------------------------------------------------------


def test_an_agency_is_added_and_one_known_elsewhere_is_offered(cast: Cast, team: Client, city: Partnership) -> None:
    theirs = entered(cast, "Sea Scouts", partnership=city)
    form = IDENTITY | {"name": "sea scouts", "aliases": "Scouts; SS"}
    offered = team.post(HERE + "add/", form)
    assert offered.status_code == 400
    assert "Is it the same one?" in text(offered)
    assert 'value="Scouts; SS"' in offered.content.decode()
    assert f'name="agency" value="{theirs.slug}"' in offered.content.decode()
    used = team.post(HERE + "known/", {"agency": theirs.slug}, follow=True)
    assert "The agency is in the register." in text(used)
    again = team.post(HERE + "add/", form | {"is_another": "on"})
    assert again.status_code == 400
    assert "The register already holds an agency known as sea scouts." in text(again)
    made = team.post(
        HERE + "add/", form | {"name": "Sea Cadets", "aliases": "Cadets; SC; Sea Cadets", "parent": "sea scouts"}
    )
    assert made.status_code == 302
    page = text(team.get(made["Location"]))
    assert "Also known as Cadets SC" in page
    assert "Education Act duty Section 175" in page
    assert "Part of Sea Scouts" in page
    for unknown in ("", "nowhere", "\x00"):
        assert team.post(HERE + "known/", {"agency": unknown}).status_code == 302


def test_two_teams_lose_nothing(cast: Cast, team: Client) -> None:
    agency = entered(cast, "Cowes College")
    drawn = re.search(r'name="seen" value="(\w+)"', team.get(HERE + "cowes-college/change/").content.decode())
    assert drawn
    police = Identity(AgencyKind.POLICE, StatutoryRole.OTHER)
    change_identity(agency=agency, partnership=cast.partnership, identity=police, reason="x", by=cast["manager"])
    form = IDENTITY | {"reason": "It is a college", "seen": drawn[1]}
    clash = team.post(HERE + "cowes-college/change/", form)
    assert clash.status_code == 409
    assert "It now says: Name Cowes College Kind Police" in text(clash)
    page = clash.content.decode()
    assert 'value="It is a college"' in page
    assert 'value="education" selected' in page
    agency.refresh_from_db()
    assert agency.kind == AgencyKind.POLICE
    again = re.search(r'name="seen" value="(\w+)"', page)
    assert again
    assert team.post(HERE + "cowes-college/change/", form | {"seen": again[1]}).status_code == 302


def test_each_form_of_an_agency_does_what_it_says(cast: Cast, team: Client) -> None:
    agency = entered(cast, "Old Trust")
    entered(cast, "New Trust")
    seat = cast.seats["hmp"]
    seat.agency = agency
    saved(seat, by=cast.author, reason="Agency named")
    place = HERE + "old-trust/"
    today = "17 3 2027"
    acts: tuple[tuple[str, dict[str, Any], str], ...] = (
        ("names/", {"name": "OT"}, "Also known as OT"),
        ("rename/", {"name": "Older Trust"} | day("from_on", today), "Older Trust, since 17 March 2027"),
        ("our-name/", {"name": "The Trust"}, "Our name for it The Trust"),
        (
            "officer/",
            {"name": "Ann Ode", "post": "Chief Executive"} | day("from_on", today),
            "Ann Ode, Chief Executive",
        ),
        (
            "list/",
            {"category": "health", "listed_as": "OT", "source": "Appendix 2"} | day("since", "1 3 2027"),
            "OT, under health, since 1 March 2027",
        ),
        (
            "successor/",
            {"successor": "new trust", "kind": "merged", "seats": str(seat.pk), "moves_listing": "on"}
            | day("on", today),
            "Merged into New Trust on 17 March 2027",
        ),
        ("names/", {"end": "OT"}, "OT, until 17 March 2027"),
        ("officer/end/", {"reason": "Left"} | day("on", "18 3 2027"), "Ann Ode, Chief Executive, 17 March 2027 to 18"),
        ("successor/undo/", {"reason": "By mistake"}, "The Trust stands for itself again."),
    )
    for address, posted, said in acts:
        assert team.get(place + address).status_code == 200
        done = sent(team, place + address, posted)
        assert done.status_code == 302, (address, text(done))
        assert said in text(team.get(place)), address
    line = RelevantAgency.objects.get(partnership=cast.partnership, agency__slug="new-trust")
    done = team.post(f"{HERE}new-trust/list/{line.pk}/", {"reason": "Closed"} | day("on", "18 3 2027"), follow=True)
    assert "It is off the list from 18 March 2027." in text(done)


def test_a_merged_agency_keeps_its_past_seats(cast: Cast, team: Client) -> None:
    agency = entered(cast, "Old Trust")
    entered(cast, "New Trust")
    seat = cast.seats["hmp"]
    seat.agency = agency
    saved(seat, by=cast.author, reason="Agency named")
    form = {"successor": "New Trust", "kind": "merged", "seats": str(seat.pk)} | day("on", "17 3 2027")
    assert team.post(HERE + "old-trust/successor/", form).status_code == 302
    assert f"Main Board {seat.name}" in text(team.get(HERE + "new-trust/"))
    old = text(team.get(HERE + "old-trust/"))
    assert re.search(rf"Main Board {re.escape(seat.name)} \d+ \w+ \d+ to 17 March 2027", old)
    other = cast.seats["probation"]
    assert team.post(HERE + "new-trust/successor/", form | {"seats": str(other.pk)}).status_code == 400


WRONG = (
    ("change/", {"kind": "levitating"}, "Choose the kind of agency."),
    ("change/", IDENTITY | {"parent": "Nobody", "reason": "x"}, "No agency of this register is known by that name."),
    ("rename/", {"name": "x" * 201}, "Use at most 200 characters."),
    ("rename/", {"name": "New"} | day("from_on", "30 2 2027"), "There is no such date."),
    (
        "rename/",
        {"name": "Cowes College"} | day("from_on", "17 3 2027"),
        "This agency is already called Cowes College.",
    ),
    ("names/", {"name": "\x00"}, "Null characters are not allowed."),
    ("officer/", {"name": "Ann", "post": ""}, "Enter their post."),
    ("list/", {"category": "health"}, "Say where the list is, such as Appendix 2."),
    ("successor/", {"successor": "Cowes College", "kind": "merged"} | day("on", "17 3 2027"), "followed by this one"),
    ("successor/", {"successor": "x", "kind": "eaten"}, "Choose what happened."),
    ("successor/undo/", {"reason": "x"}, "No agency stands in its place."),
    ("officer/end/", {"reason": "x"} | day("on", "17 3 2027"), "Nobody is named for this agency."),
    ("ladders/add/", {"name": "Ranks", "grades": "One\none"}, "Each grade stands on the ladder once."),
)


@pytest.mark.parametrize(("address", "posted", "sentence"), WRONG)
def test_a_bad_form_is_told_what_to_do_and_keeps_what_was_typed(
    cast: Cast, team: Client, address: str, posted: dict[str, str], sentence: str
) -> None:
    entered(cast, "Cowes College")
    before = list(Agency.history.values()), list(Agency.objects.values())
    response = sent(team, f"{HERE}cowes-college/{address}", posted)
    assert response.status_code == 400
    assert "There is a problem" in text(response)
    assert sentence in text(response)
    assert (list(Agency.history.values()), list(Agency.objects.values())) == before
    typed = posted.get("name") or posted.get("category")
    if typed and "\x00" not in typed:
        assert f'value="{typed}"' in response.content.decode()


def test_the_team_alone_is_shown_ways_to_change(cast: Cast, signed_in: SignedIn, team: Client) -> None:
    agency = entered(cast, "Cowes College")
    rename_in_register(
        agency=agency, partnership=cast.partnership, name="Cowes Sixth Form", from_on=TODAY, by=cast["coordinator"]
    )
    member = signed_in("member")
    for address in (HERE, HERE + "cowes-college/"):
        page = member.get(address).content.decode()
        assert "/add/" not in page
        assert "/change/" not in page
    assert "Cowes College, until 17 March 2027" in text(member.get(HERE + "cowes-college/"))
    assert "/change/" in team.get(HERE + "cowes-college/").content.decode()
