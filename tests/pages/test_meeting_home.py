"""A meeting's own page as its team sees it: every date, where each task stands, what moved, what to do next."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import date, datetime, time

import pytest
from django.test import Client
from pytest_django import Settings

from meetings.models import ItemKind, Meeting, MeetingKind, ReplyAnswer
from meetings.operations import (
    add_item,
    call_meeting,
    cancel,
    close_register,
    move,
    open_register,
    publish_agenda,
    reply,
)
from membership.models import Seat
from membership.operations import appoint, name_deputy
from partnership.access import Role
from partnership.clock import LONDON
from partnership.operations import admit_to_team
from tests.cast import LONG_AGO, Cast
from tests.pages.conftest import SignedIn

APRIL = date(2027, 4, 22)
CITY = "/p/portsmouth/board/meetings/"


@dataclass(frozen=True)
class Line:
    """One line of a task list as it is read."""

    date: str
    name: str
    hint: str
    state: str
    href: str


def text(fragment: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", fragment)).split())


def lines(content: str) -> dict[str, Line]:
    """The lines of all three lists, by name."""
    found: dict[str, Line] = {}
    for each in re.findall(r"<li>\s*<div><span class=\"q-date\">(.*?)</li>", content, re.DOTALL):
        when, rest = each.split("</div>", 1)
        link = re.search(r'<a class="q-row" href="([^"]+)"', rest)
        name = re.search(r'class="q-(?:row|what)[^>]*>(.*?)</', rest)
        hint = re.search(r'<span class="q-hint">(.*?)</span>', rest, re.DOTALL)
        side = rest.split('<div class="q-side">', 1)[1]
        assert name
        assert hint
        line = Line(text(when), text(name[1]), text(hint[1]), text(side), link[1] if link else "")
        found[line.name] = line
    return found


def lead(content: str) -> str:
    found = re.search(r'<p class="q-lead">(.*?)</p>', content, re.DOTALL)
    assert found
    return text(found[1])


@dataclass
class City:
    """The Portsmouth board with its three partners and the coordinator; its meeting of 22 April."""

    cast: Cast
    meeting: Meeting
    client: Client

    def page(self, meeting: Meeting | None = None) -> str:
        shown = meeting or self.meeting
        response = self.client.get(f"{CITY}{shown.address}/")
        assert response.status_code == 200
        return response.content.decode()

    def seat(self, key: str) -> Seat:
        return Seat.objects.get(board=self.cast.elsewhere, key=key)

    def item(self, title: str = "Deep dive") -> None:
        add_item(meeting=self.meeting, title=title, kind=ItemKind.DECISION, by=self.cast.author)

    def reply(self, key: str, answer: ReplyAnswer) -> None:
        reply(meeting=self.meeting, seat=self.seat(key), answer=answer, reason="Court", by=self.cast.author)


@pytest.fixture
def city(cast: Cast, signed_in: SignedIn, settings: Settings) -> City:
    settings.CLOCK_STOPPED_AT = datetime(2027, 4, 1, 9, 30, tzinfo=LONDON)
    board, author = cast.elsewhere, cast.author
    admit_to_team(person=cast["coordinator"], role=Role.COORDINATOR, board=board, starts_on=LONG_AGO, by=author)
    for key in ("council", "icb"):
        seat = Seat.objects.get(board=board, key=key)
        appoint(seat=seat, person=cast.person(f"rep {key}"), starts_on=LONG_AGO, by=author)
    police = Seat.objects.get(board=board, key="constabulary")
    name_deputy(seat=police, person=cast.person("sam lee"), starts_on=LONG_AGO, by=author)
    return City(cast, cast.meeting(on=APRIL, board=board), signed_in("coordinator"))


# --- the dates --------------------------------------------------------------------------------------------------------


def test_every_date_of_the_terms_is_on_the_page(city: City) -> None:
    found = lines(city.page())
    assert {name: (line.date, line.hint, line.state) for name, line in found.items()} == {
        "Report submitted on the partnership's template": (
            "1 April today", "Clause k, at least 3 weeks before the meeting.", "",
        ),
        "Item for the agenda handed in to the manager": (
            "8 April in 7 days", "Clause m, at least 2 weeks before the meeting.", "",
        ),
        "Amended report submitted": (
            "15 April in 14 days", "Clause k, at least 1 week before the meeting, by midday.", "",
        ),
        "Send the agenda and papers": (
            "15 April in 14 days", "Clause n, at least 1 week before the meeting. No items yet.", "Not started",
        ),
        "Check who is coming": (
            "19 April in 18 days", "Clauses d and e. 0 coming, 0 sending a deputy, 3 have not told us.", "3 to ask",
        ),
        "Take the register and watch the quorum": ("22 April 10am", "Clause d. Opens on the day.", "Cannot start yet"),
        "Record discussion, decisions and actions": ("22 April", "Clauses u, v, w.", "Cannot start yet"),
        "Confidentiality agreement signed at the meeting": (
            "22 April in 21 days",
            "Clause x, no later than the meeting. The text of the agreement is not here yet.",
            "No text yet",
        ),
        "Send the minutes": ("6 May", "Clause o, within 2 weeks after the meeting.", "Cannot start yet"),
    }  # fmt: skip


def test_moved_by_a_week_every_date_moves_by_a_week(city: City) -> None:
    moved = move(
        meeting=city.meeting, on=date(2027, 4, 29), starts_at=time(10), reason="Room taken", by=city.cast["coordinator"]
    )
    found = lines(city.page(moved))
    names = ("Report submitted on the partnership's template", "Item for the agenda handed in to the manager")
    dates = [found[name].date for name in (*names, "Send the agenda and papers", "Send the minutes")]
    assert dates == ["8 April in 7 days", "15 April in 14 days", "22 April in 21 days", "13 May"]


def test_the_isle_of_wight_has_its_own_dates_and_no_reports(cast: Cast, signed_in: SignedIn) -> None:
    cast.meeting()
    found = lines(signed_in("coordinator").get("/p/isle-of-wight/main-board/meetings/2027-03-17/").content.decode())
    assert found["Send the agenda and papers"].date == "10 March 7 days ago"
    assert found["Send the agenda and papers"].state == "7 days late"
    assert found["Send the minutes and the action tracker"].date == "24 March"
    assert not any(name.startswith("Report") or name == "minutes" for name in found)


def test_a_development_day_has_no_date_for_papers(city: City) -> None:
    day = call_meeting(
        board=city.cast.elsewhere,
        kind=MeetingKind.DEVELOPMENT_DAY,
        on=date(2027, 6, 24),
        starts_at=time(9, 30),
        by=city.cast.author,
    )
    content = city.page(day)
    papers = lines(content)["Send the agenda and papers"]
    assert (papers.date, papers.hint) == ("No date", "No clause sets a date for the agenda. No items yet.")
    assert "development day" in content


# --- what it says first -----------------------------------------------------------------------------------------------


def test_the_lead_counts_days_deadlines_and_deciding_replies(city: City, settings: Settings) -> None:
    city.reply("council", ReplyAnswer.COMING)
    assert lead(city.page()) == "In 21 days. 1 deadline falls today. 2 replies decide the quorum."
    city.reply("icb", ReplyAnswer.COMING)
    settings.CLOCK_STOPPED_AT = datetime(2027, 4, 13, 9, 30, tzinfo=LONDON)
    assert lead(city.page()) == "In 9 days. 2 deadlines fall on Thursday 15 April. 1 reply decides the quorum."
    city.reply("constabulary", ReplyAnswer.COMING)
    settings.CLOCK_STOPPED_AT = datetime(2027, 4, 21, 9, 30, tzinfo=LONDON)
    assert lead(city.page()) == "Tomorrow. 1 deadline falls on Thursday 22 April. 1 task is late."


def test_what_was_done_is_no_deadline_any_more(city: City, settings: Settings) -> None:
    city.item()
    publish_agenda(meeting=city.meeting, by=city.cast["coordinator"])
    settings.CLOCK_STOPPED_AT = datetime(2027, 4, 13, 9, 30, tzinfo=LONDON)
    content = city.page()
    assert lead(content).startswith("In 9 days. 1 deadline falls on Thursday 15 April.")
    papers = lines(content)["Send the agenda and papers"]
    assert (papers.date, papers.state) == ("15 April on time", "Completed")
    assert "1 of 2 completed" in text(content)


def test_a_draft_is_not_sent_and_an_addition_is_to_send(city: City) -> None:
    city.item()
    papers = lines(city.page())["Send the agenda and papers"]
    assert (papers.state, papers.hint) == (
        "Not sent", "Clause n, at least 1 week before the meeting. 1 item, 0 pages.",
    )  # fmt: skip
    publish_agenda(meeting=city.meeting, by=city.cast["coordinator"])
    city.item("School transport")
    assert lines(city.page())["Send the agenda and papers"].state == "1 to send"


def test_the_days_course_of_the_tasks(city: City, settings: Settings) -> None:
    settings.CLOCK_STOPPED_AT = datetime(2027, 4, 22, 9, 50, tzinfo=LONDON)
    register = lines(city.page())["Take the register and watch the quorum"]
    assert (register.state, register.href) == ("Not started", f"{CITY}2027-04-22/register/")
    open_register(meeting=city.meeting, by=city.cast["coordinator"])
    content = city.page()
    assert lead(content).startswith("The register is open.")
    found = lines(content)
    assert found["Take the register and watch the quorum"].state == "Open"
    assert found["Record discussion, decisions and actions"].href == f"{CITY}2027-04-22/record/"
    assert "Continue: take the register and watch the quorum" in content
    settings.CLOCK_STOPPED_AT = datetime(2027, 4, 22, 12, 30, tzinfo=LONDON)
    close_register(meeting=city.meeting, by=city.cast["coordinator"])
    settings.CLOCK_STOPPED_AT = datetime(2027, 5, 8, 9, 0, tzinfo=LONDON)
    content = city.page()
    found = lines(content)
    assert found["Take the register and watch the quorum"].hint == "Clause d. Closed at 12:30pm."
    assert (found["Send the minutes"].date, found["Send the minutes"].state) == ("6 May 2 days ago", "2 days late")
    assert found["Send the minutes"].href == f"{CITY}2027-04-22/minutes/"
    assert lead(content) == "Held 16 days ago. 2 tasks are late."


def test_a_register_never_taken_is_said(city: City, settings: Settings) -> None:
    settings.CLOCK_STOPPED_AT = datetime(2027, 4, 24, 9, 0, tzinfo=LONDON)
    content = city.page()
    assert lead(content).startswith("2 days ago, and its register was not taken.")
    assert lines(content)["Take the register and watch the quorum"].state == "Not taken"


def test_a_cancelled_meeting_says_why_and_lists_nothing(city: City) -> None:
    cancel(meeting=city.meeting, reason="The chair is in court", by=city.cast["coordinator"])
    content = city.page()
    assert lead(content) == "Cancelled. The chair is in court (Coordinator, 1 April 2027)."
    assert lines(content) == {}
    assert "Move the meeting" not in content


# --- beside it --------------------------------------------------------------------------------------------------------


def test_the_forecast_says_who_is_missing_and_whom_to_ask(city: City) -> None:
    city.reply("council", ReplyAnswer.COMING)
    city.reply("icb", ReplyAnswer.COMING)
    said = text(city.page())
    assert "Not certain: 2 of 3 statutory safeguarding partners are coming." in said
    assert "1 person would make it quorate. Ask Outsider (or Sam Lee, deputy)." in said
    assert "Hampshire Constabulary Outsider has not told us. Sam Lee is named as deputy." in said
    assert "In our words A meeting is quorate if all three statutory safeguarding partners attend." in said
    city.reply("constabulary", ReplyAnswer.DEPUTY)
    said = text(city.page())
    assert "Expected to be quorate: all 3 statutory safeguarding partners are coming." in said
    assert "Sam Lee is coming as deputy." in said
    assert "Coming 2 of 3 Deputy 1 No one 0 Not told us 0" in said


def test_what_moved_names_who_and_when(city: City) -> None:
    moved = move(
        meeting=city.meeting, on=date(2027, 4, 29), starts_at=time(10), reason="Room taken", by=city.cast["coordinator"]
    )
    said = text(city.page(moved))
    assert "Room taken by Coordinator 1 April 2027 at 9:30am" in said
    assert "Date: Thursday 22 April 2027 → Thursday 29 April 2027." in said


def test_an_earlier_address_leads_to_where_the_meeting_is_now(city: City) -> None:
    move(meeting=city.meeting, on=date(2027, 4, 29), starts_at=time(10), reason="Room", by=city.cast["coordinator"])
    response = city.client.get(f"{CITY}2027-04-22/")
    assert (response.status_code, response["Location"]) == (302, f"{CITY}2027-04-29/")
    assert city.client.get(f"{CITY}2027-02-30/").status_code == 404


def test_nobody_learns_by_an_old_address_that_there_is_a_meeting(city: City, signed_in: SignedIn) -> None:
    move(meeting=city.meeting, on=date(2027, 4, 29), starts_at=time(10), reason="Room", by=city.cast["coordinator"])
    assert signed_in("member").get(f"{CITY}2027-04-22/").status_code == 404
