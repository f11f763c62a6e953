"""The authorisation table against the product: every address, every person, each cell a real request."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from meetings.models import Meeting
from partnership.access import Role
from partnership.operations import admit_to_team
from tests.cast import LONG_AGO, TODAY, Cast
from tests.pages.conftest import SignedIn
from tests.rights.people import assemble, deactivate
from tests.rights.places import places_in
from tests.rights.table import BOARD, MEETING, WHO, Line, lines

STATUS = {"y": {200, 302}, "f": {403}, "-": {404}}
SENT_TO_SIGN_IN = 302
# A form with nothing in it is told what is missing: it was let in.
TOLD_WHAT_IS_MISSING = {400}
# Open to machines that watch the installation; its own tests are in tests/platform.
ELSEWHERE = {"health"}
FAR_ISLAND = "/p/portsmouth/"
FAR_BOARD = FAR_ISLAND + "board/"
FAR_MEETING = FAR_BOARD + "meetings/2027-03-17/"


@pytest.mark.sweep
@pytest.mark.parametrize("letters", WHO)
def test_every_cell_of_a_column(cast: Cast, meeting: Meeting, signed_in: SignedIn, letters: str) -> None:
    assemble(cast, meeting)
    places = places_in(cast, meeting)
    client = signed_in(WHO[letters])
    deactivate(cast)
    wrong = []
    for line in lines():
        response = asked(client, line.method, line.at(**places))
        if not is_as_typed(response, line, line.letters[letters]):
            wrong.append(f"{line.method} {line.name}: {response.status_code}, typed {line.letters[letters]!r}")
    assert "\n".join(wrong) == ""


@pytest.mark.sweep
def test_nothing_opens_under_a_board_that_it_does_not_belong_to(
    cast: Cast, meeting: Meeting, signed_in: SignedIn
) -> None:
    """A2: whoever administers both boards finds a row of one under its own address alone."""
    places = places_in(cast, meeting)
    admit_to_team(
        person=cast["coordinator"], role=Role.COORDINATOR, board=cast.elsewhere, starts_on=LONG_AGO, by=cast.author
    )
    cast.meeting(on=TODAY, board=cast.elsewhere)
    client = signed_in("coordinator")
    assert client.get(FAR_MEETING).status_code == 200, "the other meeting is theirs, too"
    found = []
    for line in (line for line in lines() if line.names_a_row and line.letters["co"] == "y"):
        response = asked(
            client, line.method, line.at(**places, island=FAR_ISLAND, board=FAR_BOARD, meeting=FAR_MEETING)
        )
        if response.status_code != 404:
            found.append(f"{line.method} {line.name}: {response.status_code}")
    assert "\n".join(found) == ""


def asked(client: Client, method: str, path: str, sent: dict[str, Any] | None = None) -> HttpResponse:
    """The answer to that request, which is then undone with its cookies, so that none depends on the one before it."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        response: HttpResponse = getattr(client, method)(path, sent)
        transaction.set_rollback(True)
    client.cookies = cookies
    response.getvalue()  # what is streamed is read to its end, and closed
    return response


def is_as_typed(response: HttpResponse, line: Line, letter: str) -> bool:
    if letter == "s":
        return response.status_code == SENT_TO_SIGN_IN and response["Location"].startswith("/sign-in/")
    allowed = STATUS[letter] | (TOLD_WHAT_IS_MISSING if line.method == "post" and letter == "y" else set())
    return response.status_code in allowed


@pytest.mark.sweep
def test_a_row_of_another_meeting_is_not_found(
    cast: Cast, meeting: Meeting, later: Meeting, signed_in: SignedIn
) -> None:
    """A2: every row inside a meeting is asked for under another meeting of the same board."""
    places = places_in(cast, meeting)
    client = signed_in("coordinator")
    elsewhere = f"{BOARD}meetings/{later.address}/"
    rows = [line for line in lines() if line.names_a_row and line.path.startswith("{meeting}")]
    found = [
        f"{line.method} {line.name}"
        for line in rows
        if asked(client, line.method, line.at(**places, meeting=elsewhere)).status_code != 404
    ]
    assert rows
    assert "\n".join(found) == ""


def test_a_board_under_another_partnership_is_not_found(cast: Cast, signed_in: SignedIn) -> None:
    far = cast.meeting(on=date(2027, 4, 22), board=cast.elsewhere)
    client = signed_in("outsider")
    assert client.get(f"/p/portsmouth/board/meetings/{far.address}/register/").status_code == 200
    assert client.get(f"/p/isle-of-wight/board/meetings/{far.address}/register/").status_code == 404
    assert signed_in("manager").get(f"/p/portsmouth/board/meetings/{far.address}/register/").status_code == 404


def test_every_address_has_a_line() -> None:
    assert set(_names(get_resolver())) == {line.name for line in lines()} | ELSEWHERE


def test_every_person_has_a_letter_in_every_line() -> None:
    assert all(line.letters.keys() == WHO.keys() for line in lines())
    assert MEETING.startswith(BOARD)


def _names(resolver: URLResolver) -> list[str]:
    names: list[str] = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            names += _names(pattern)
        elif isinstance(pattern, URLPattern):
            names.append(str(pattern.name))
    return names
