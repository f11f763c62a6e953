"""Two coordinators write one register. Nothing is lost, and each sees what the other wrote."""

from __future__ import annotations

from playwright.sync_api import expect

from meetings.models import Attendance, Recorded
from tests.journeys.conftest import MakeVisitor
from tests.journeys.stage import ISLAND, ISLAND_REQUIRED, Stage

WRITTEN_MEANWHILE = "Somebody else changed the register while you were writing. Nothing was saved."


def recorded(stage: Stage, meeting_id: int, key: str) -> str:
    return Attendance.objects.get(meeting=meeting_id, seat__key=key).recorded


def test_two_stale_forms_clash_and_the_second_may_win(stage: Stage, visitor: MakeVisitor) -> None:
    meeting = stage.open_meeting(ISLAND, *ISLAND_REQUIRED)
    first, second = visitor(with_script=False), visitor("manager", with_script=False)
    first.given_the_register_of(meeting)
    second.given_the_register_of(meeting)
    first.when_they_tick("hmp", "apologies")
    first.when_they_press("Save the register")
    first.then_the_page_says("The register is saved.")
    second.when_they_tick("hmp", "present")
    second.when_they_tick("probation", "present")
    second.when_they_press("Save the register")
    second.then_the_page_says(WRITTEN_MEANWHILE)
    second.then_the_page_says("HMP Isle of Wight: the register says “Apologies”, you chose “Present")
    second.then_the_choice_is("hmp", "present")
    second.then_the_choice_is("probation", "present")
    assert recorded(stage, meeting.pk, "hmp") == Recorded.APOLOGIES
    assert recorded(stage, meeting.pk, "probation") == Recorded.NOT_RECORDED
    second.when_they_press("Save the register")
    second.then_the_page_says("The register is saved.")
    assert recorded(stage, meeting.pk, "hmp") == Recorded.PRESENT
    assert recorded(stage, meeting.pk, "probation") == Recorded.PRESENT


def test_two_stale_forms_on_different_rows_do_not_clash(stage: Stage, visitor: MakeVisitor) -> None:
    meeting = stage.open_meeting(ISLAND, *ISLAND_REQUIRED)
    first, second = visitor(with_script=False), visitor("manager", with_script=False)
    first.given_the_register_of(meeting)
    second.given_the_register_of(meeting)
    for one, key in ((first, "hmp"), (second, "probation")):
        one.when_they_tick(key)
        one.when_they_press("Save the register")
        one.then_the_page_says("The register is saved.")
    assert {recorded(stage, meeting.pk, key) for key in ("hmp", "probation")} == {Recorded.PRESENT}


def test_with_script_a_clash_shows_both_values_at_once(stage: Stage, visitor: MakeVisitor) -> None:
    meeting = stage.open_meeting(ISLAND, *ISLAND_REQUIRED)
    one = visitor()
    one.given_the_register_of(meeting)
    stage.tick(meeting, ["hmp"], Recorded.APOLOGIES)
    one.when_they_tick("hmp", "present")
    one.then_the_page_says(WRITTEN_MEANWHILE)
    one.then_the_choice_is("hmp", "present")
    one.then_the_accessibility_baseline_is_met()
    one.when_they_press("Save the register")
    one.then_the_page_says("The register is saved.")
    assert recorded(stage, meeting.pk, "hmp") == Recorded.PRESENT


def test_a_tick_shows_what_others_ticked_meanwhile(stage: Stage, visitor: MakeVisitor) -> None:
    meeting = stage.open_meeting(ISLAND, *ISLAND_REQUIRED)
    one = visitor()
    one.given_the_register_of(meeting)
    stage.tick(meeting, ["probation"])
    one.when_they_tick_and_wait(["hmp"])
    one.then_the_choice_is("probation", "present")
    one.then_the_page_says("7 present")


def test_who_was_signed_out_meanwhile_is_asked_to_sign_in(stage: Stage, visitor: MakeVisitor) -> None:
    one = visitor()
    one.given_the_register_of(stage.open_meeting(ISLAND, *ISLAND_REQUIRED))
    one.context.clear_cookies(name="sessionid")
    one.when_they_tick("hmp")
    one.then_the_heading_is("Sign in to your board")
    expect(one.page.locator("#answer")).to_have_count(0)
