"""Offices that members hold, independence, the team over time, and closing an account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from membership.models import AgencyKind, Appointment, OfficeTerm, Seat, StatutoryRole
from membership.operations import NotIndependent, appoint, enter_agency, hand_over, name_deputy
from partnership import access
from partnership.access import Action, Kind, Role
from partnership.authorship import saved
from partnership.models import Standing, StandingSource, User
from partnership.operations import admit_to_team
from tests.cast import LONG_AGO, TODAY, Cast
from tests.pages.conftest import SignedIn
from tests.pages.test_seat_pages import APRIL, DAY, day, text

CITY = "/p/portsmouth/board/"
ISLAND = "/p/isle-of-wight/main-board/"


@pytest.fixture
def city(cast: Cast, signed_in: SignedIn) -> Client:
    admit_to_team(
        person=cast["coordinator"], role=Role.COORDINATOR, board=cast.elsewhere, starts_on=LONG_AGO, by=cast.author
    )
    return signed_in("coordinator")


def vice_chair(cast: Cast, **said: str) -> dict[str, str]:
    return {
        "seen": "0",
        "who": str(cast["outsider"].pk),
        "appointed_by": "The chair",
        "consulted": "All members, by e-mail",
        **day(TODAY),
        **day(TODAY - 9 * DAY, "on"),
        **said,
    }


def test_the_vice_chair_is_appointed_with_the_consultation_recorded(cast: Cast, city: Client) -> None:
    page = CITY + "offices/vice-chair/appoint/"
    assert "nobody. Appoint the vice-chair" in text(city.get(CITY + "members/"))
    missing = city.post(page, vice_chair(cast, consulted=""))
    assert missing.status_code == 400
    assert text(missing).count("Say who was consulted.") == 2
    assert "All members, by e-mail" in text(city.post(page, vice_chair(cast)))
    assert not OfficeTerm.objects.exists()
    assert city.post(page, vice_chair(cast, confirm="yes")).status_code == 302
    said = text(city.get(CITY + "members/"))
    assert (
        "Outsider since 17 March 2027. Appointed by The chair; consulted on 8 March 2027: All members, by e-mail."
        in said
    )
    assert Standing.objects.get(source=StandingSource.OFFICE).role == Role.VICE_CHAIR
    taken = city.post(page, vice_chair(cast, confirm="yes"))
    assert "Outsider holds that office already." in text(taken)
    term = OfficeTerm.objects.get()
    city.post(
        f"{CITY}offices/terms/{term.pk}/end/",
        {"seen": "0", "reason": "Moved", "confirm": "yes", **day(TODAY, "ends_on")},
    )
    assert Standing.objects.get(source=StandingSource.OFFICE).until == TODAY + timedelta(days=1)


def test_an_office_is_a_members_and_one_of_the_terms(cast: Cast, city: Client) -> None:
    who = vice_chair(cast, who=str(cast["member"].pk), confirm="yes")
    assert city.post(CITY + "offices/vice-chair/appoint/", who).status_code == 400
    assert city.get(CITY + "offices/treasurer/appoint/").status_code == 404
    assert city.get(ISLAND + "offices/vice-chair/appoint/").status_code == 404


def test_where_the_chair_is_independent_nobody_holds_it_with_an_agencys_seat(cast: Cast) -> None:
    seats = {seat.key: seat for seat in Seat.objects.filter(board=cast.elsewhere)}
    police = seats["constabulary"]
    police.agency = enter_agency(
        slug="far-police",
        name="Police",
        kind=AgencyKind.POLICE,
        statutory_role=StatutoryRole.SAFEGUARDING_PARTNER,
        by=cast.author,
    )
    saved(police, by=cast.author, reason="Agency known")
    with pytest.raises(NotIndependent, match=r"Outsider holds an agency's seat, .* independent of every agency"):
        appoint(seat=seats["chair"], person=cast["outsider"], starts_on=TODAY, by=cast.author)
    appoint(seat=seats["chair"], person=cast["nobody"], starts_on=TODAY, by=cast.author)
    with pytest.raises(NotIndependent, match="who holds no agency's seat"):
        hand_over(seat=police, to=cast["nobody"], on=APRIL, reason="Left", by=cast.author)
    with pytest.raises(NotIndependent):
        name_deputy(seat=police, person=cast["nobody"], starts_on=APRIL, by=cast.author)
    island_chair = cast.seats["icb"]
    island_chair.agency = police.agency
    saved(island_chair, by=cast.author, reason="Agency known")
    appoint(seat=island_chair, person=cast["chair"], starts_on=TODAY, by=cast.author)


# --- the team ---------------------------------------------------------------------------------------------------------


def test_a_coordinator_is_admitted_from_a_day_to_a_day(cast: Cast, signed_in: SignedIn) -> None:
    manager = signed_in("manager")
    said = {
        "seen": "0",
        "name": "Pat Winter",
        "email": "pat@example.org",
        "role": "coordinator",
        **day(APRIL),
        **day(APRIL + DAY, "ends_on"),
    }
    assert manager.post(ISLAND + "team/admit/", said).status_code == 200
    assert not User.objects.filter(name="Pat Winter").exists()
    assert manager.post(ISLAND + "team/admit/", said | {"confirm": "yes"}).status_code == 302
    pat = User.objects.get(name="Pat Winter")
    may = [access.may(pat, Action.WRITE, cast.board, Kind.SEATS, APRIL + n * DAY) for n in (-1, 0, 1, 2)]
    assert may == [False, True, True, False]
    assert "Pat Winter Coordinator This board 1 April 2027 to 2 April 2027 End" in text(manager.get(ISLAND + "team/"))
    standing = Standing.objects.get(person=pat)
    manager.post(
        f"{ISLAND}team/{standing.pk}/end/",
        {"seen": "0", "reason": "Left", "confirm": "yes", **day(APRIL, "ends_on")},
    )
    assert not access.may(pat, Action.WRITE, cast.board, Kind.SEATS, APRIL + DAY)


def test_closing_an_account_shows_first_what_ends(cast: Cast, signed_in: SignedIn) -> None:
    manager, member = signed_in("manager"), signed_in("member")
    page = f"{ISLAND}team/accounts/{cast['member'].pk}/close/"
    assert member.get(ISLAND).status_code == 200
    shown = text(manager.post(page, {"seen": "0", "reason": "Left the force"}))
    assert "representative in Hampshire and Isle of Wight Constabulary, with the deputies of the seat" in shown
    assert User.objects.get(pk=cast["member"].pk).is_active
    assert manager.post(page, {"seen": "0", "reason": "Left the force", "confirm": "yes"}).status_code == 302
    assert not User.objects.get(pk=cast["member"].pk).is_active
    assert Appointment.objects.get(pk=cast.appointments["member"].pk).until == TODAY + DAY
    assert member.get(ISLAND).status_code in {302, 404}, "at once"
    assert signed_in("coordinator").get(page).status_code in {403, 404}


def test_nobody_closes_their_own_account_or_one_of_another_partnership(cast: Cast, signed_in: SignedIn) -> None:
    manager = signed_in("manager")
    own = {"seen": "0", "reason": "Bye", "confirm": "yes"}
    refused = manager.post(f"{ISLAND}team/accounts/{cast['manager'].pk}/close/", own)
    assert "Ask another manager to close your own account." in text(refused)
    appoint(seat=cast.seats["icb"], person=cast["outsider"], starts_on=TODAY, by=cast.author)
    refused = manager.post(f"{ISLAND}team/accounts/{cast['outsider'].pk}/close/", own)
    assert "Outsider has a place in another partnership, too." in text(refused)
    assert manager.get(f"{ISLAND}team/accounts/{cast['nobody'].pk}/close/").status_code == 404
    assert User.objects.filter(is_active=True, pk__in=[cast["manager"].pk, cast["outsider"].pk]).count() == 2
