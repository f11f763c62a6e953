"""Sending a deputy on both boards, from the reply to the register; the accessibility baseline in every state."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from pytest_django import Settings

from meetings.calendar_answers.taking import take
from meetings.models import Attendance, Meeting, Recorded, Reply
from meetings.operations import open_register
from partnership.clock import LONDON
from partnership.obligations.sweeping import sweep
from tests.cast import NOW, TODAY, at
from tests.journeys.conftest import MakeVisitor
from tests.journeys.stage import CITY, ISLAND, Stage
from tests.journeys.visitor import Visitor
from tests.mails import answer_mail
from tests.partnership.test_deliveries import Carrier

A_DAY_OF_ITS_OWN = date(2027, 5, 6)
GRADE = "Your deputy should be the same grade as you or one grade lower. Say why this deputy comes."


def reply_page(meeting: Meeting) -> str:
    return f"/p/{meeting.board.partnership.slug}/{meeting.board.slug}/meetings/{meeting.address}/reply/"


def sending_a_deputy(one: Visitor, meeting: Meeting) -> None:
    one.when_they_open(reply_page(meeting))
    one.page.get_by_label("No, my deputy will come").check()
    one.then_the_accessibility_baseline_is_met()


def test_where_the_terms_say_so_the_deputy_votes_as_the_member(stage: Stage, visitor: MakeVisitor) -> None:
    one = visitor("outsider")
    sending_a_deputy(one, stage.planned_meeting(CITY, on=A_DAY_OF_ITS_OWN))
    one.when_they_press("Confirm")
    one.then_the_page_says("Sam Lee will attend with the same voting rights.")
    one.then_the_accessibility_baseline_is_met()


def test_authority_must_and_grade_should_and_the_register_knows(stage: Stage, visitor: MakeVisitor) -> None:
    meeting = stage.planned_meeting(ISLAND)
    one = visitor("colin ashby")
    sending_a_deputy(one, meeting)
    authority = one.page.locator("#id_authority")
    authority.get_by_label("No").check()
    one.when_they_press("Confirm")
    one.then_the_page_says("Your deputy must have the same decision-making authority as you.")
    one.then_the_accessibility_baseline_is_met()
    authority.get_by_label("Yes").check()
    one.page.get_by_label("More than 1 grade lower").check()
    one.when_they_press("Confirm")
    one.then_the_page_says(GRADE)
    one.then_the_accessibility_baseline_is_met()
    one.page.get_by_label("Why this deputy comes").fill("Everybody else is on leave")
    one.when_they_press("Confirm")
    one.then_the_page_says("Dawn Petrie will attend in your place.")
    opened = open_register(meeting=meeting, at=at(9, 50), by=stage.coordinator)
    stage.tick(opened, ["regulatory-services"], recorded=Recorded.DEPUTY)
    team = visitor()
    team.given_the_register_of(opened)
    team.then_the_row_says("regulatory-services", "Everybody else is on leave")
    team.then_the_row_says("regulatory-services", "Not a proper deputy")
    team.then_the_accessibility_baseline_is_met()
    assert Attendance.objects.get(meeting=opened, seat__key="regulatory-services").deputy_standing == "improper"


def test_one_grade_lower_is_accepted_at_once(stage: Stage, visitor: MakeVisitor) -> None:
    meeting = stage.planned_meeting(ISLAND, on=A_DAY_OF_ITS_OWN)
    one = visitor("colin ashby")
    sending_a_deputy(one, meeting)
    one.page.locator("#id_authority").get_by_label("Yes").check()
    one.page.get_by_label("1 grade lower", exact=True).check()
    one.when_they_press("Confirm")
    one.then_the_page_says("Dawn Petrie will attend in your place.")
    given = Reply.objects.get(meeting=meeting, seat__key="regulatory-services")
    assert (given.said_grades_lower, given.deputy_reason) == (1, "")


def test_what_is_said_here_goes_before_the_calendar_and_fills_the_register(
    stage: Stage, visitor: MakeVisitor, settings: Settings
) -> None:
    """Outlook says the contrary before the reply and after it, and changes neither the list nor the register."""
    meeting = stage.planned_meeting(CITY, on=A_DAY_OF_ITS_OWN, notice_on=TODAY)
    sweep(now=NOW, by=stage.cast.author, transport=Carrier())
    _outlook_says(stage, meeting, "outsider@example.org", "DECLINED")
    one = visitor("outsider")
    one.when_they_open(reply_page(meeting))
    one.then_the_page_says("You have not told us yet.")
    one.then_the_page_says("In Outlook: declined, 17 March. What is said here counts, not what a calendar says.")
    sending_a_deputy(one, meeting)
    one.when_they_press("Confirm")
    one.then_the_page_says("Sam Lee will attend with the same voting rights.")
    other = visitor("city icb")
    other.when_they_open(reply_page(meeting))
    other.page.get_by_label("No one can come").check()
    other.page.get_by_label("Reason (optional)").fill("On leave")
    other.when_they_press("Confirm")
    for address in ("outsider@example.org", "city.icb@example.org"):
        _outlook_says(stage, meeting, address, "ACCEPTED", later=1)
    one.when_they_open(reply_page(meeting))
    one.then_the_page_says("So far: Sam Lee is coming as deputy.")
    one.then_it_can_be_used_by_everybody()
    team = visitor()
    team.when_they_open(reply_page(meeting))
    team.then_the_page_says("In Outlook: accepted, 17 March")
    team.then_the_page_says("It counts for nothing until somebody says it here")
    team.then_it_can_be_used_by_everybody()
    settings.CLOCK_STOPPED_AT = datetime(2027, 5, 6, 9, 50, tzinfo=LONDON)
    team.given_the_register_of(meeting)
    team.when_they_press("Open the register")
    team.then_the_page_says("0 present (0 representatives, 0 deputies), 1 apology")
    team.then_the_choice_is("icb", "apologies")
    team.then_the_row_says("constabulary", "Sam Lee")
    team.then_it_can_be_used_by_everybody()
    police = Attendance.objects.get(meeting=meeting, seat__key="constabulary")
    assert (police.recorded, police.person) == (Recorded.NOT_RECORDED, stage.cast["sam lee"])


def _outlook_says(stage: Stage, meeting: Meeting, address: str, what: str, *, later: int = 0) -> None:
    """The answer to the invitation, as the mailbox receives it."""
    when = NOW + timedelta(minutes=later)
    taking = take(answer_mail(meeting, attendee=address, says=what, at=when), when, stage.cast.author)
    assert taking is not None
    assert taking.outcome == "taken"
