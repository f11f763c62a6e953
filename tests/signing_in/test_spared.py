"""Who is spared the second step: a remembered browser, or members whose partnership leaves it to them; nobody else."""

from __future__ import annotations

import pytest
from django.test import Client

from membership.models import Seat
from membership.operations import appoint
from partnership.access import Role
from partnership.operations import admit_to_team
from partnership.protections import limit, name_reader, protect
from tests.cast import LONG_AGO, TODAY, Cast
from tests.signing_in.conftest import CODE, Letters, MachineClock, asked_by
from tests.signing_in.steps import (
    APP,
    SECOND_STEP,
    SET_UP,
    relax,
    shown_by_app,
    with_app,
    with_first_step,
)

MEMBER = "member@example.org"
BOARD = "/p/isle-of-wight/main-board/"


def remembered(cast: Cast, letters: Letters, machine: MachineClock, address: str) -> Client:
    client, secret = with_app(letters, address)
    client.post("/sign-out/")
    machine.on(minutes=1)
    asked_by(client, address)
    client.post(CODE, {"code": letters.code})
    client.post(SECOND_STEP, {"code": shown_by_app(secret), "remember": "1"})
    client.post("/sign-out/")
    asked_by(client, address)
    client.post(CODE, {"code": letters.code})
    return client


def test_a_member_may_be_remembered_for_fourteen_days(cast: Cast, letters: Letters, machine: MachineClock) -> None:
    client = remembered(cast, letters, machine, MEMBER)
    assert client.get(BOARD).status_code == 200
    client.post("/sign-out/")
    machine.on(days=14)
    asked_by(client, MEMBER)
    client.post(CODE, {"code": letters.code})
    assert client.get(BOARD)["Location"] == SECOND_STEP


@pytest.mark.parametrize("who", ["chair", "scrutineer", "coordinator", "manager"])
def test_restricted_roles_are_never_remembered(cast: Cast, letters: Letters, machine: MachineClock, who: str) -> None:
    """A9: the tick is not offered, and a posted one has no effect."""
    client = remembered(cast, letters, machine, f"{who}@example.org")
    assert client.get(BOARD)["Location"] == SECOND_STEP
    assert "Do not ask again" not in client.get(SECOND_STEP).content.decode()


def test_a_remembered_browser_is_asked_once_its_person_leads(
    cast: Cast, letters: Letters, machine: MachineClock
) -> None:
    """A9: remembered as a member, then made coordinator: at the next request."""
    client = remembered(cast, letters, machine, MEMBER)
    assert client.get(BOARD).status_code == 200
    admit_to_team(person=cast["member"], role=Role.COORDINATOR, board=cast.board, starts_on=LONG_AGO, by=cast.author)
    assert client.get(BOARD)["Location"] == SECOND_STEP


def test_a_copied_cookie_of_a_remembered_browser_is_another_persons_nothing(
    cast: Cast, letters: Letters, machine: MachineClock
) -> None:
    """A9: it spares the second step of the one person it was given to."""
    client = remembered(cast, letters, machine, MEMBER)
    _, _ = with_app(letters, "deputy@example.org")
    thief = Client()
    thief.cookies["quorate_browser"] = client.cookies["quorate_browser"].value
    asked_by(thief, "deputy@example.org")
    thief.post(CODE, {"code": letters.code})
    assert thief.get(BOARD)["Location"] == SECOND_STEP


def test_being_remembered_is_no_fresh_proof(cast: Cast, letters: Letters, machine: MachineClock) -> None:
    client = remembered(cast, letters, machine, MEMBER)
    assert client.get(APP)["Location"] == SECOND_STEP


def test_a_partnership_may_leave_it_to_its_members(cast: Cast, letters: Letters, machine: MachineClock) -> None:
    assert with_first_step(letters, MEMBER).get(BOARD)["Location"] == SET_UP
    relax(cast, cast.partnership)
    assert with_first_step(letters, MEMBER).get(BOARD).status_code == 200


@pytest.mark.parametrize("who", ["chair", "scrutineer", "coordinator", "manager", "nobody"])
def test_it_is_never_left_to_whoever_sees_what_is_restricted(
    cast: Cast, letters: Letters, machine: MachineClock, who: str
) -> None:
    """A9: team, chairs, scrutineers, and who holds nothing."""
    relax(cast, cast.partnership, cast.elsewhere.partnership)
    assert with_first_step(letters, f"{who}@example.org").get("/")["Location"] == SET_UP


def test_a_member_of_two_is_asked_as_long_as_one_asks(cast: Cast, letters: Letters, machine: MachineClock) -> None:
    seat = Seat.objects.get(board=cast.elsewhere, key="probation")
    appoint(seat=seat, person=cast["member"], starts_on=LONG_AGO, by=cast.author)
    relax(cast, cast.partnership)
    assert with_first_step(letters, MEMBER).get(BOARD)["Location"] == SET_UP


def test_who_set_one_up_is_asked_although_it_is_left_to_them(
    cast: Cast, letters: Letters, machine: MachineClock
) -> None:
    relax(cast, cast.partnership)
    with_app(letters, MEMBER)
    assert with_first_step(letters, MEMBER).get(BOARD)["Location"] == SECOND_STEP


def test_it_is_not_left_to_a_member_who_is_named_a_reader(cast: Cast, letters: Letters, machine: MachineClock) -> None:
    """A9: whoever is named for something limited takes the second step as long as they are."""
    relax(cast, cast.partnership)
    client = with_first_step(letters, MEMBER)
    assert client.get(BOARD).status_code == 200
    made = protect(partnership=cast.partnership, board=cast.board, by=cast.author)
    limited = limit(protection=made, reason="Names a family", by=cast.author)
    name_reader(protection=limited, person=cast["member"], reason="Leads on it", ends_on=TODAY, by=cast.author)
    assert client.get(BOARD)["Location"] == SET_UP
