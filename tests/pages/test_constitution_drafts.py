"""Changing a rule in the browser: its form keeps what was typed, shows what it would do, and loses nobody's change."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client

from meetings.operations.constitution_drafts import begin_draft
from meetings.operations.constitutions import adopt_version
from partnership.constitutions.editing import replace_version
from partnership.models import Constitution, ConstitutionDraft
from tests.cast import Cast
from tests.pages.conftest import SignedIn
from tests.pages.test_constitution_pages import main_of

RULES = "/p/isle-of-wight/main-board/constitution/"
DRAFT = RULES + "draft/"
QUORUM = DRAFT + "rules/rules/quorum/"


def text_of_page(response: HttpResponseBase) -> str:
    assert isinstance(response, HttpResponse)
    return response.content.decode()


def form_of(response: HttpResponseBase) -> dict[str, list[str]]:
    """What a browser would send of the page's form as it stands."""
    html = text_of_page(response)
    html = html[html.index("<form", html.index('id="main"')) :]
    html = html[: html.index("</form>")]
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name, value = re.search(r' name="([^"]*)"', tag), re.search(r' value="([^"]*)"', tag)
        kind = re.search(r' type="([^"]*)"', tag)
        if name and (kind is None or kind[1] not in {"radio", "checkbox"} or " checked" in tag):
            sent.setdefault(unescape(name[1]), []).append(unescape(value[1]) if value else "")
    for name, inside in re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>\n?(.*?)</textarea>', html, re.DOTALL):
        sent[unescape(name)] = [unescape(inside).replace("\n", "\r\n")]
    for name, inside in re.findall(r'<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>', html, re.DOTALL):
        options = re.findall(r'<option value="([^"]*)"([^>]*)>', inside)
        chosen = [value for value, more in options if "selected" in more] or [options[0][0]]
        sent[unescape(name)] = [unescape(chosen[0])]
    return sent


@pytest.fixture
def draft(cast: Cast) -> ConstitutionDraft:
    return begin_draft(board=cast.board, reason="Agreed on 17 March, item 9", by=cast["manager"])


def kept(draft: ConstitutionDraft) -> str:
    draft.refresh_from_db()
    return draft.text


def test_a_form_sent_back_as_it_was_changes_no_character(
    cast: Cast, signed_in: SignedIn, draft: ConstitutionDraft
) -> None:
    client = signed_in("coordinator")
    before = draft.text
    for place in ("rules/quorum", "rules/quarterly", "seats/chair", "offices/chair", "capacities/deputy"):
        page = client.get(f"{DRAFT}rules/{place}/")
        assert page.status_code == 200, place
        assert client.post(f"{DRAFT}rules/{place}/", {**form_of(page), "step": "save"}).status_code == 302
    assert kept(draft) == before
    assert draft.edition == 1


def test_more_than_half_is_previewed_and_then_kept(cast: Cast, signed_in: SignedIn, draft: ConstitutionDraft) -> None:
    client = signed_in("coordinator")
    sent = form_of(client.get(QUORUM)) | {"all.0.share.~how": ["more_than"]}
    preview = client.post(QUORUM, {**sent, "step": "preview"})
    assert preview.status_code == 200
    said = main_of(preview)
    assert "More than half of the 24 members are present." in said
    assert "No meeting has been held yet" in said
    assert "at_least: 1/2" in kept(draft)
    assert client.post(QUORUM, {**sent, "step": "save", "why": "Item 9"}).status_code == 302
    assert "more_than: 1/2" in kept(draft)
    assert draft.edition == 2
    assert draft.history.latest("history_id").history_change_reason == "Item 9"
    assert Constitution.objects.filter(board=cast.board).count() == 1


def test_the_live_preview_is_a_part_of_the_page(cast: Cast, signed_in: SignedIn, draft: ConstitutionDraft) -> None:
    client = signed_in("coordinator")
    sent = form_of(client.get(QUORUM)) | {"all.0.share.~how": ["min"], "all.0.share.~number": ["14"]}
    live = text_of_page(client.post(QUORUM, {**sent, "step": "preview"}, headers={"HX-Request": "true"}))
    assert "<html" not in live
    assert "14" in live
    assert "The rule would read" in live


@pytest.mark.parametrize(
    ("place", "changed", "field", "sentence"),
    [
        ("rules/quorum", {"all.0.share.~fraction": "0.5"}, "all.0.share.~fraction", "Expected a fraction such as"),
        ("rules/quorum", {"all.0.share.~fraction": "3/2"}, "all.0.share.~fraction", "A share lies above 0"),
        ("rules/quorum", {"all.0.share.~how": "min"}, "all.0.count.~number", "Expected a whole number"),
        ("rules/quorum", {"all.3.each_of": ""}, "all.3.each_of", "Expected a list of at least 1"),
        ("rules/quorum", {"clause.ref": ""}, "clause.ref", "Fill this in."),
        ("rules/quarterly", {"at_least": "many"}, "at_least", "Expected a whole number, found"),
        ("rules/papers", {"time.amount": "-3"}, "time.amount", "Expected a number of at least 0"),
        ("rules/papers", {"reminders": "-7, soon"}, "reminders", "Expected a whole number"),
        ("rules/quorum", {"name": "\0\x1b"}, "name", "cannot be printed"),
    ],
)
def test_a_mistake_names_the_field_and_what_was_expected_and_keeps_what_was_typed(
    cast: Cast,
    signed_in: SignedIn,
    draft: ConstitutionDraft,
    place: str,
    changed: dict[str, str],
    field: str,
    sentence: str,
) -> None:
    client = signed_in("coordinator")
    address = f"{DRAFT}rules/{place}/"
    sent = form_of(client.get(address)) | {name: [value] for name, value in changed.items()}
    answer = client.post(address, {**sent, "step": "save", "why": "Item 9"})
    assert answer.status_code == 400
    html = text_of_page(answer)
    assert sentence in unescape(html)
    if sentence != "cannot be printed":
        assert f'href="#f-{field}' in html
        assert all([value] in form_of(answer).values() for value in changed.values() if value)
    assert 'value="Item 9"' in html
    assert kept(draft) == draft.text
    assert draft.edition == 1


def test_two_editors_of_two_rules_lose_nothing(cast: Cast, signed_in: SignedIn, draft: ConstitutionDraft) -> None:
    one, other = signed_in("coordinator"), signed_in("manager")
    first, second = form_of(one.get(QUORUM)), form_of(other.get(f"{DRAFT}rules/rules/quarterly/"))
    assert one.post(QUORUM, {**first, "all.0.share.~how": "more_than", "step": "save"}).status_code == 302
    answer = other.post(f"{DRAFT}rules/rules/quarterly/", {**second, "at_least": "2", "step": "save"})
    assert answer.status_code == 302
    assert "more_than: 1/2" in kept(draft)
    assert "at_least: 2" in draft.text


def test_two_editors_of_one_rule_see_both_and_neither_is_lost(
    cast: Cast, signed_in: SignedIn, draft: ConstitutionDraft
) -> None:
    one, other = signed_in("coordinator"), signed_in("manager")
    first, second = form_of(one.get(QUORUM)), form_of(other.get(QUORUM))
    one.post(QUORUM, {**first, "all.0.share.~how": "more_than", "step": "save"})
    clash = other.post(QUORUM, {**second, "all.0.share.~fraction": "2/3", "step": "save"})
    assert clash.status_code == 409
    assert "Coordinator changed this rule meanwhile. Nothing of yours was stored." in main_of(clash)
    assert form_of(clash)["all.0.share.~fraction"] == ["2/3"]
    assert "more_than: 1/2" in kept(draft)
    assert other.post(QUORUM, {**form_of(clash), "step": "save"}).status_code == 302
    assert "at_least: 2/3" in kept(draft)


def test_a_requirement_is_added_and_taken_out(cast: Cast, signed_in: SignedIn, draft: ConstitutionDraft) -> None:
    client = signed_in("coordinator")
    sent = form_of(client.get(QUORUM))
    sent |= {"all.2.~remove": ["yes"], "all.~add.kind": ["each_of"], "all.~add.organisations": ["probation"]}
    assert client.post(QUORUM, {**sent, "step": "save"}).status_code == 302
    assert "scrutineer-present" not in kept(draft)
    assert "each_of: [probation]" in draft.text


def test_rules_are_added_and_taken_out(cast: Cast, signed_in: SignedIn, draft: ConstitutionDraft) -> None:
    client = signed_in("coordinator")
    assert client.get(DRAFT + "add/").status_code == 200
    address = DRAFT + "add/standing_items/"
    sent = form_of(client.get(address)) | {
        "title": ["Welcome and apologies"], "kind": ["standing"], "when": ["every meeting"], "clause.ref": ["4"],
        "clause.words": ["Each meeting begins with apologies."],
    }  # fmt: skip
    assert client.post(address, {**sent, "step": "preview"}).status_code == 200
    assert client.post(address, {**sent, "step": "save"}).status_code == 302
    assert "id: welcome-and-apologies" in kept(draft)
    gone = DRAFT + "rules/rules/welcome-and-apologies/take-out/"
    assert client.get(gone).status_code == 200
    assert client.post(gone).status_code == 302
    assert "welcome-and-apologies" not in kept(draft)
    # What the quorum rests on has to stay.
    refused = client.post(DRAFT + "rules/offices/chair/take-out/")
    assert refused.status_code == 400
    assert "The rule has to stay" in main_of(refused)


@pytest.mark.parametrize("section", ["quorum", "counting", "inquorate", "absences"])
def test_where_a_rule_says_one_of_several_things_the_kind_is_asked_first(
    cast: Cast, signed_in: SignedIn, draft: ConstitutionDraft, section: str
) -> None:
    client = signed_in("coordinator")
    page = text_of_page(client.get(f"{DRAFT}add/{section}/"))
    kinds = re.findall(r'href="\?kind=([a-z_]+)"', page)
    assert len(kinds) > 2
    for kind in kinds:
        assert client.get(f"{DRAFT}add/{section}/?kind={kind}").status_code == 200
        answer = client.post(f"{DRAFT}add/{section}/?kind={kind}", {"step": "save"})
        assert answer.status_code == 400


def test_hostile_words_are_refused_and_never_break_the_page(
    cast: Cast, signed_in: SignedIn, draft: ConstitutionDraft
) -> None:
    client = signed_in("coordinator")
    sent = form_of(client.get(QUORUM))
    for words in ("\0", "x" * 5000, "]: {&a *a !!python\n- #"):
        for name in ("clause.words", "all.0.share.~fraction", "tested"):
            answer = client.post(QUORUM, {**sent, name: words, "step": "preview"})
            assert answer.status_code in {200, 400}, (name, words)
    assert client.post(QUORUM, {"drawn": "forged", "step": "save"}).status_code == 302
    assert client.post(QUORUM, {**sent, "drawn": "x" * 100_000}).status_code in {302, 400}
    assert client.get(DRAFT + "add/version/").status_code == 404
    assert client.get(DRAFT + "add/nonsense/").status_code == 404
    assert client.get(DRAFT + "rules/rules/nonsense/").status_code == 404
    assert kept(draft) == draft.text


def begin(client: Client) -> None:
    assert client.post(DRAFT + "begin/", {"reason": "Agreed on 17 March, item 9"}).status_code == 302


def test_a_draft_is_begun_dated_and_brought_into_force_where_nobody_signs(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("manager")
    assert "No draft is under way." in main_of(client.get(DRAFT))
    assert client.post(DRAFT + "begin/", {"reason": ""}).status_code == 400
    begin(client)
    assert client.post(DRAFT + "begin/", {"reason": "Again"}).status_code == 400
    edition = {"edition": "1"}
    refused = client.post(DRAFT + "forward/", edition)
    assert "change a rule first" in main_of(refused)
    sent = form_of(client.get(QUORUM)) | {"all.0.share.~how": ["more_than"]}
    client.post(QUORUM, {**sent, "step": "save"})
    assert "Say from which day" in main_of(client.post(DRAFT + "forward/", {"edition": "2"}))
    details = form_of(client.get(DRAFT + "details/"))
    wrong = client.post(DRAFT + "details/", {**details, "in_force_from": "2027-03-01"})
    assert wrong.status_code == 400
    assert client.post(DRAFT + "details/", {**details, "in_force_from": "2027-05-01"}).status_code == 302
    stale = client.post(DRAFT + "forward/", {"edition": "2"})
    assert stale.status_code == 409
    assert "Read it again first" in main_of(stale)
    assert client.post(DRAFT + "forward/", {"edition": "3"}).status_code == 302
    adopted = Constitution.objects.get(board=cast.board, version=3)
    assert adopted.in_force_from == date(2027, 5, 1)
    assert "more_than: 1/2" in adopted.text
    assert "Became version 3" in main_of(client.get(DRAFT))


def test_a_draft_is_discarded_with_a_reason_and_stays_to_be_seen(
    cast: Cast, signed_in: SignedIn, draft: ConstitutionDraft
) -> None:
    client = signed_in("coordinator")
    assert client.post(DRAFT + "discard/", {"reason": " "}).status_code == 400
    assert client.post(DRAFT + "discard/", {"reason": "Not agreed"}).status_code == 302
    said = main_of(client.get(DRAFT))
    assert "Discarded by Coordinator on 17 March 2027: Not agreed." in said
    assert client.get(QUORUM).status_code == 404


def test_a_draft_overtaken_by_another_version_is_looked_at_again(
    cast: Cast, signed_in: SignedIn, draft: ConstitutionDraft
) -> None:
    client = signed_in("coordinator")
    sent = form_of(client.get(QUORUM)) | {"all.0.share.~how": ["more_than"]}
    client.post(QUORUM, {**sent, "step": "save"})
    other = cast.constitution.text.replace("at_least: 1\n    per: quarter", "at_least: 2\n    per: quarter")
    version = {"number": 3, "title": "Meanwhile", "in_force_from": "2027-04-01", "review_by": "not stated"}
    other = replace_version(other, version)
    adopt_version(
        board=cast.board, text=other, in_force_from=date(2027, 4, 1), after=cast.constitution, reason="Meanwhile",
        by=cast["manager"],
    )  # fmt: skip
    assert "Version 3 was adopted after this draft was begun." in main_of(client.get(DRAFT))
    assert client.post(DRAFT + "forward/", {"edition": "2"}).status_code == 409
    assert client.post(DRAFT + "look-again/").status_code == 302
    assert "more_than: 1/2" in kept(draft)
    assert "at_least: 2\n    per: quarter" in draft.text
    assert "number: 4" in draft.text
    assert draft.follows is not None
    assert draft.follows.version == 3


def test_the_page_shows_the_draft_to_those_who_may_read_it_without_a_way_to_change_it(
    cast: Cast, signed_in: SignedIn, draft: ConstitutionDraft
) -> None:
    for name in ("chair", "scrutineer"):
        said = main_of(signed_in(name).get(DRAFT))
        assert "Draft of version 3" in said
        assert "Discard" not in said
    assert signed_in("member").get(DRAFT).status_code == 404
