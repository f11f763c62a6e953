"""What the audit trail keeps of requests: what they were refused and what they took away."""

from __future__ import annotations

import pytest
from django.db import DatabaseError
from django.test import Client

from meetings.models import Meeting
from partnership.audit import middleware
from partnership.models import AuditEvent, What
from tests.cast import Cast
from tests.pages.conftest import SignedIn

BOARD = "/p/isle-of-wight/main-board/"
REGISTER = BOARD + "meetings/2027-03-17/register/"


def trail(what: What) -> list[tuple[str, str, str, int | None]]:
    events = AuditEvent.objects.filter(what=what).order_by("pk")
    return [(event.person.name, event.kind, event.number, event.board_id) for event in events]


def test_what_somebody_may_not_know_of_is_recorded_and_what_does_not_exist_is_not(
    cast: Cast, meeting: Meeting, signed_in: SignedIn
) -> None:
    board = cast.board.pk
    outsider = signed_in("outsider")
    for address in (REGISTER, "/p/isle-of-wight/nowhere/", BOARD + "actions/77/", "/no/such/page/"):
        assert outsider.get(address, headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404
    # The board of the register and of the action; what stands below it was not asked for any more.
    assert trail(What.DENIED) == [("Outsider", "board", str(board), board)] * 2
    signed_in("neighbour").get(REGISTER)
    assert signed_in("member").post(REGISTER + "close/").status_code == 403
    Client().get(REGISTER)
    assert trail(What.DENIED)[2:] == [
        ("Neighbour", "meeting", str(meeting.pk), board),
        ("Member", "board", str(board), board),
    ]
    event = AuditEvent.objects.filter(what=What.DENIED).earliest("pk")
    assert (event.partnership_id, event.address, len(event.request)) == (cast.partnership.pk, "127.0.0.1", 32)
    assert event.detail == "GET register"


def test_a_file_that_leaves_is_recorded_and_one_whose_record_fails_does_not_leave(
    cast: Cast, meeting: Meeting, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in("coordinator")
    response = client.get(BOARD + "actions/file/")
    assert response.status_code == 200
    event = AuditEvent.objects.get(what=What.DOWNLOADED)
    assert (event.person, event.board, event.kind) == (cast["coordinator"], cast.board, "actions_file")
    assert (event.detail, event.request) == (BOARD + "actions/file/", response["X-Request-ID"])

    def full(*_: object, **__: object) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(middleware, "record", full)
    client.raise_request_exception = False
    assert client.get(BOARD + "actions/file/").status_code == 500
    assert signed_in("outsider").get(REGISTER).status_code == 404, "a denial is answered all the same"


def test_signing_in_and_out_are_recorded(cast: Cast, signed_in: SignedIn) -> None:
    signed_in("member").post("/sign-out/")
    assert [what for what, *_ in trail(What.SIGNED_IN) + trail(What.SIGNED_OUT)] == ["Member", "Member"]
