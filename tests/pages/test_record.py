"""The record of a meeting on its page: what is saved, what is refused, and who never sees it."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from pytest_django import Settings

from meetings.models import AgendaItem, Decision, ItemRecord, Meeting, Minutes
from meetings.operations import begin_item, close_register, record_decision, record_discussion
from partnership.authorship import saved
from tests.cast import Cast, at
from tests.pages.conftest import SignedIn
from tests.pages.outcomes import ACTION, DECISION, item_on, taken_item
from tests.rights.places import places_in
from tests.rights.table import lines

RECORD = "/p/isle-of-wight/main-board/meetings/2027-03-17/record/"
SAID = "Families were asked and the health visitors heard."
NOT_YET = "The register of this meeting is not open yet."


@pytest.fixture
def item(cast: Cast, meeting: Meeting) -> AgendaItem:
    return item_on(cast, meeting)


def form(item: AgendaItem, version: int = 0, **fields: str) -> dict[str, str]:
    """The form of one item as the page draws it, with what was typed."""
    typed = {"discussion": "", "taken": "", **fields}
    here = {f"{name}-{item.pk}": text for name, text in typed.items() if name in {"discussion", "taken"}}
    rest = {name: text for name, text in typed.items() if name not in {"discussion", "taken"}}
    return {f"version-{item.pk}": str(version), **here, **rest}


def text(response: HttpResponseBase) -> str:
    assert isinstance(response, HttpResponse)
    return response.content.decode()


# --- the page ---------------------------------------------------------------------------------------------------------


def test_every_item_is_there_but_what_was_taken_off(cast: Cast, meeting: Meeting, signed_in: SignedIn) -> None:
    item_on(cast, meeting, title="Welcome")
    gone = item_on(cast, meeting, title="Taken off in the end")
    gone.withdrawn_at = at(9)
    saved(gone, by=cast.author, reason="Taken off")
    item_on(cast, meeting, title="School transport")
    drawn = text(signed_in("coordinator").get(RECORD))
    assert "Welcome" in drawn
    assert '<span class="q-item__n">2</span> School transport' in drawn
    assert "not published" in drawn
    assert "Taken off in the end" not in drawn


def test_a_meeting_without_an_agenda_says_so(meeting: Meeting, signed_in: SignedIn) -> None:
    assert "This meeting has no agenda yet." in text(signed_in("coordinator").get(RECORD))


def test_before_the_register_is_open_nothing_can_be_written(cast: Cast, signed_in: SignedIn) -> None:
    item = item_on(cast, cast.meeting())
    client = signed_in("coordinator")
    drawn = text(client.get(RECORD))
    assert NOT_YET in drawn
    assert "<textarea" not in drawn
    refused = client.post(RECORD, form(item, discussion=SAID))
    assert refused.status_code == 400
    assert NOT_YET in text(refused)
    assert not ItemRecord.objects.exists()


def test_the_chair_reads_and_writes_nothing(cast: Cast, meeting: Meeting, signed_in: SignedIn) -> None:
    taken_item(cast, meeting)
    drawn = text(signed_in("chair").get(RECORD))
    assert DECISION in drawn
    assert "Taken at 10:01am." in drawn
    assert "<textarea" not in drawn
    assert "Record a decision" not in drawn


def test_what_it_is_worth_stands_beside_a_decision(cast: Cast, meeting: Meeting, signed_in: SignedIn) -> None:
    taken_item(cast, meeting)
    drawn = text(signed_in("coordinator").get(RECORD))
    assert "These terms do not state how decisions are made." in drawn
    assert drawn.count("Taken while not quorate") == 2, "the item, and the decision at it"
    assert "Not quorate: 0 of 24 present." in drawn
    assert f"IOWSCP-1: {ACTION}" in drawn


# --- saving -----------------------------------------------------------------------------------------------------------


def test_taken_now_is_this_moment(item: AgendaItem, signed_in: SignedIn) -> None:
    response = signed_in("coordinator").post(RECORD, form(item, now=str(item.pk)))
    assert (response.status_code, response["Location"]) == (302, f"{RECORD}#item-{item.pk}")
    assert ItemRecord.objects.get().begun_at == at(10, 5)


def test_one_press_saves_every_item_that_changed(
    cast: Cast, meeting: Meeting, item: AgendaItem, signed_in: SignedIn
) -> None:
    second, third = item_on(cast, meeting, title="Second"), item_on(cast, meeting, title="Third")
    posted = form(item, discussion=f"{SAID}\r\nTwice.", taken="10:02") | form(second, discussion="Also") | form(third)
    response = signed_in("coordinator").post(RECORD, {**posted, "save": str(second.pk)}, follow=True)
    assert "The record is saved." in text(response)
    kept = {one.item: (one.begun_at, one.discussion) for one in ItemRecord.objects.all()}
    assert kept == {item: (at(10, 2), f"{SAID}\nTwice."), second: (None, "Also")}


def test_nothing_typed_changes_nothing(cast: Cast, item: AgendaItem, signed_in: SignedIn) -> None:
    begin_item(item=item, at=at(10, 2).replace(second=41), by=cast["coordinator"])
    response = signed_in("coordinator").post(RECORD, form(item, 1, taken="10:02"), follow=True)
    assert "Nothing had changed." in text(response)
    assert ItemRecord.objects.get().version == 1


@pytest.mark.parametrize(("button", "page"), [("decision", "decision"), ("action", "action")])
def test_a_button_saves_first_and_opens_its_form(item: AgendaItem, signed_in: SignedIn, button: str, page: str) -> None:
    response = signed_in("coordinator").post(RECORD, form(item, discussion=SAID, then=f"{button}-{item.pk}"))
    assert response["Location"] == f"{RECORD}{item.pk}/{page}/"
    assert ItemRecord.objects.get().discussion == SAID


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("25:99", "Enter a time like 10:25."),
        ("soon", "Enter a time like 10:25."),
        ("09:30", "The meeting began at 10am. Enter a later time."),
        ("11:00", "That time has not come yet."),
    ],
)
def test_a_bad_time_is_told_and_every_word_is_kept(
    item: AgendaItem, signed_in: SignedIn, typed: str, sentence: str
) -> None:
    response = signed_in("coordinator").post(RECORD, form(item, discussion=SAID, taken=typed))
    drawn = text(response)
    assert response.status_code == 400
    assert drawn.count(sentence) == 2, "in the summary and at the field"
    assert f'<a href="#taken-{item.pk}">Item 1: {sentence}</a>' in drawn
    assert "There is a problem" in drawn
    assert "<title>Error: " in drawn
    assert SAID in drawn
    assert not ItemRecord.objects.exists()


def test_a_time_is_corrected_and_not_emptied(cast: Cast, item: AgendaItem, signed_in: SignedIn) -> None:
    begin_item(item=item, at=at(10, 2), by=cast["manager"])
    emptied = signed_in("coordinator").post(RECORD, form(item, 1, taken="", discussion=SAID))
    assert emptied.status_code == 400
    assert "Enter a time like 10:25." in text(emptied)
    # A page drawn before anybody had recorded a time leaves the one recorded since as it is.
    assert signed_in("coordinator").post(RECORD, form(item, 0, taken="", discussion=SAID)).status_code == 302
    assert ItemRecord.objects.get().begun_at == at(10, 2)


@pytest.mark.parametrize(
    "broken",
    [
        {"version-{id}": "two"},
        {"version-{id}": "9" * 30},
        {"discussion-{id}": "Eve\x00Moor"},
        {"version-999999999": "0"},
    ],
)
def test_a_form_nobody_drew_is_refused(item: AgendaItem, signed_in: SignedIn, broken: dict[str, str]) -> None:
    posted = form(item, discussion=SAID) | {name.format(id=item.pk): value for name, value in broken.items()}
    response = signed_in("coordinator").post(RECORD, posted)
    assert response.status_code == 400
    assert "There is a problem" in text(response)
    assert not ItemRecord.objects.exists()


def test_of_two_texts_both_are_shown_and_saving_again_keeps_yours(
    cast: Cast, item: AgendaItem, signed_in: SignedIn
) -> None:
    record_discussion(item=item, text="What the manager wrote", version=0, by=cast["manager"])
    client = signed_in("coordinator")
    response = client.post(RECORD, form(item, discussion=SAID))
    drawn = text(response)
    assert response.status_code == 409
    assert "Somebody else changed this while you were writing." in drawn
    assert "What the manager wrote" in drawn
    assert SAID in drawn
    assert f'name="version-{item.pk}" value="1"' in drawn
    assert ItemRecord.objects.get().discussion == "What the manager wrote"
    assert client.post(RECORD, form(item, 1, discussion=SAID)).status_code == 302
    assert ItemRecord.objects.get().discussion == SAID


def test_a_form_refused_for_one_thing_still_minds_what_others_write(
    cast: Cast, meeting: Meeting, item: AgendaItem, signed_in: SignedIn
) -> None:
    """Whoever mends a time saves again from the page as it was drawn, not over words they never saw."""
    second, client = item_on(cast, meeting, title="Second"), signed_in("coordinator")
    record_discussion(item=item, text="What the manager wrote", version=0, by=cast["manager"])
    refused = client.post(RECORD, form(item, discussion=SAID) | form(second, taken="09:00"))
    assert refused.status_code == 400
    assert f'name="version-{item.pk}" value="0"' in text(refused)
    mended = client.post(RECORD, form(item, discussion=SAID) | form(second, taken="10:01"))
    assert mended.status_code == 409
    assert "What the manager wrote" in text(mended)
    assert ItemRecord.objects.get().discussion == "What the manager wrote"


def test_a_clash_over_the_time_shows_the_words_as_they_are_now(
    cast: Cast, item: AgendaItem, signed_in: SignedIn
) -> None:
    record_discussion(item=item, text="As it was", version=0, by=cast["manager"])
    begin_item(item=item, at=at(10, 2), by=cast["manager"])
    record_discussion(item=item, text="As the manager has it now", version=2, by=cast["manager"])
    client = signed_in("coordinator")
    clash = client.post(RECORD, form(item, 1, discussion="As it was", taken="10:04"))
    drawn = text(clash)
    assert clash.status_code == 409
    assert "Taken at, as somebody else wrote it:" in drawn
    assert f'name="taken-{item.pk}" value="10:04"' in drawn
    assert "As the manager has it now" in drawn
    assert "As it was" not in drawn
    untouched = client.post(RECORD, form(item, 1, discussion="As it was"), follow=True)
    assert "Nothing had changed." in text(untouched)


def test_a_closed_register_asks_why_a_time_is_corrected(
    cast: Cast, meeting: Meeting, item: AgendaItem, signed_in: SignedIn, stopped_clock: Settings
) -> None:
    stopped_clock.CLOCK_STOPPED_AT = at(12, 30)
    close_register(meeting=meeting, at=at(12, 20), by=cast["coordinator"])
    client = signed_in("coordinator")
    assert "Why a time is corrected" in text(client.get(RECORD))
    refused = client.post(RECORD, form(item, taken="11:00"))
    assert refused.status_code == 400
    told = "The register is closed. Say why you change when the item was taken."
    assert f'<a href="#reason">{told}</a>' in text(refused)
    assert text(refused).count(told) == 2, "in the summary and at the field"
    assert client.post(RECORD, form(item, taken="11:00", reason="Read from my notes")).status_code == 302
    assert ItemRecord.objects.get().begun_at == at(11)


# --- decisions --------------------------------------------------------------------------------------------------------


def test_a_decision_without_a_time_is_made_now(item: AgendaItem, signed_in: SignedIn) -> None:
    response = signed_in("coordinator").post(f"{RECORD}{item.pk}/decision/", {"text": DECISION, "decided": ""})
    assert response["Location"] == f"{RECORD}#item-{item.pk}"
    assert Decision.objects.get().decided_at == at(10, 5)


@pytest.mark.parametrize(
    ("words", "time", "sentence"),
    [
        (" ", "10:02", "Enter what was decided."),
        (DECISION, "09:10", "The meeting began at 10am. Enter a later time."),
        (DECISION, "never", "Enter a time like 10:25."),
        ("Eve\x00Moor", "10:02", "Null characters are not allowed."),
    ],
)
def test_a_decision_that_cannot_be_is_told(
    item: AgendaItem, signed_in: SignedIn, words: str, time: str, sentence: str
) -> None:
    response = signed_in("coordinator").post(f"{RECORD}{item.pk}/decision/", {"text": words, "decided": time})
    assert response.status_code == 400
    assert text(response).count(sentence) == 2, "in the summary and at the field"
    assert f'value="{time}"' in text(response)
    assert not Decision.objects.exists()


def test_a_draft_decision_is_changed_and_taken_back(cast: Cast, item: AgendaItem, signed_in: SignedIn) -> None:
    decision = record_decision(item=item, text=DECISION, decided_at=at(10, 2), by=cast["manager"])
    address, client = f"{RECORD}decisions/{decision.pk}/", signed_in("coordinator")
    assert 'value="10:02"' in text(client.get(address))
    assert client.post(address, {"version": "1", "text": "Adopted in part", "decided": "10:03"}).status_code == 302
    decision.refresh_from_db()
    assert (decision.text, decision.decided_at, decision.version) == ("Adopted in part", at(10, 3), 2)
    stale = client.post(address, {"version": "1", "text": "Mine", "decided": "10:03"})
    assert stale.status_code == 409
    assert "Adopted in part" in text(stale)
    assert "Mine" in text(stale)
    assert 'name="version" value="2"' in text(stale)
    whole = {"version": "2", "text": "Adopted in part", "decided": "10:03", "withdraw": "yes"}
    unexplained = client.post(address, whole)
    assert unexplained.status_code == 400
    assert text(unexplained).count("Say why the decision is taken off the record.") == 2
    assert "<title>Error: " in text(unexplained)
    assert client.post(address, {**whole, "reason": "Noted twice"}).status_code == 302
    assert not Decision.objects.exists()
    assert client.get(address).status_code == 404


def test_what_minutes_carried_is_shown_and_not_changed(
    cast: Cast, meeting: Meeting, item: AgendaItem, signed_in: SignedIn
) -> None:
    decision = record_decision(item=item, text=DECISION, decided_at=at(10, 2), by=cast["manager"])
    minutes = Minutes(meeting=meeting, version=1, content={}, sent_at=at(10, 4))
    decision.sent_in = saved(minutes, by=cast.author, reason="Sent")
    saved(decision, by=cast.author, reason="Sent", fields=["sent_in"])
    client, address = signed_in("coordinator"), f"{RECORD}decisions/{decision.pk}/"
    drawn = text(client.get(RECORD))
    assert "Sent with the minutes." in drawn
    assert address not in drawn
    page = text(client.get(address))
    assert "These terms do not state how decisions are made." in page
    assert "Save the decision" not in page
    refused = client.post(address, {"version": "1", "text": "Mine", "decided": "10:02"})
    assert refused.status_code == 400
    assert "The minutes were sent with this decision, so it cannot be changed." in text(refused)
    assert Decision.objects.get().text == DECISION


def test_a_decision_or_item_of_another_meeting_is_not_found(
    cast: Cast, meeting: Meeting, later: Meeting, signed_in: SignedIn
) -> None:
    item, decision, _ = taken_item(cast, meeting)
    other = RECORD.replace("2027-03-17", later.address)
    for path in (f"{item.pk}/decision/", f"{item.pk}/action/", f"decisions/{decision.pk}/"):
        assert signed_in("coordinator").get(other + path).status_code == 404


# --- privacy ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["observer", "member", "scrutineer", "neighbour"])
def test_a_draft_is_nowhere_for_those_it_is_not_meant_for(
    cast: Cast, meeting: Meeting, signed_in: SignedIn, who: str
) -> None:
    places = places_in(cast, meeting)
    item = AgendaItem.objects.get(title="Neglect strategy")
    record_discussion(item=item, text=SAID, version=1, by=cast["coordinator"])
    client, coordinator = signed_in(who), signed_in("coordinator")
    pages = [line.at(**places) for line in lines("get") if line.name != "sign_in"]
    assert any(DECISION.encode() in coordinator.get(path).getvalue() for path in pages), "somebody does read it"
    for path in pages:
        drawn = client.get(path).getvalue()
        for secret in (DECISION, SAID):
            assert secret.encode() not in drawn, path
