"""Replying: three answers, what the terms ask about a deputy, changing one's mind, and the team for a seat."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any

import pytest

from meetings.models import Meeting, Reply, ReplyAnswer
from meetings.operations import cancel, open_register, reply
from membership.models import Agency, AgencyKind, Seat, StatutoryRole
from membership.operations import appoint, enter_agency, name_deputy
from partnership.authorship import saved
from tests.cast import LONG_AGO, Cast, at
from tests.pages.conftest import SignedIn

JUNE = date(2027, 6, 16)
MEETING = "/p/isle-of-wight/main-board/meetings/2027-06-16/"
PAGE = MEETING + "reply/"
AUTHORITY = "Your deputy must have the same decision-making authority as you."
GRADE = "Your deputy should be the same grade as you or one grade lower."


def text(response: Any) -> str:
    main: str = response.content.decode().split("<main", 1)[1]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.fixture
def june(cast: Cast) -> Meeting:
    return cast.meeting(on=JUNE)


def sending(cast: Cast, **words: Any) -> dict[str, Any]:
    return {"seen": 0, "answer": "deputy", "who": cast["deputy"].pk, **words}


def only_reply() -> Reply:
    return Reply.objects.select_related("person").get()


# --- a member for their own place -------------------------------------------------------------------------------------


def test_three_answers_of_one_weight(june: Meeting, signed_in: SignedIn) -> None:
    response = signed_in("member").get(PAGE)
    page = response.content.decode()
    assert re.findall(r'name="answer" id="\w+" value="(\w+)"', page) == ["coming", "deputy", "apologies"]
    assert " checked" not in page.split('name="who"')[0]
    assert "You have not told us yet." in page
    assert "Only the partnership team and the chair see it." in page


def test_coming_is_kept_and_told(cast: Cast, june: Meeting, signed_in: SignedIn) -> None:
    client = signed_in("member")
    response = client.post(PAGE, {"seen": 0, "answer": "coming"}, follow=True)
    assert response.redirect_chain == [(MEETING, 302)]
    assert "You are coming on 16 June." in text(response)
    assert (only_reply().answer, only_reply().person) == (ReplyAnswer.COMING, cast["member"])
    page = client.get(PAGE)
    assert "So far: You are coming." in text(page)
    assert re.search(r'value="coming" checked', page.content.decode())


def test_a_mind_may_be_changed_until_the_register_opens(cast: Cast, signed_in: SignedIn) -> None:
    meeting, client = cast.meeting(), signed_in("member")
    page = f"/p/isle-of-wight/main-board/meetings/{meeting.address}/reply/"
    client.post(page, {"seen": 0, "answer": "apologies", "reason": "In court"})
    assert (only_reply().answer, only_reply().reason) == (ReplyAnswer.APOLOGIES, "In court")
    client.post(page, {"seen": 1, "answer": "coming", "reason": "In court"})
    assert (only_reply().answer, only_reply().reason) == (ReplyAnswer.COMING, "")
    open_register(meeting=meeting, at=at(9, 50), by=cast["coordinator"])
    assert "Replies ended when the register opened" in text(client.get(page))
    response = client.post(page, {"seen": 2, "answer": "apologies"})
    assert response.status_code == 400
    assert "The register of this meeting is open." in text(response)
    assert only_reply().answer == ReplyAnswer.COMING


def test_a_cancelled_meeting_takes_no_reply(cast: Cast, june: Meeting, signed_in: SignedIn) -> None:
    cancel(meeting=june, reason="Snow", by=cast["coordinator"])
    response = signed_in("member").post(PAGE, {"seen": 0, "answer": "coming"})
    assert response.status_code == 400
    assert "This meeting was cancelled." in text(response)
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"seen": 0}, "Choose one of the answers."),
        ({"seen": 0, "answer": "perhaps"}, "Choose one of the answers."),
        ({"answer": "coming"}, "This form could not be read. Open the page again."),
        ({"seen": "x", "answer": "coming"}, "This form could not be read. Open the page again."),
        ({"seen": 0, "answer": "deputy"}, "Choose who comes."),
        ({"seen": 0, "answer": "deputy", "who": "999999"}, "Choose who comes."),
        ({"seen": 0, "answer": "apologies", "reason": "x" * 301}, "Use at most 300 characters."),
    ],
)
def test_what_is_missing_is_said_and_nothing_written(
    june: Meeting, signed_in: SignedIn, posted: dict[str, Any], sentence: str
) -> None:
    response = signed_in("member").post(PAGE, posted)
    assert response.status_code == 400
    assert response.content.decode().count(sentence) >= 1
    assert "There is a problem" in text(response)
    assert "<title>Error: " in response.content.decode()
    assert not Reply.objects.exists()


# --- what the terms ask about a deputy --------------------------------------------------------------------------------


def test_the_same_authority_and_one_grade_lower_are_accepted(cast: Cast, june: Meeting, signed_in: SignedIn) -> None:
    response = signed_in("member").post(PAGE, sending(cast, authority="yes", grade=1), follow=True)
    assert "Deputy will attend in your place." in text(response)
    kept = only_reply()
    assert (kept.person, kept.said_authority, kept.said_grades_lower) == (cast["deputy"], True, 1)


def test_another_authority_is_refused(cast: Cast, june: Meeting, signed_in: SignedIn) -> None:
    response = signed_in("member").post(PAGE, sending(cast, authority="no"))
    assert response.status_code == 400
    assert response.content.decode().count(AUTHORITY) == 2, "in the summary and at the question"
    assert re.search(r'name="authority" id="\w+" value="no" checked', response.content.decode())
    assert not Reply.objects.exists()


def test_more_than_one_grade_lower_asks_for_a_reason_and_keeps_it(
    cast: Cast, june: Meeting, signed_in: SignedIn
) -> None:
    client = signed_in("member")
    assert 'name="deputy_reason"' not in client.get(PAGE).content.decode()
    response = client.post(PAGE, sending(cast, authority="yes", grade=2))
    assert response.status_code == 400
    assert f"{GRADE} Say why this deputy comes." in text(response)
    assert 'name="deputy_reason"' in response.content.decode()
    client.post(PAGE, sending(cast, authority="yes", grade=2, deputy_reason="On leave that week"))
    assert (only_reply().said_grades_lower, only_reply().deputy_reason) == (2, "On leave that week")


def test_where_the_terms_say_so_the_deputy_votes_as_the_member(cast: Cast, signed_in: SignedIn) -> None:
    police = Seat.objects.get(board=cast.elsewhere, key="constabulary")
    name_deputy(seat=police, person=cast.person("sam lee"), starts_on=LONG_AGO, by=cast.author)
    cast.meeting(on=date(2027, 4, 22), board=cast.elsewhere)
    client, page = signed_in("outsider"), "/p/portsmouth/board/meetings/2027-04-22/reply/"
    assert 'name="authority"' not in client.get(page).content.decode(), "these terms do not ask"
    posted = {"seen": 0, "answer": "deputy", "who": cast["sam lee"].pk}
    assert "Sam Lee will attend with the same voting rights." in text(client.post(page, posted, follow=True))


def test_an_authority_that_nobody_declared_must_be_said(cast: Cast, june: Meeting, signed_in: SignedIn) -> None:
    held = cast.seat("probation lead", "probation")
    name_deputy(seat=held.seat, person=cast.person("stand in"), starts_on=LONG_AGO, by=cast.author)
    posted = {"seen": 0, "answer": "deputy", "who": cast["stand in"].pk}
    response = signed_in("probation lead").post(PAGE, posted)
    assert response.status_code == 400
    assert "Say whether your deputy has the same decision-making authority as you." in text(response)
    assert not Reply.objects.exists()


def _agency(cast: Cast, seat: Seat) -> Agency:
    agency = enter_agency(
        slug="constabulary",
        name="Constabulary",
        kind=AgencyKind.POLICE,
        statutory_role=StatutoryRole.SAFEGUARDING_PARTNER,
        by=cast.author,
    )
    seat.agency = agency
    saved(seat, by=cast.author, reason="Agency entered")
    return agency


def test_a_colleague_may_be_named_where_any_substitute_may_come(cast: Cast, june: Meeting, signed_in: SignedIn) -> None:
    seat = cast.seats["constabulary"]
    agency = _agency(cast, seat)
    other = cast.seats["probation"]
    other.agency = agency
    saved(other, by=cast.author, reason="Agency entered")
    appoint(seat=other, person=cast.person("somebody sitting"), starts_on=LONG_AGO, by=cast.author)
    name_deputy(seat=other, person=cast.person("a colleague"), starts_on=LONG_AGO, by=cast.author)
    client = signed_in("member")
    offered = client.get(PAGE).content.decode().split('id="id_who"')[1].split("</fieldset>")[0]
    assert re.findall(r"([A-Z][\w, ]+)</label>", offered) == ["Deputy, named deputy", "A Colleague"]
    assert re.search(rf'value="{cast["deputy"].pk}" checked', offered), "the designated deputy is the usual answer"
    client.post(PAGE, sending(cast, who=cast["a colleague"].pk, authority="yes", grade=0))
    assert only_reply().person == cast["a colleague"]


def test_nobody_named_is_said(cast: Cast, june: Meeting, signed_in: SignedIn) -> None:
    client = signed_in("chair")
    assert "Nobody is named as deputy for this seat." in text(client.get(PAGE))
    response = client.post(PAGE, {"seen": 0, "answer": "deputy"})
    assert response.status_code == 400
    assert "Nobody is named as your deputy." in text(response)


# --- whose place ------------------------------------------------------------------------------------------------------


def test_a_deputy_answers_for_the_seat_in_the_third_person(cast: Cast, june: Meeting, signed_in: SignedIn) -> None:
    client = signed_in("deputy")
    assert "Yes, Member is coming" in text(client.get(PAGE))
    client.post(PAGE, sending(cast))
    assert only_reply().person == cast["deputy"]


def test_the_team_replies_for_any_seat(cast: Cast, june: Meeting, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    listed = text(client.get(PAGE))
    assert "Member Has not told us." in listed
    page = client.get(PAGE + "?seat=constabulary")
    assert "Yes, Member is coming" in text(page)
    assert "Not known" in text(page)
    response = client.post(PAGE + "?seat=constabulary", sending(cast), follow=True)
    assert f"{cast.seats['constabulary'].name}: Deputy is coming as deputy." in text(response)
    assert (only_reply().said_authority, only_reply().history.get().history_user) == (None, cast["coordinator"])


def test_the_team_reads_the_reasons_and_a_member_only_their_own(cast: Cast, june: Meeting, signed_in: SignedIn) -> None:
    cast.fill(["probation"])
    reply(meeting=june, seat=cast.seats["probation"], answer=ReplyAnswer.APOLOGIES, reason="Zwillinge", by=cast.author)
    assert "Zwillinge" in text(signed_in("coordinator").get(PAGE))
    for who in ("member", "deputy", "chair", "scrutineer"):
        assert "Zwillinge" not in signed_in(who).get(PAGE).content.decode()


def test_a_deputy_never_reads_why_the_member_cannot_come(cast: Cast, june: Meeting, signed_in: SignedIn) -> None:
    """Alone on the page of the seat, and in the list of somebody who deputises in two."""
    police = cast.seats["constabulary"]
    reply(meeting=june, seat=police, answer=ReplyAnswer.APOLOGIES, reason="Zwillinge", by=cast["member"])
    assert "Zwillinge" in signed_in("member").get(PAGE).content.decode()
    deputy = signed_in("deputy")
    page = deputy.get(PAGE).content.decode()
    assert "Zwillinge" not in page
    assert re.search(r'value="apologies" checked', page), "that they cannot come is the deputy's to know"
    deputy.post(PAGE, {"seen": 1, "answer": "apologies", "reason": ""})
    assert (only_reply().reason, only_reply().history.count()) == ("Zwillinge", 2), "what is not shown is not emptied"
    name_deputy(seat=cast.seats["probation"], person=cast["deputy"], starts_on=LONG_AGO, by=cast.author)
    listed = deputy.get(PAGE).content.decode()
    assert "No one can come." in listed
    assert "Zwillinge" not in listed


def test_a_deputy_never_reads_why_another_deputy_comes(cast: Cast, june: Meeting, signed_in: SignedIn) -> None:
    signed_in("member").post(PAGE, sending(cast, authority="yes", grade=2, deputy_reason="Zwillinge"))
    name_deputy(
        seat=cast.seats["constabulary"], person=cast.person("second deputy"), starts_on=LONG_AGO, by=cast.author
    )
    page = signed_in("second deputy").get(PAGE).content.decode()
    assert "Zwillinge" not in page
    assert " checked" not in page.split('name="grade"', 1)[1]
    assert "Zwillinge" in signed_in("deputy").get(PAGE).content.decode()


def test_an_unknown_seat_is_not_found(june: Meeting, signed_in: SignedIn) -> None:
    assert signed_in("coordinator").get(PAGE + "?seat=nowhere").status_code == 404
    assert signed_in("member").get(PAGE + "?seat=nowhere").status_code == 404


def test_two_at_once_see_both_answers(cast: Cast, june: Meeting, signed_in: SignedIn) -> None:
    signed_in("coordinator").post(PAGE + "?seat=constabulary", {"seen": 0, "answer": "coming"})
    client = signed_in("member")
    response = client.post(PAGE, {"seen": 0, "answer": "apologies", "reason": "In court"})
    assert response.status_code == 409
    said = text(response)
    assert "Somebody else replied for this seat while you were writing. Nothing was saved." in said
    assert "It now says: Member is coming." in said
    page = response.content.decode()
    assert re.search(r'value="apologies" checked', page)
    assert 'value="In court"' in page
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen is not None
    client.post(PAGE, {"seen": seen[1], "answer": "apologies", "reason": "In court"})
    assert only_reply().answer == ReplyAnswer.APOLOGIES


def test_a_substitute_may_withdraw_and_then_sees_the_meeting_no_more(
    cast: Cast, june: Meeting, signed_in: SignedIn
) -> None:
    seat, pat = cast.seats["constabulary"], cast.person("pat doe")
    reply(meeting=june, seat=seat, answer=ReplyAnswer.DEPUTY, person=pat, by=cast["coordinator"])
    client = signed_in("pat doe")
    assert client.get(PAGE).status_code == 200
    response = client.post(PAGE, {"seen": 1, "answer": "apologies"})
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get(MEETING)["Location"] == f"/sign-in/?next={MEETING}", "who holds nothing any more is signed out"
    assert signed_in("pat doe").get(MEETING).status_code == 404
