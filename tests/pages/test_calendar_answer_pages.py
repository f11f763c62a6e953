"""What calendars answered, on the pages that show replies: beside what people said, and to nobody else."""

from __future__ import annotations

import re
from datetime import date, time

import pytest
from django.test import Client

from meetings.calendar_answers.taking import take
from meetings.models import Meeting, MeetingKind, ReplyAnswer
from meetings.operations import call_meeting, reply
from partnership.obligations.sweeping import sweep
from tests.cast import NOW, TODAY, Cast
from tests.mails import answer_mail
from tests.pages.conftest import SignedIn
from tests.partnership.test_deliveries import Carrier

MEETING = "/p/isle-of-wight/main-board/meetings/2027-06-16/"
REPLIES = MEETING + "reply/"
SAYS = "In Outlook: declined, 17 March"


@pytest.fixture
def june(cast: Cast) -> Meeting:
    called = call_meeting(
        board=cast.board,
        kind=MeetingKind.ORDINARY,
        on=date(2027, 6, 16),
        starts_at=time(10),
        notice_on=TODAY,
        by=cast["coordinator"],
    )
    sweep(now=NOW, by=cast.author, transport=Carrier())
    return called


def said(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def declined(cast: Cast, june: Meeting, **how: str) -> None:
    take(answer_mail(june, attendee="member@example.org", says="DECLINED", **how), NOW, cast.author)


def test_the_team_reads_it_in_the_list_and_on_the_meeting(cast: Cast, june: Meeting, signed_in: SignedIn) -> None:
    team = signed_in("coordinator")
    before = said(team, MEETING)
    assert "in calendars" not in before
    declined(cast, june)
    assert f"Member Has not told us. {SAYS}" in said(team, REPLIES)
    assert "Of these, in calendars 1 declined" in said(team, MEETING)
    assert said(team, MEETING).replace("Of these, in calendars 1 declined ", "") == before, "it counts for nothing"
    reply(meeting=june, seat=cast.seats["constabulary"], answer=ReplyAnswer.COMING, by=cast["member"])
    assert f"Member is coming. {SAYS}" in said(team, REPLIES)
    assert "in calendars" not in said(team, MEETING), "who told us here has told us"


def test_a_member_reads_their_own_on_their_page(cast: Cast, june: Meeting, signed_in: SignedIn) -> None:
    declined(cast, june)
    page = said(signed_in("member"), REPLIES)
    assert "You have not told us yet." in page
    assert f"{SAYS}. What is said here counts" in page
    assert SAYS in said(signed_in("deputy"), REPLIES)
    assert "In Outlook" not in said(signed_in("chair"), REPLIES), "the chair's page is about the chair's seat"


def test_what_was_not_taken_is_the_teams_to_know(cast: Cast, june: Meeting, signed_in: SignedIn) -> None:
    declined(cast, june, sender="Eve <eve@example.org>")
    page = said(signed_in("coordinator"), REPLIES)
    assert "Answers by e-mail that were not taken" in page
    assert "eve@example.org, in the name of Member declined, 17 March The mail came from another address" in page
    assert "In Outlook" not in page
    for who in ("member", "chair", "deputy"):
        assert "eve@" not in signed_in(who).get(REPLIES).content.decode()


def test_without_answers_the_list_says_nothing_of_them(june: Meeting, signed_in: SignedIn) -> None:
    assert "not taken" not in said(signed_in("coordinator"), REPLIES)
