"""The actions of a board on their pages: list, file, one action, and what is done to it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from meetings.models import Action, ActionStatus, ActionUpdate, AgendaPublication, ItemKind, Meeting
from meetings.operations import (
    add_item,
    agree_action,
    close_action,
    move_item,
    publish_agenda,
    report_on_action,
)
from membership.models import AgencyKind, StatutoryRole
from membership.operations import enter_agency
from partnership.authorship import saved
from tests.cast import TODAY, Cast, at
from tests.pages.conftest import SignedIn
from tests.pages.outcomes import ACTION, taken_item

ACTIONS = "/p/isle-of-wight/main-board/actions/"
ONE = ACTIONS + "1/"
JUNE = date(2027, 6, 30)


def agreed(cast: Cast, text: str = ACTION, due_on: date = JUNE, owner: str = "member") -> Action:
    return agree_action(
        board=cast.board,
        text=text,
        owner=cast[owner],
        due_on=due_on,
        agreed_on=TODAY - timedelta(days=90),
        by=cast["coordinator"],
    )


@pytest.fixture
def action(cast: Cast) -> Action:
    return agreed(cast)


def text(response: HttpResponseBase) -> str:
    assert isinstance(response, HttpResponse)
    return response.content.decode()


# --- the list ---------------------------------------------------------------------------------------------------------


def test_what_is_overdue_comes_first_with_its_words(cast: Cast, signed_in: SignedIn) -> None:
    agreed(cast, "Due in summer")
    agreed(cast, "Late by a day", TODAY - timedelta(days=1))
    agreed(cast, "Today's", TODAY)
    close_action(action=agreed(cast, "Over and done"), by=cast["chair"], reason="Done")
    drawn = text(signed_in("observer").get(ACTIONS))
    assert "3 open actions, 1 overdue." in drawn
    places = [drawn.index(words) for words in ("Late by a day", "Today&#x27;s", "Due in summer", "Over and done")]
    assert places == sorted(places)
    for words in ("Overdue by 1 day", "Due today", "Due in 105 days", "Closed (1)", "Closed on 17 March 2027"):
        assert words in drawn


def test_when_nothing_is_open_what_was_closed_is_counted(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("member")
    assert "No actions yet." in text(client.get(ACTIONS))
    for number in range(2):
        close_action(action=agreed(cast), by=cast["chair"], reason="Done")
        verb = "s are" if number else " is"
        assert f"No open actions. {number + 1} closed action{verb} kept." in text(client.get(ACTIONS))


@pytest.mark.parametrize(
    ("status", "listed"),
    [
        ("open", {"Late", "Soon", "Later", "Asked"}),
        ("due", {"Soon"}),
        ("overdue", {"Late", "Asked"}),
        ("asked to close", {"Asked"}),
        ("closed", {"Done"}),
        ("nonsense", {"Late", "Soon", "Later", "Asked", "Done"}),
    ],
)
def test_the_list_is_narrowed_by_how_actions_stand(
    cast: Cast, signed_in: SignedIn, status: str, listed: set[str]
) -> None:
    made = {
        "Late": agreed(cast, "Late", TODAY - timedelta(days=1)),
        "Soon": agreed(cast, "Soon", TODAY + timedelta(days=14)),
        "Later": agreed(cast, "Later", TODAY + timedelta(days=15)),
        "Asked": agreed(cast, "Asked", TODAY - timedelta(days=2)),
        "Done": agreed(cast, "Done", TODAY - timedelta(days=3)),
    }
    report_on_action(action=made["Asked"], text="Finished", by=cast["member"], asks_to_close=True)
    close_action(action=made["Done"], by=cast["chair"], reason="Finished")
    drawn = text(signed_in("member").get(ACTIONS, {"status": status}))
    assert ("Overdue by 2 days" in drawn) is ("Asked" in listed), "asking to close hides no date"
    assert {name for name in made if f'<span class="q-line">{name}</span>' in drawn} == listed
    for words in ("Open (4)", "Due within 14 days (1)", "Overdue (2)", "Asked to close (1)", "Closed (1)"):
        assert words in drawn


def test_the_list_is_narrowed_by_agency(cast: Cast, signed_in: SignedIn) -> None:
    police = enter_agency(
        slug="police", name="The Constabulary", kind=AgencyKind.POLICE,
        statutory_role=StatutoryRole.SAFEGUARDING_PARTNER, by=cast.author,
    )  # fmt: skip
    seat = cast.seats["constabulary"]
    seat.agency = police
    saved(seat, by=cast.author, reason="Named")
    agreed(cast, "Police work")
    agreed(cast, "Office work", owner="chair")
    client = signed_in("member")
    assert "The Constabulary" in text(client.get(ACTIONS))
    assert "Office work" not in text(client.get(ACTIONS, {"agency": str(police.pk)}))
    none = text(client.get(ACTIONS, {"agency": "none"}))
    assert "Office work" in none
    assert "Police work" not in none
    assert "No action is like that." in text(client.get(ACTIONS, {"agency": "none", "status": "closed"}))


def test_the_pages_of_a_board_lead_to_its_actions(cast: Cast, signed_in: SignedIn) -> None:
    board = "/p/isle-of-wight/main-board/"
    assert f'href="{ACTIONS}"' in text(signed_in("observer").get(board))
    assert f'href="{ACTIONS}"' not in text(signed_in("neighbour").get(board))


# --- the file ---------------------------------------------------------------------------------------------------------


def test_the_file_says_what_the_list_says_and_runs_nothing(cast: Cast, signed_in: SignedIn) -> None:
    dangerous = agreed(cast, '=HYPERLINK("https://example.org","Pay")')
    report_on_action(action=dangerous, text="@SUM(1+1)", by=cast["member"])
    report_on_action(action=dangerous, text="+44 is the number, said twice", by=cast["member"])
    response = signed_in("coordinator").get(ACTIONS + "file/")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="actions-main-board-2027-03-17.csv"'
    heads, line, *rest = text(response).lstrip("\ufeff").splitlines()
    assert heads == "Action,What,Agency,Owner,Agreed on,Due,State,Closed on,Last update,Updated"
    assert line == (
        'IOWSCP-1,"\'=HYPERLINK(""https://example.org"",""Pay"")",,Member,2026-12-17,2027-06-30,Due in 105 days,,'
        '"\'+44 is the number, said twice","17 March 2027, 10:05am"'
    )
    assert rest == []


def test_who_may_not_download_is_not_offered_it(action: Action, signed_in: SignedIn) -> None:
    assert "Download all as CSV" in text(signed_in("coordinator").get(ACTIONS))
    for who in ("member", "chair"):
        assert "Download all as CSV" not in text(signed_in(who).get(ACTIONS))
        assert "Add an action" not in text(signed_in(who).get(ACTIONS))


# --- agreeing one -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "due_on"),
    [
        ("30 June 2027", JUNE),
        ("Wednesday 30 June 2027", JUNE),
        (" 30/6/2027 ", JUNE),
        ("2027-06-30", JUNE),
        ("30 Jun 2027", JUNE),
    ],
)
def test_a_date_is_read_as_people_write_it(cast: Cast, signed_in: SignedIn, typed: str, due_on: date) -> None:
    posted = {"text": ACTION, "owner": cast["member"].pk, "due_on": typed}
    assert signed_in("coordinator").post(ACTIONS + "add/", posted).status_code == 302
    assert Action.objects.get().due_on == due_on


@pytest.mark.parametrize("typed", ["", "ongoing", "30 February 2027", "soon", "30/6", "٣٠ June 2027", "1\x002"])
def test_ongoing_is_no_date(cast: Cast, signed_in: SignedIn, typed: str) -> None:
    posted = {"text": ACTION, "owner": cast["member"].pk, "due_on": typed}
    response = signed_in("coordinator").post(ACTIONS + "add/", posted)
    assert response.status_code == 400
    assert text(response).count("Enter the date by which it will be done.") == 2
    assert "<title>Error: Add an action" in text(response)
    assert ACTION in text(response)
    assert not Action.objects.exists()


def test_a_date_before_the_meeting_and_a_stranger_are_refused(
    cast: Cast, meeting: Meeting, signed_in: SignedIn
) -> None:
    item, _, _ = taken_item(cast, meeting)
    address = f"/p/isle-of-wight/main-board/meetings/2027-03-17/record/{item.pk}/action/"
    client, posted = signed_in("coordinator"), {"text": ACTION, "owner": str(cast["member"].pk)}
    early = client.post(address, {**posted, "due_on": "16 March 2027"})
    assert early.status_code == 400
    assert text(early).count("It was agreed on 17 March 2027. Enter that date or a later one.") == 2
    stranger = client.post(address, {**posted, "owner": str(cast["outsider"].pk), "due_on": "30 June 2027"})
    assert stranger.status_code == 400
    assert "Choose who answers for it." in text(stranger)
    assert Action.objects.count() == 1
    made = client.post(address, {**posted, "due_on": "30 June 2027"}, follow=True)
    assert "IOWSCP-2 is agreed." in text(made)
    assert Action.objects.get(number=2).item == item


# --- one action -------------------------------------------------------------------------------------------------------


def test_an_action_tells_its_facts_and_what_happened(cast: Cast, action: Action, signed_in: SignedIn) -> None:
    report_on_action(action=action, text="Half written", by=cast["member"])
    drawn = text(signed_in("observer").get(ONE))
    for words in (
        "IOWSCP-1",
        ACTION,
        "Wednesday 30 June 2027, due in 105 days",
        "Half written",
        "Recorded",
        "by Member",
    ):
        assert words in drawn
    assert drawn.index("Half written") < drawn.index('<h3 class="moj-timeline__title">Recorded</h3>')
    for words in ("Add an update", "Close it", "Change the owner or the date"):
        assert words not in drawn


@pytest.mark.parametrize(
    ("who", "can"),
    [
        ("member", {"Add an update"}),
        ("deputy", set()),
        ("chair", {"Close it"}),
        ("manager", {"Add an update", "Close it", "Change the owner or the date"}),
    ],
)
def test_a_page_offers_what_its_reader_may_do(action: Action, signed_in: SignedIn, who: str, can: set[str]) -> None:
    drawn = text(signed_in(who).get(ONE))
    assert {words for words in ("Add an update", "Close it", "Change the owner or the date") if words in drawn} == can


@pytest.mark.parametrize("who", ["deputy", "scrutineer", "observer", "chair"])
def test_on_somebody_else_s_action_nobody_else_reports(action: Action, signed_in: SignedIn, who: str) -> None:
    assert signed_in(who).post(ONE + "update/", {"text": "Done"}).status_code == 403
    assert not ActionUpdate.objects.exists()


def test_the_owner_reports_and_asks_to_close(cast: Cast, action: Action, signed_in: SignedIn) -> None:
    client = signed_in("member")
    assert "The update is added." in text(client.post(ONE + "update/", {"text": "Half written"}, follow=True))
    wordless = client.post(ONE + "update/", {"text": " ", "asks_to_close": "on"})
    assert wordless.status_code == 400
    assert text(wordless).count("Add what changed as a result.") == 2
    assert " checked" in text(wordless)
    assert Action.objects.get().status == ActionStatus.OPEN
    silent = client.post(ONE + "update/", {"text": ""})
    assert "Enter what has happened." in text(silent)
    asked = client.post(ONE + "update/", {"text": "Every setting has it", "asks_to_close": "on"}, follow=True)
    assert "You asked to close this action." in text(asked)
    assert "Asked to close" in text(asked)
    close_action(action=action, by=cast["chair"], reason="Agreed")
    late = client.post(ONE + "update/", {"text": "And more"})
    assert late.status_code == 400
    assert "This action is closed." in text(late)


def test_the_chair_keeps_open_closes_and_opens_again(cast: Cast, action: Action, signed_in: SignedIn) -> None:
    report_on_action(action=action, text="Finished", by=cast["member"], asks_to_close=True)
    client = signed_in("chair")
    assert "Keep it open" in text(client.get(ONE + "decide/"))
    for answer, reason, said, status in (
        ("keep", "Schools are missing", "IOWSCP-1 stays open.", ActionStatus.OPEN),
        ("close", "The Board has seen it", "IOWSCP-1 is closed.", ActionStatus.CLOSED),
        ("reopen", "The figures were wrong", "IOWSCP-1 is open again.", ActionStatus.OPEN),
    ):
        empty = client.post(ONE + "decide/", {"answer": answer, "reason": ""})
        assert empty.status_code == 400
        assert "Enter the reason." in text(empty)
        done = text(client.post(ONE + "decide/", {"answer": answer, "reason": reason}, follow=True))
        assert said in done
        assert reason in done
        assert Action.objects.get().status == status
    again = client.post(ONE + "decide/", {"answer": "reopen", "reason": "Once more"})
    assert again.status_code == 400
    assert "This action is not closed." in text(again)


def test_the_team_hands_over_and_a_stale_form_is_told(cast: Cast, action: Action, signed_in: SignedIn) -> None:
    client, deputy = signed_in("coordinator"), str(cast["deputy"].pk)
    posted = {"version": "1", "owner": deputy, "due_on": "8 July 2027", "reason": "On leave until June"}
    drawn = text(client.post(ONE + "change/", posted, follow=True))
    for words in ("IOWSCP-1 is changed.", "On leave until June", "owner: Member → Deputy", "Thursday 8 July 2027"):
        assert words in drawn
    stale = client.post(ONE + "change/", {**posted, "owner": str(cast["chair"].pk), "reason": "Mine"})
    assert stale.status_code == 409
    assert "Deputy, Thursday 8 July 2027" in text(stale)
    assert "Somebody else changed this action while you were writing." in text(stale)
    assert "Mine" in text(stale)
    assert 'name="version" value="2"' in text(stale)
    for field, value, sentence in (
        ("due_on", "1 December 2026", "It was agreed on 17 December 2026. Enter that date or a later one."),
        ("reason", "", "Say why you change it."),
        ("version", "x", "This form could not be read. Open the register again."),
    ):
        refused = client.post(ONE + "change/", {**posted, "version": "2", field: value})
        assert refused.status_code == 400
        assert sentence in text(refused)
    assert Action.objects.get().version == 2


def test_the_item_is_named_to_those_who_may_read_it(cast: Cast, meeting: Meeting, signed_in: SignedIn) -> None:
    item, _, _ = taken_item(cast, meeting)
    named = f"Item 1: {item.title}"
    assert named in text(signed_in("coordinator").get(ONE))
    assert item.title not in text(signed_in("member").get(ONE))
    publication = AgendaPublication(meeting=meeting, version=1, published_at=at(9))
    item.published_in = saved(publication, by=cast.author, reason="Published")
    saved(item, by=cast.author, reason="Published", fields=["published_in"])
    assert named in text(signed_in("member").get(ONE))


def test_the_item_has_the_number_of_its_reader_s_agenda(cast: Cast, meeting: Meeting, signed_in: SignedIn) -> None:
    """A draft before it counts for whoever reads drafts and is nobody else's to know of."""
    by = cast["coordinator"]
    item, _, action = taken_item(cast, meeting)
    publish_agenda(meeting=meeting, by=by, reason="The figures came late.")
    draft = add_item(meeting=meeting, title="School transport", kind=ItemKind.DECISION, by=by)
    move_item(item=draft, up=True, by=by)
    for who, number in (("coordinator", 2), ("member", 1)):
        assert f"Item {number}: {item.title}" in text(signed_in(who).get(f"{ACTIONS}{action.number}/"))


def test_an_action_of_another_board_is_not_found_here(cast: Cast, action: Action, signed_in: SignedIn) -> None:
    agree_action(board=cast.neighbours, text=ACTION, owner=cast["neighbour"], due_on=JUNE, by=cast["neighbour"])
    assert signed_in("coordinator").get(ACTIONS + "2/").status_code == 404
    assert signed_in("neighbour").get("/p/isle-of-wight/executive/actions/2/").status_code == 200
    assert signed_in("neighbour").get("/p/isle-of-wight/executive/actions/1/").status_code == 404
    assert signed_in("neighbour").get(ONE).status_code == 404


def test_what_people_typed_is_text_and_nothing_else(cast: Cast, signed_in: SignedIn) -> None:
    inert = "<script>alert('Eve')</script>"
    report_on_action(action=agreed(cast, inert), text=inert, by=cast["member"])
    for address in (ACTIONS, ONE, ONE + "change/", ONE + "decide/"):
        assert "<script>alert" not in text(signed_in("coordinator").get(address))
