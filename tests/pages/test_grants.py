"""Access for a time in the browser: given by the administrator, with a reason and a last day, and ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from partnership import clock
from partnership.access import Action, GrantCodename, Kind, Role, may
from partnership.models import Grant
from partnership.operations import admit_to_team
from partnership.signing_in import proof
from tests.cast import LONG_AGO, Cast
from tests.pages.conftest import SignedIn
from tests.pages.test_constitution_pages import main_of

TEAM = "/p/isle-of-wight/main-board/team/"
ADD = TEAM + "grants/add/"


@pytest.fixture
def administrator(cast: Cast, signed_in: SignedIn) -> Client:
    admit_to_team(
        person=cast.person("administrator"),
        role=Role.ADMINISTRATOR,
        partnership=cast.partnership,
        starts_on=LONG_AGO,
        by=cast.author,
    )
    return signed_in("administrator")


def form(cast: Cast) -> dict[str, str]:
    first = {"starts_on_0": "17", "starts_on_1": "3", "starts_on_2": "2027"}
    last = {"ends_on_0": "31", "ends_on_1": "3", "ends_on_2": "2027"}
    who = {"who": str(cast["neighbour"].pk), "role": GrantCodename.OBSERVE.value}
    return {"seen": "0", "reason": "Reviews the minutes", **who, **first, **last}


def test_given_seen_and_ended(cast: Cast, administrator: Client, signed_in: SignedIn) -> None:
    said = form(cast)
    for field, wrong, sentence in (
        ("who", str(cast["outsider"].pk), "Choose one of the people."),
        ("role", "administer_everything", "Choose what they may do."),
        ("reason", "", "Say why they need it."),
        ("ends_on_2", "", "Enter the last day: access without a seat always has one."),
        ("ends_on_2", "2026", "is before the first"),
    ):
        refused = administrator.post(ADD, said | {field: wrong, "confirm": "yes"})
        assert (refused.status_code, Grant.objects.count()) == (400, 0), field
        assert sentence in main_of(refused)
    assert "Check before you go on" in main_of(administrator.post(ADD, said))
    assert not Grant.objects.exists()
    assert administrator.post(ADD, said | {"confirm": "yes"}).status_code == 302
    given = Grant.objects.get()
    assert (given.granted_by, given.reason) == (cast["administrator"], "Reviews the minutes")
    assert may(cast["neighbour"], Action.READ, cast.board, Kind.MINUTES)
    for client in (administrator, signed_in("manager")):
        assert "By Administrator: Reviews the minutes" in main_of(client.get(TEAM))
    assert "Access for a time" not in main_of(signed_in("coordinator").get(TEAM))
    assert "Grant access for a time" not in main_of(signed_in("manager").get(TEAM))
    end = f"{TEAM}grants/{given.pk}/end/"
    assert administrator.post(end, {"seen": "0", "reason": "", "confirm": "yes"}).status_code == 400
    assert administrator.post(end, {"seen": "0", "reason": "Done", "confirm": "yes"}).status_code == 302
    assert not may(cast["neighbour"], Action.READ, cast.board, Kind.MINUTES)
    assert "Ended" in main_of(administrator.get(TEAM))
    assert administrator.get(end).status_code == 404


def test_it_asks_who_they_are_first(administrator: Client) -> None:
    session, an_hour_ago = administrator.session, clock.machine_now() - timedelta(hours=1)
    session[proof.FIRST_AT] = session[proof.SECOND_AT] = an_hour_ago.isoformat()
    session.save()
    response = administrator.get(ADD)
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")
