"""Nothing entered on a register is lost: without a connection, with somebody else at the same rows, on a short list."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from meetings.models import Attendance, AttendsAs, Recorded
from meetings.operations import add_guest, close_register
from tests.journeys.conftest import MakeVisitor
from tests.journeys.stage import ISLAND, ISLAND_OTHERS, ISLAND_REQUIRED, Stage
from tests.journeys.test_two_at_once import WRITTEN_MEANWHILE, recorded
from tests.journeys.visitor import PHONE, Visitor

ELEVEN = (*ISLAND_REQUIRED, *ISLAND_OTHERS[:-1])
QUORATE = "Quorate: 12 of 24 members present (12 needed)."
NO_CONNECTION = "Not saved: no connection. What you entered is kept on this page."
PRESS_AGAIN = "Not saved: no connection. Press again when it is back."
MOST_PIXELS_A_ROW = 160
OUT_OF_TOUCH = "No connection. What others change is not shown until it is back."
REFUSED = "Not saved: the server could not take it. What you entered is kept on this page."


@pytest.fixture
def one(stage: Stage, visitor: MakeVisitor) -> Visitor:
    made = visitor()
    made.given_the_register_of(stage.open_meeting(ISLAND, *ELEVEN))
    return made


def notice(visitor: Visitor, words: str) -> None:
    expect(visitor.page.locator("#unsaved")).to_have_text(words)
    expect(visitor.page.locator("#unsaved")).to_be_visible()


def row_says_unsaved(visitor: Visitor, key: str) -> None:
    expect(visitor.row(key).get_by_text("Not saved", exact=True)).to_be_visible()


def row_says_saved(visitor: Visitor, key: str) -> None:
    expect(visitor.row(key).get_by_text("Saved 10:05am", exact=True)).to_be_visible()


# --- saved, row by row ------------------------------------------------------------------------------------------------


def test_a_row_says_when_it_was_saved(stage: Stage, one: Visitor) -> None:
    one.when_they_tick("youth-justice")
    row_says_saved(one, "youth-justice")
    expect(one.page.locator("#saved")).to_contain_text("Saved at 10:05am.")
    expect(one.page).to_have_title(re.compile("^Quorate: register, Wednesday 17 March 2027"))
    expect(one.row("hmp").get_by_text("Saved", exact=False)).to_have_count(1)  # the hidden word for what is not saved
    one.then_the_accessibility_baseline_is_met()


def test_without_a_connection_what_is_entered_stays_and_is_sent_when_it_is_back(stage: Stage, one: Visitor) -> None:
    assert one.meeting is not None
    one.context.set_offline(True)
    one.when_they_tick("youth-justice")
    notice(one, NO_CONNECTION)
    row_says_unsaved(one, "youth-justice")
    expect(one.page.locator("#spoken")).to_have_text(NO_CONNECTION)
    one.then_the_choice_is("youth-justice", "present")
    one.then_the_accessibility_baseline_is_met()
    assert recorded(stage, one.meeting.pk, "youth-justice") == Recorded.NOT_RECORDED
    one.context.set_offline(False)
    one.then_the_answer_is(QUORATE)
    row_says_saved(one, "youth-justice")
    expect(one.page.locator("#unsaved")).to_be_hidden()
    assert recorded(stage, one.meeting.pk, "youth-justice") == Recorded.PRESENT


def test_a_press_without_a_connection_is_to_be_made_again(one: Visitor) -> None:
    one.context.set_offline(True)
    notice(one, OUT_OF_TOUCH)
    one.when_they_press_on_the_row("chair", "Leaving now")
    notice(one, PRESS_AGAIN)
    one.context.set_offline(False)
    one.when_they_press_on_the_row("chair", "Leaving now")
    one.then_the_answer_is(
        "Not quorate: 10 of 24 present. 2 more members needed. The partnership chair is not present."
    )


def test_an_error_of_the_server_keeps_what_was_entered_until_the_next_press(stage: Stage, one: Visitor) -> None:
    assert one.meeting is not None
    one.page.route(re.compile("/register/$"), lambda route: route.fulfill(status=500, body="broken"))
    one.when_they_tick("youth-justice")
    notice(one, REFUSED)
    row_says_unsaved(one, "youth-justice")
    one.page.unroute(re.compile("/register/$"))
    one.when_they_press("Save the register")
    one.then_the_answer_is(QUORATE)
    expect(one.page.locator("#unsaved")).to_be_hidden()
    assert recorded(stage, one.meeting.pk, "youth-justice") == Recorded.PRESENT


def test_enter_saves_and_sends_nobody_away(stage: Stage, visitor: MakeVisitor) -> None:
    """The first button of a form is the one that Enter presses."""
    for with_script in (True, False):
        one = visitor(with_script=with_script)
        one.given_the_register_of(stage.open_meeting(ISLAND, *ELEVEN))
        one.when_they_tick("youth-justice")
        one.page.keyboard.press("Enter")
        one.then_the_page_says("The register is saved.")
        one.then_the_answer_is(QUORATE)


# --- two browsers -----------------------------------------------------------------------------------------------------


def test_two_browsers_see_each_other_s_rows(stage: Stage, visitor: MakeVisitor) -> None:
    meeting = stage.open_meeting(ISLAND, *ISLAND_REQUIRED)
    first, second = visitor(), visitor("manager")
    for each in (first, second):
        each.given_the_register_of(meeting)
    first.when_they_tick("hmp")
    second.when_they_tick("probation")
    first.then_the_choice_is("probation", "present")
    second.then_the_choice_is("hmp", "present")
    for each in (first, second):
        each.then_the_page_says("7 present")
        expect(each.page.locator("#spoken")).to_have_text("Not quorate: 7 of 24 present. 5 more members needed.")
    add_guest(meeting=meeting, attends_as=AttendsAs.GUEST, name="Wren Halloran", by=stage.coordinator)
    for each in (first, second):
        expect(each.page.locator("#seats-uncounted")).to_contain_text("Wren Halloran")
        assert each.page.get_by_text("Wren Halloran", exact=True).count() == 1


def test_the_row_somebody_is_at_is_left_alone_and_a_clash_shows_both(stage: Stage, visitor: MakeVisitor) -> None:
    meeting = stage.open_meeting(ISLAND, *ISLAND_REQUIRED)
    first, second = visitor(), visitor("manager")
    for each in (first, second):
        each.given_the_register_of(meeting)
    second.row("hmp").locator("input[type=radio]").first.focus()
    first.when_they_tick("hmp", "apologies")
    first.when_they_tick("probation")
    second.then_the_choice_is("probation", "present")
    expect(second.row("hmp").locator("input:checked")).to_have_count(0)
    second.page.keyboard.press("Space")
    second.then_the_page_says(WRITTEN_MEANWHILE)
    second.then_the_page_says("HMP Isle of Wight: the register says “Apologies”, you chose “Present")
    second.then_the_choice_is("hmp", "present")
    row_says_unsaved(second, "hmp")
    assert recorded(stage, meeting.pk, "hmp") == Recorded.APOLOGIES


def test_what_was_entered_offline_is_not_taken_away_by_what_others_change(stage: Stage, visitor: MakeVisitor) -> None:
    meeting = stage.open_meeting(ISLAND, *ISLAND_REQUIRED)
    one = visitor()
    one.given_the_register_of(meeting)
    one.page.route(re.compile("/register/$"), lambda route: route.abort())
    one.when_they_tick("hmp")
    row_says_unsaved(one, "hmp")
    one.page.get_by_role("link", name="Add someone who is here").focus()
    stage.tick(meeting, ["hmp"], Recorded.APOLOGIES)
    stage.tick(meeting, ["probation"])
    one.then_the_choice_is("probation", "present")
    one.then_the_choice_is("hmp", "present")
    one.page.unroute(re.compile("/register/$"))
    one.then_the_page_says("HMP Isle of Wight: the register says “Apologies”, you chose “Present")
    one.then_the_choice_is("hmp", "present")


def test_without_the_protection_what_was_entered_would_be_lost(stage: Stage, visitor: MakeVisitor) -> None:
    """The negative control of the journey before: the same steps with the page's own script held back."""
    meeting = stage.open_meeting(ISLAND, *ISLAND_REQUIRED)
    one = visitor()
    one.page.route(re.compile(r"js/register\.js"), lambda route: route.abort())
    one.given_the_register_of(meeting)
    one.page.route(re.compile("/register/$"), lambda route: route.abort())
    one.when_they_tick("hmp")
    one.page.get_by_role("link", name="Add someone who is here").focus()
    stage.tick(meeting, ["hmp"], Recorded.APOLOGIES)
    one.then_the_choice_is("hmp", "apologies")


def test_a_page_stops_asking_once_the_register_is_closed(stage: Stage, visitor: MakeVisitor) -> None:
    meeting = stage.open_meeting(ISLAND, *ELEVEN)
    one = visitor()
    one.given_the_register_of(meeting)
    close_register(meeting=meeting, by=stage.coordinator)
    one.then_the_page_says("Somebody closed it while you had it open.")
    one.then_the_accessibility_baseline_is_met()
    asked: list[str] = []
    one.page.on("request", lambda request: asked.append(request.url))
    one.page.wait_for_timeout(5000)
    assert asked == []
    one.when_they_follow("See the record")
    one.then_the_row_says("anglican-diocese", "Did not attend")


# --- which rows are shown ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("with_script", [True, False], ids=["with script", "without script"])
def test_the_short_list_shows_who_is_not_here_and_loses_nothing(
    stage: Stage, visitor: MakeVisitor, *, with_script: bool
) -> None:
    one = visitor(with_script=with_script, size=PHONE)
    meeting = stage.open_meeting(ISLAND, *ELEVEN)
    one.given_the_register_of(meeting)
    one.when_they_tick("hmp", "apologies")
    one.page.get_by_label("Not here yet").check()
    expect(one.row("chair")).to_be_hidden()
    expect(one.page.get_by_role("heading", name="Required for the quorum")).to_be_hidden()
    one.when_they_tick("youth-justice")
    expect(one.row("youth-justice")).to_be_visible()
    one.when_they_tick("anglican-diocese")
    one.when_they_press("Save the register")
    one.then_the_page_says("The register is saved.")
    expect(one.page.get_by_label("Not here yet")).to_be_checked()
    assert {recorded(stage, meeting.pk, key) for key in ("youth-justice", "anglican-diocese")} == {Recorded.PRESENT}
    assert recorded(stage, meeting.pk, "hmp") == Recorded.APOLOGIES
    one.page.get_by_label("All", exact=True).check()
    expect(one.row("chair")).to_be_visible()
    if with_script:
        one.then_nothing_scrolls_sideways()
        one.then_the_accessibility_baseline_is_met()


def test_a_phone_has_far_less_to_scroll_on_the_short_list(stage: Stage, visitor: MakeVisitor) -> None:
    one = visitor(size=(360, 780))
    one.given_the_register_of(stage.open_meeting(ISLAND, *ELEVEN))
    assert one.page.evaluate("document.querySelector('#seats-members').offsetHeight / 19") < MOST_PIXELS_A_ROW
    whole = one.page.evaluate("document.documentElement.scrollHeight")
    one.page.get_by_label("Not here yet").check()
    assert one.page.evaluate("document.documentElement.scrollHeight") < 0.75 * whole


def test_a_list_with_nobody_left_says_so(stage: Stage, visitor: MakeVisitor) -> None:
    meeting = stage.open_meeting(ISLAND)
    blank = Attendance.objects.filter(meeting=meeting).values_list("seat__key", flat=True)
    stage.tick(meeting, list(blank), Recorded.DID_NOT_ATTEND)
    one = visitor()
    one.given_the_register_of(meeting)
    one.page.get_by_label("Not here yet").check()
    one.then_the_page_says("Nobody is left: every row says something.")
    expect(one.page.locator(".q-group__none")).to_be_visible()
