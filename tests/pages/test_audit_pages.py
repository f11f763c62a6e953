"""The audit trail on pages: everybody their own, the chair and scrutineer a group's, the manager a partnership's."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.models import Meeting
from partnership.audit.recording import record
from partnership.models import AuditEvent, What
from partnership.operations import deactivate_person
from tests.cast import Cast
from tests.pages.conftest import SignedIn

ISLAND = "/p/isle-of-wight/"
BOARD = ISLAND + "main-board/"
OWN = "/what-is-recorded-about-me/"


def whats(signed_in: SignedIn, who: str, address: str) -> list[str]:
    response = signed_in(who).get(address)
    assert response.status_code == 200, address
    drawn = re.findall(r'<td data-l="What">(.*?)</td>', response.content.decode())
    return [re.sub(r"<[^>]+>", "", each) for each in drawn]


def test_everybody_reads_their_own_and_nobody_elses(cast: Cast, meeting: Meeting, signed_in: SignedIn) -> None:
    signed_in("nobody").get(BOARD)
    record(What.SUBJECT_ACCESS, by=cast["manager"], subject=cast["nobody"])
    page = signed_in("nobody").get(OWN).content.decode()
    assert "By Manager" in page
    assert whats(signed_in, "nobody", OWN)[-3:] == ["Access denied", "Signed in", "Person entered"]
    assert "Access denied" not in whats(signed_in, "member", OWN)
    history = signed_in("member").get(OWN + "history/").content.decode()
    assert "Test author made you member of Main Board from Monday 5 January 2026." in history.replace("&#x27;", "'")


def test_the_manager_reads_the_partnership_and_the_chair_the_group(
    cast: Cast, meeting: Meeting, signed_in: SignedIn
) -> None:
    signed_in("outsider").get(BOARD)
    signed_in("coordinator").get(BOARD + "actions/file/")
    deactivate_person(person=cast["observer"], reason="Left", by=cast.author)
    record(What.DENIED, by=cast["member"], partnership_id=cast.elsewhere.partnership_id, board_id=cast.elsewhere.pk)
    group = whats(signed_in, "chair", BOARD + "audit/")
    assert group[:2] == ["File downloaded", "Access denied"]
    assert set(group) == {"File downloaded", "Access denied", "Standing given"}
    whole = whats(signed_in, "manager", ISLAND + "audit/")
    assert {"Account closed", "Signed in", "File downloaded"} <= set(whole)
    assert whole.count("Access denied") == 1, "what happened in another partnership is not told here"


def test_a_trail_is_narrowed_and_taken_away_as_a_file(cast: Cast, meeting: Meeting, signed_in: SignedIn) -> None:
    signed_in("outsider").get(BOARD)
    record(What.DENIED, by=cast["member"], board_id=cast.board.pk, partnership_id=cast.partnership.pk, detail="=1+1")
    narrowed = "?what=denied&who=memb&since=2027-03-17&until=2027-03-17"
    assert whats(signed_in, "manager", ISLAND + "audit/" + narrowed) == ["Access denied"]
    assert whats(signed_in, "manager", ISLAND + "audit/?what=denied&since=2027-03-18") == []
    client = signed_in("manager")
    file = client.get(ISLAND + "audit/file/" + narrowed).content.decode()
    assert file.count("\n") == 2
    assert "'=1+1" in file
    assert AuditEvent.objects.filter(what=What.DOWNLOADED, person=cast["manager"]).count() == 1
    hostile = "?since=2027-02-30&until=9999-12-31&who=%00%ED%A0%80&what=x&page=99999999999"
    answer = client.get(ISLAND + "audit/" + hostile)
    assert answer.status_code == 200
    assert "Give a date such as" in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_trail_takes_as_many_queries_however_long(cast: Cast, signed_in: SignedIn, rows: int) -> None:
    for _ in range(rows):
        record(What.DENIED, by=cast["member"], subject=cast["chair"], board_id=cast.board.pk)
    found = {}
    for who, address in (("member", OWN), ("chair", BOARD + "audit/"), ("manager", ISLAND + "audit/")):
        client = signed_in(who)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        found[address] = len(asked)
    assert found == {OWN: 5, BOARD + "audit/": 6, ISLAND + "audit/": 8}
