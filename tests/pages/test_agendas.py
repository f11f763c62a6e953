"""The pages of an agenda: what the team puts together, what others read, and what is said when something is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pytest_django import Settings

from meetings.models import AgendaItem, ItemKind, Meeting
from meetings.operations import (
    add_item,
    cancel,
    change_item,
    close_register,
    publish_agenda,
)
from partnership.access import Role
from partnership.operations import admit_to_team
from tests.agendas import item_on, paper_at_item, published_then_drafted
from tests.cast import LONG_AGO, Cast
from tests.pages.agendas import AGENDA, NUL, at_london, nothing_changed, source, text
from tests.pages.conftest import SignedIn


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def buttons(drawn: str) -> list[str]:
    """What the buttons of the page itself say, its frame left out."""
    return re.findall(r"<button[^>]*>([^<]*)", drawn.partition("<main")[2].partition("</main>")[0])


# --- the page ---------------------------------------------------------------------------------------------------------


def test_an_empty_agenda_offers_the_standing_items_with_their_clauses(later: Meeting, signed_in: SignedIn) -> None:
    said = text(signed_in("coordinator").get(AGENDA))
    assert "No items yet. The constitution puts these on the agenda of this meeting:" in said
    assert "Quality assurance and learning reports (Responsibilities 2)" in said
    assert "Partnership Team update (Support 5) Start from the standing items" in said
    assert "Due by Wednesday 9 June 2027 (Support 2)." in said
    assert "Check and publish" not in said


def test_a_board_whose_constitution_states_none_is_told_so(cast: Cast, far: Meeting, signed_in: SignedIn) -> None:
    admit_to_team(
        person=cast["coordinator"], role=Role.COORDINATOR, board=cast.elsewhere, starts_on=LONG_AGO, by=cast.author
    )
    client = signed_in("coordinator")
    address = f"/p/portsmouth/board/meetings/{far.address}/agenda/"
    said = text(client.get(address))
    assert "No items yet. The constitution states no standing items for this meeting. Add the first item." in said
    response = client.post(address + "start/", follow=True)
    assert "The constitution states no standing items for this meeting." in text(response)


def test_starting_from_the_standing_items(later: Meeting, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    said = text(client.post(AGENDA + "start/", follow=True))
    assert "2 standing items added." in said
    assert "1 Quality assurance and learning reports Not published Assurance. Standing item, Responsibilities 2" in said
    assert "Every standing item of the constitution is on the agenda." in said
    again = text(client.post(AGENDA + "start/", follow=True))
    assert "Every standing item of the constitution is on the agenda already." in again


def test_figures_and_times_of_the_whole(cast: Cast, later: Meeting, signed_in: SignedIn) -> None:
    by = cast["coordinator"]
    deep = item_on(later, by, "Deep dive", minutes=140, lead="Priti Sandhu", purpose="Agree 4 recommendations.")
    paper_at_item(deep, by, "The deep dive")
    item_on(later, by, "Minutes of March", minutes=5)
    add_item(meeting=later, title="News", kind=ItemKind.INFORMATION, by=by)
    said = text(signed_in("coordinator").get(AGENDA))
    assert "3 items, 2 hours 25 minutes, 2 pages. 2 items need a decision: 1 and 2." in said
    assert "Decision, 2 hours 20 minutes, Priti Sandhu, 2 pages Agree 4 recommendations." in said
    assert (
        "2 hours 25 minutes from 10am ends at 12:25pm, 5 minutes before the meeting ends at 12:30pm. "
        "1 item has no time yet." in said
    )
    assert re.search(r"The deep dive \(PDF, 2 pages, \d+ bytes\) Remove the paper The deep dive", said)
    assert "3 items and 1 paper are not published." in said


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (150, "2 hours 30 minutes from 10am ends at 12:30pm, when the meeting ends at 12:30pm."),
        (165, "2 hours 45 minutes from 10am ends at 12:45pm, 15 minutes after the meeting ends at 12:30pm."),
        (None, "No item has been given a time."),
    ],
)
def test_the_running_time_against_the_end_of_the_meeting(
    cast: Cast, later: Meeting, signed_in: SignedIn, minutes: int | None, words: str
) -> None:
    item_on(later, cast["coordinator"], minutes=minutes)
    assert words in text(signed_in("coordinator").get(AGENDA))


def test_more_than_fifteen_items_are_advised_against(cast: Cast, later: Meeting, signed_in: SignedIn) -> None:
    for number in range(15):
        item_on(later, cast["coordinator"], f"Item {number}")
    advice = "are many for one meeting. Up to 15 leave time to talk about each."
    assert advice not in text(signed_in("coordinator").get(AGENDA))
    item_on(later, cast["coordinator"], "The sixteenth")
    assert f"16 items {advice}" in text(signed_in("coordinator").get(AGENDA))


def test_members_read_what_was_published_and_no_controls(cast: Cast, later: Meeting, signed_in: SignedIn) -> None:
    assert "The agenda has not been sent yet. Due by Wednesday 9 June 2027 (Support 2)." in text(
        signed_in("member").get(AGENDA)
    )
    published_then_drafted(later, cast["coordinator"])
    response = signed_in("member").get(AGENDA)
    said, drawn = text(response), source(response)
    assert "1 Annual report Decision, 2 pages The report (PDF, 2 pages" in said
    assert "School transport" not in said
    assert "Transport" not in drawn
    assert "not published" not in said
    assert "Version 1. Sent 84 days before the deadline of 9 June 2027. Published on 17 March 2027 at 10:05am." in said
    assert buttons(drawn) == ["Make the PDF"]
    assert "Standing items" not in said


def test_the_chair_reads_drafts_marked_as_such_and_changes_nothing(
    cast: Cast, later: Meeting, signed_in: SignedIn
) -> None:
    published_then_drafted(later, cast["coordinator"])
    response = signed_in("chair").get(AGENDA)
    assert "School transport Not published" in text(response)
    assert "Transport (PDF" in text(response)
    assert not re.search(r'items/\d+/(move|remove|papers)?/?"', source(response)), "who may read it is the chair's, too"
    assert buttons(source(response)) == ["Make the PDF", "Make a PDF of the draft"]


def test_what_a_supplement_brought_says_when(
    cast: Cast, later: Meeting, signed_in: SignedIn, settings: Settings
) -> None:
    made = published_then_drafted(later, cast["coordinator"])
    at_london(settings, 4, 16, 9)
    paper_at_item(made.sent_item, cast["coordinator"], "Annex")
    publish_agenda(meeting=later, by=cast["coordinator"])
    said = text(signed_in("member").get(AGENDA))
    assert "2 School transport Added 16 April" in said
    assert re.search(r"The report \(PDF, 2 pages, \d+ bytes\) Annex \(PDF, 2 pages, \d+ bytes\) Added 16 April", said)
    assert re.search(r"Transport \(PDF, 2 pages, \d+ bytes\)(?! Added)", said), "its item says so already"
    assert "Version 2. Sent 54 days before the deadline of 9 June 2027. Published on 16 April 2027 at 9am." in said


def test_a_closed_or_cancelled_meeting_says_that_its_agenda_stays(
    cast: Cast, meeting: Meeting, later: Meeting, signed_in: SignedIn
) -> None:
    item_on(meeting, cast["coordinator"])
    item_on(later, cast["coordinator"])
    close_register(meeting=meeting, by=cast["coordinator"])
    cancel(meeting=later, reason="Snow", by=cast["coordinator"])
    for address, words in (
        (AGENDA.replace("06-16", "03-17"), "The register of this meeting is closed. Its agenda cannot be changed."),
        (AGENDA, "This meeting was cancelled. Its agenda cannot be changed."),
    ):
        response = signed_in("coordinator").get(address)
        assert words in text(response)
        assert not re.search(r'items/\d+/(move|remove|papers)?/?"', source(response))


def test_whatever_an_item_is_called_is_text_and_nothing_else(cast: Cast, later: Meeting, signed_in: SignedIn) -> None:
    item_on(later, cast["coordinator"], '"><script>alert(1)</script>')
    assert "<script>alert" not in source(signed_in("coordinator").get(AGENDA))


# --- items ------------------------------------------------------------------------------------------------------------


def test_an_item_is_added_and_changed(later: Meeting, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    form = {"title": " Deep dive ", "kind": "decision", "minutes": "30", "lead": "Priti Sandhu", "purpose": "Agree it."}
    assert "“Deep dive” is on the agenda." in text(client.post(AGENDA + "add/", form, follow=True))
    item = AgendaItem.objects.get()
    assert (item.title, item.kind, item.minutes, item.lead, item.purpose) == (
        "Deep dive",
        "decision",
        30,
        "Priti Sandhu",
        "Agree it.",
    )
    address = f"{AGENDA}items/{item.pk}/"
    assert 'value="Deep dive"' in source(client.get(address))
    changed = form | {"title": "Neglect", "minutes": "", "version": "1"}
    assert "“Neglect” is saved." in text(client.post(address, changed, follow=True))
    item.refresh_from_db()
    assert (item.title, item.minutes, item.version) == ("Neglect", None, 2)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "Enter a title."),
        ("title", "   ", "Enter a title."),
        ("title", "x" * 201, "Use at most 200 characters."),
        ("title", NUL, "Null characters are not allowed."),
        ("kind", "", "Choose what the meeting does with it."),
        ("kind", "singing", "Choose what the meeting does with it."),
        ("minutes", "soon", "Enter how many minutes, from 1 to 1440, or leave it empty."),
        ("minutes", "0", "Enter how many minutes, from 1 to 1440, or leave it empty."),
        ("minutes", "1441", "Enter how many minutes, from 1 to 1440, or leave it empty."),
        ("minutes", "9" * 40, "Enter how many minutes, from 1 to 1440, or leave it empty."),
        ("lead", "x" * 151, "Use at most 150 characters."),
        ("purpose", "x" * 501, "Use at most 500 characters."),
    ],
)
@pytest.mark.parametrize("place", ["add/", "items/{item}/"])
def test_a_bad_item_says_what_is_wrong_and_keeps_what_was_typed(
    cast: Cast, later: Meeting, signed_in: SignedIn, place: str, field: str, value: str, sentence: str
) -> None:
    item = item_on(later, cast["coordinator"])
    form = {"title": "Kept title", "kind": "assurance", "lead": "Kept lead", "version": "1"} | {field: value}
    with nothing_changed():
        response = signed_in("coordinator").post(AGENDA + place.format(item=item.pk), form)
    assert response.status_code == 400
    assert text(response).count(sentence) == 2, "in the summary and at the field"
    assert "<title>Error: " in source(response)
    assert "Kept lead" in source(response) or field == "lead"
    assert "Kept title" in source(response) or field == "title"


def test_a_clash_shows_both_and_saving_again_keeps_yours(cast: Cast, later: Meeting, signed_in: SignedIn) -> None:
    item, client = item_on(later, cast["coordinator"], "Drawn"), signed_in("coordinator")
    change_item(item=item, version=1, title="Theirs", kind=ItemKind.DECISION, minutes=20, by=cast["manager"])
    address = f"{AGENDA}items/{item.pk}/"
    with nothing_changed():
        response = client.post(address, {"title": "Yours", "kind": "decision", "version": "1"})
    assert response.status_code == 409
    said = text(response)
    assert "There is a problem Somebody else changed this item while you were writing." in said
    assert "Title Theirs Yours Minutes 20 Nothing" in said
    assert 'name="version" value="2"' in source(response)
    assert 'value="Yours"' in source(response)
    assert client.post(address, {"title": "Yours", "kind": "decision", "version": "2"}).status_code == 302
    item.refresh_from_db()
    assert (item.title, item.minutes) == ("Yours", None)


@pytest.mark.parametrize("version", ["", "two", "0", "-1", "9" * 40])
def test_a_version_nobody_drew_never_overwrites(cast: Cast, later: Meeting, signed_in: SignedIn, version: str) -> None:
    item = item_on(later, cast["coordinator"])
    with nothing_changed():
        form = {"title": "Yours", "kind": "decision", "version": version}
        response = signed_in("coordinator").post(f"{AGENDA}items/{item.pk}/", form)
    assert response.status_code in {400, 409}
    assert "There is a problem" in text(response)


def test_an_agenda_closed_meanwhile_keeps_what_was_typed(cast: Cast, later: Meeting, signed_in: SignedIn) -> None:
    item = item_on(later, cast["coordinator"])
    cancel(meeting=later, reason="Snow", by=cast["coordinator"])
    for place in ("add/", f"items/{item.pk}/"):
        form = {"title": "Kept title", "kind": "decision", "version": "1"}
        with nothing_changed():
            response = signed_in("coordinator").post(AGENDA + place, form)
        assert response.status_code == 400
        assert "This meeting was cancelled. Its agenda cannot be changed." in text(response)
        assert "Kept title" in source(response)


# --- order and removal ------------------------------------------------------------------------------------------------


def test_a_moved_item_says_where_it_is_and_its_button_has_the_focus(
    cast: Cast, later: Meeting, signed_in: SignedIn
) -> None:
    _, two, three = (item_on(later, cast["coordinator"], title) for title in ("One", "Two", "Three"))
    client = signed_in("coordinator")
    response = client.post(f"{AGENDA}items/{three.pk}/move/", {"direction": "up"}, follow=True)
    assert "“Three” is now item 2 of 3." in text(response)
    assert 'aria-label="Move Three up" autofocus' in source(response)
    response = client.post(f"{AGENDA}items/{three.pk}/move/", {"direction": "up"}, follow=True)
    assert 'aria-label="Move Three down" autofocus' in source(response), "the first has no button to move it up"
    response = client.post(f"{AGENDA}items/{two.pk}/move/", {"direction": "down"}, follow=True)
    assert "“Two” is the last item already." in text(response)
    assert source(client.get(AGENDA + "?moved=<x>")).count("autofocus") == 0


def test_a_draft_is_removed_after_a_check(cast: Cast, later: Meeting, signed_in: SignedIn) -> None:
    item = item_on(later, cast["coordinator"], "Deep dive")
    paper_at_item(item, cast["coordinator"], "The deep dive")
    client, address = signed_in("coordinator"), f"{AGENDA}items/{item.pk}/remove/"
    said = text(client.get(address))
    assert "Remove “Deep dive”? It was not published. It is deleted with its papers. The deep dive" in said
    assert "Reason" not in said
    assert "“Deep dive” is off the agenda." in text(client.post(address, follow=True))
    assert client.get(address).status_code == 404


def test_what_was_published_is_removed_with_a_reason(cast: Cast, later: Meeting, signed_in: SignedIn) -> None:
    made = published_then_drafted(later, cast["coordinator"])
    client, address = signed_in("coordinator"), f"{AGENDA}items/{made.sent_item.pk}/remove/"
    with nothing_changed():
        response = client.post(address, {"reason": " "})
    assert response.status_code == 400
    assert text(response).count("Enter why this item is withdrawn.") == 2
    with nothing_changed():
        long = client.post(address, {"reason": "x" * 501})
    assert text(long).count("Use at most 500 characters.") == 2
    assert "“Annual report” is off the agenda." in text(client.post(address, {"reason": "Not yet"}, follow=True))
    assert "Annual report" not in text(signed_in("member").get(AGENDA))


# --- foreign places ---------------------------------------------------------------------------------------------------


def test_an_item_of_another_meeting_or_board_is_not_found(
    cast: Cast, meeting: Meeting, later: Meeting, far: Meeting, signed_in: SignedIn
) -> None:
    here, alien = item_on(meeting, cast["coordinator"]), item_on(far, cast["coordinator"])
    client = signed_in("coordinator")
    for item in (here, alien):
        for act in ("", "remove/", "papers/"):
            assert client.get(f"{AGENDA}items/{item.pk}/{act}").status_code == 404
        assert client.post(f"{AGENDA}items/{item.pk}/move/", {"direction": "up"}).status_code == 404
    assert client.get(f"/p/portsmouth/board/meetings/{far.address}/agenda/").status_code == 404
    assert client.get(f"{AGENDA}items/{'9' * 30}/").status_code == 404
