"""A member's own record with its figures, mistakes reported and answered, and what waits about people on the homes."""

from __future__ import annotations

import html
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from meetings.models import Meeting, Recorded
from meetings.operations import RowEntry, close_register, record_attendance
from membership.models import Induction, MarkedBy
from membership.operations import appoint, begin_induction, take_shipped_sets
from partnership.clock import LONDON
from reviews.models import MistakeReport
from tests.cast import NOW, TODAY, Cast, at
from tests.pages.conftest import SignedIn

BOARD = "/p/isle-of-wight/main-board/"
HERE, MISTAKES = BOARD + "my-agency/", BOARD + "mistakes/"
WHOLE = {"where": "constabulary all", "text": "My deputy was there in January"}


def text(response: Any) -> str:
    main: str = response.content.decode().split("<main", 1)[1]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.fixture
def held(cast: Cast, meeting: Meeting, settings: Settings) -> Meeting:
    """Today's meeting, to which the deputy came for the Constabulary, closed."""
    row = meeting.attendances.get(seat__key="constabulary")
    entry = RowEntry(
        attendance_id=row.pk,
        version=row.version,
        recorded=Recorded.DEPUTY,
        person_id=cast["deputy"].pk,
        arrived_at=at(10),
    )
    record_attendance(meeting=meeting, rows=[entry], by=cast["coordinator"])
    settings.CLOCK_STOPPED_AT = NOW + timedelta(hours=2)
    return close_register(meeting=meeting, at=at(12), by=cast["coordinator"])


def test_the_figures_are_those_of_the_registers(cast: Cast, signed_in: SignedIn, held: Meeting) -> None:
    said = text(signed_in("member").get(HERE))
    assert "You, as its representative 0 of 1 (0%)" in said
    assert "Your seat, by you or a deputy 1 of 1 (100%)" in said
    assert "A deputy came to 1 of 1 meetings." in said
    assert "Wednesday 17 March 2027 Deputy attended" in said
    of_deputy = text(signed_in("deputy").get(HERE))
    assert "Deputy for Hampshire" in of_deputy
    assert "as its representative" not in of_deputy


def test_before_the_first_meeting_and_without_a_seat_the_page_says_so(cast: Cast, signed_in: SignedIn) -> None:
    assert "No meetings since you joined." in text(signed_in("member").get(HERE))
    assert "You hold no seat on this board." in text(signed_in("manager").get(HERE))
    assert "Report a mistake" not in text(signed_in("chair").get(HERE))


def test_a_mistake_is_reported_seen_by_the_team_and_answered_with_words(
    cast: Cast, signed_in: SignedIn, held: Meeting
) -> None:
    member, team = signed_in("member"), signed_in("coordinator")
    response = member.post(HERE, {"where": f"constabulary {held.pk}", "text": "I was there from ten"}, follow=True)
    assert "Your partnership team is told." in text(response)
    assert "Waiting for an answer" in text(response)
    assert "main-board: 1 mistake reported in the record" in text(team.get("/"))
    report = MistakeReport.objects.get()
    assert (report.meeting, report.person) == (held, cast["member"])
    assert "I was there from ten" in text(team.get(MISTAKES))
    assert "I was there" not in signed_in("deputy").get(HERE).content.decode(), "another's report is not theirs"
    empty = team.post(f"{MISTAKES}{report.pk}/", {"answer": " "})
    assert (empty.status_code, "Write an answer." in text(empty)) == (400, True)
    team.post(f"{MISTAKES}{report.pk}/", {"answer": "The register is put right."})
    again = team.post(f"{MISTAKES}{report.pk}/", {"answer": "Once more"})
    assert (again.status_code, "Somebody has answered this meanwhile." in text(again)) == (400, True)
    assert "Answer: The register is put right. (17 March 2027)" in text(member.get(HERE))
    assert "mistake reported" not in text(team.get("/"))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"text": ""}, "Say what is wrong."),
        ({"text": "x" * 1001}, "Use at most 1000 characters."),
        ({"text": "a\x00b"}, "Null characters are not allowed."),
        ({"where": "chair all"}, "Choose where it is."),
        ({"where": ""}, "Choose where it is."),
        ({"where": "9" * 5000}, "Choose where it is."),
    ],
)
def test_what_is_wrong_is_said(signed_in: SignedIn, changed: dict[str, str], sentence: str) -> None:
    response = signed_in("member").post(HERE, WHOLE | changed)
    assert response.status_code == 400
    assert sentence in text(response)
    assert not MistakeReport.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_three_reports_cost_what_one_costs(
    signed_in: SignedIn, held: Meeting, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    client = signed_in("member")
    for _ in range(rows):
        client.post(HERE, WHOLE)
    client.get(HERE)
    with django_assert_num_queries(13):
        client.get(HERE)


# --- induction, and what waits about people ---------------------------------------------------------------------------


@pytest.fixture
def induction(cast: Cast) -> Induction:
    take_shipped_sets(partnership=cast.partnership, by=cast.author)
    return begin_induction(appointment=cast.appointments["member"], started_on=TODAY, by=cast["manager"])


def test_each_marks_their_own_lines_and_the_member_accepts(
    cast: Cast, signed_in: SignedIn, induction: Induction
) -> None:
    address = f"/p/isle-of-wight/induction/{induction.uuid}/"
    member, team = signed_in("member"), signed_in("coordinator")
    assert "0 of 11 lines done." in text(member.get(address))
    member.post(address, {"accept": "yes"})
    for step in induction.induction_steps.all():
        own, other = (team, member) if step.marked_by == MarkedBy.TEAM else (member, team)
        assert other.post(address, {"step": step.pk, "is_done": "yes"}).status_code == 403
        assert own.post(address, {"step": step.pk, "is_done": "yes"}).status_code == 302
    for hostile in ("", "x", "9" * 5000):
        assert member.post(address, {"step": hostile}).status_code == 302
    assert member.post(address, {"step": "999999"}).status_code == 404
    said = text(member.get(address))
    assert "11 of 11 lines done." in said
    assert "completed on Wednesday 17 March 2027" in said
    assert "Role description accepted , by Member" in said


def test_the_team_sets_up_what_new_members_are_given(cast: Cast, signed_in: SignedIn) -> None:
    team, here = signed_in("coordinator"), "/p/isle-of-wight/induction/"
    said = text(team.get(here))
    assert (
        "No clause of your terms asks for induction. You can keep it as your own practice; it is switched off." in said
    )
    team.post(here + "practice/", {"is_on": "on", "weeks": "6"})
    team.post(here + "checklist/member/", {"description": "Come\nSpeak", "for_member": "Read\n\nRead", "for_team": ""})
    assert "within 6 weeks; nobody is reminded." in text(team.get(here))
    appoint(seat=cast.seats["hmp"], person=cast.person("new"), starts_on=TODAY, by=cast.author)
    assert [step.text for step in Induction.objects.get().induction_steps.all()] == ["Read"]
    assert "28 April 2027" in text(team.get(here))
    assert team.post(here + "practice/", {"weeks": "999"}, follow=True).status_code == 200
    assert team.post(here + "checklist/member/", {"for_member": "x" * 301}).status_code == 400
    assert team.get(here + "checklist/king/").status_code == 404


def test_what_waits_is_on_the_homes(cast: Cast, signed_in: SignedIn, induction: Induction, settings: Settings) -> None:
    assert "Go on with your induction" in text(signed_in("member").get("/"))
    assert "Confirm or correct" not in text(signed_in("member").get("/"))
    assert "main-board: 1 induction unfinished" in text(signed_in("coordinator").get("/"))
    settings.CLOCK_STOPPED_AT = datetime(2027, 9, 18, 9, 0, tzinfo=LONDON)
    assert "Confirm or correct your contact details IOWSCP. It was due on Friday 17 September 2027 Late" in text(
        signed_in("member").get("/")
    )
    said = text(signed_in("coordinator").get("/"))
    assert "main-board: 1 induction unfinished, 1 late" in said
    assert "main-board: 5 people with details not confirmed in time" in said
    assert "Own contact details" not in said, "the week names no member's own duty"
