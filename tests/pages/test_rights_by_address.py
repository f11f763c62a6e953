"""The authorisation table: every address, every role, each cell a real request. Expected values are typed by hand.

A letter a cell: `y` the page, `f` forbidden (it may be read and not written), `-` 404 (may not know of it),
`s` sent to the sign-in page. An address without a row fails the last test.
"""

from __future__ import annotations

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from meetings.models import Meeting
from tests.agendas import published_then_drafted
from tests.cast import Cast
from tests.pages.conftest import SignedIn
from tests.pages.finished_documents import finished_documents
from tests.pages.outcomes import taken_item

WHO = (
    "anonymous", "nobody", "outsider", "neighbour", "observer", "member", "deputy", "chair", "scrutineer",
    "coordinator", "manager",
)  # fmt: skip
STATUS = {"y": {200, 302}, "f": {403}, "-": {404}}
SENT_TO_SIGN_IN = 302

ISLAND = "/p/isle-of-wight/"
BOARD = ISLAND + "main-board/"
MEETING = BOARD + "meetings/2027-03-17/"
TODAY = BOARD + "meetings/2027-03-17/register/"
RECORD = BOARD + "meetings/2027-03-17/record/"
AGENDA = BOARD + "meetings/2027-03-17/agenda/"
PAPERS = BOARD + "meetings/2027-03-17/papers/"
ACTION = BOARD + "actions/{action}/"
MINUTES = BOARD + "meetings/2027-03-17/minutes/"
DOCUMENTS = BOARD + "meetings/2027-03-17/documents/"

# address name, method, path                                         anon nob out nei obs mem dep cha scr coo man
READ = (
    ("sign_in", "get", "/sign-in/",                                  "y   y   y   y   y   y   y   y   y   y   y"),
    ("home", "get", "/",                                             "s   y   y   y   y   y   y   y   y   y   y"),
    ("style", "get", "/style/",                                      "s   y   y   y   y   y   y   y   y   y   y"),
    ("partnership", "get", ISLAND,                                   "s   -   -   y   y   y   y   y   y   y   y"),
    ("outbox", "get", ISLAND + "outbox/",                            "s   -   -   y   y   y   y   y   y   y   y"),
    ("agencies", "get", ISLAND + "agencies/",                        "s   -   -   y   y   y   y   y   y   y   y"),
    ("board", "get", BOARD,                                          "s   -   -   y   y   y   y   y   y   y   y"),
    ("members", "get", BOARD + "members/",                           "s   -   -   y   y   y   y   y   y   y   y"),
    ("constitution", "get", BOARD + "constitution/",                 "s   -   -   y   y   y   y   y   y   y   y"),
    ("constitution_version", "get", BOARD + "constitution/2/",       "s   -   -   y   y   y   y   y   y   y   y"),
    ("constitution_file", "get", BOARD + "constitution/2/file/",     "s   -   -   f   y   y   y   y   y   y   y"),
    ("constitution_compare", "get", BOARD + "constitution/compare/2/2/",
                                                                     "s   -   -   y   y   y   y   y   y   y   y"),
    ("constitution_import", "get", BOARD + "constitution/import/",   "s   -   -   -   -   -   -   f   f   y   y"),
    ("meetings", "get", BOARD + "meetings/",                         "s   -   -   y   y   y   y   y   y   y   y"),
    ("attendance", "get", BOARD + "attendance/",                     "s   -   -   -   -   y   y   y   y   y   y"),
    ("attendance_year", "get", BOARD + "attendance/2027/",           "s   -   -   -   -   y   y   y   y   y   y"),
    ("attendance_file", "get", BOARD + "attendance/2027/file/",      "s   -   -   -   -   f   f   y   y   y   y"),
    ("overview", "get", BOARD + "overview/",                         "s   -   -   -   -   f   f   y   y   y   y"),
    ("overview_year", "get", BOARD + "overview/2027/",               "s   -   -   -   -   f   f   y   y   y   y"),
    ("overview_file", "get", BOARD + "overview/2027/file/",          "s   -   -   -   -   f   f   y   y   y   y"),
    ("overview_figures", "get", BOARD + "overview/2027/file/quorum/", "s   -   -   -   -   f   f   y   y   y   y"),
    ("register", "get", TODAY,                                       "s   -   -   -   y   y   y   y   y   y   y"),
    ("register_changes", "get", TODAY + "changes/",                  "s   -   -   -   f   f   f   f   f   y   y"),
    ("register_sheet", "get", TODAY + "sheet/",                      "s   -   -   -   y   y   y   y   y   y   y"),
    ("agenda", "get", AGENDA,                                        "s   -   -   -   y   y   y   y   y   y   y"),
    ("agenda_add", "get", AGENDA + "add/",                           "s   -   -   -   -   -   -   f   f   y   y"),
    ("agenda_publish", "get", AGENDA + "publish/",                   "s   -   -   -   f   f   f   f   f   y   y"),
    ("agenda_item", "get", AGENDA + "items/{sent_item}/",            "s   -   -   -   -   -   -   f   f   y   y"),
    ("agenda_item", "get", AGENDA + "items/{draft_item}/",           "s   -   -   -   -   -   -   f   f   y   y"),
    ("agenda_item_remove", "get", AGENDA + "items/{draft_item}/remove/",
                                                                     "s   -   -   -   -   -   -   f   f   y   y"),
    ("agenda_item_papers", "get", AGENDA + "items/{draft_item}/papers/",
                                                                     "s   -   -   -   -   -   -   f   f   y   y"),
    ("paper", "get", PAPERS + "{sent_paper}/",                       "s   -   -   -   y   y   y   y   y   y   y"),
    ("paper", "get", PAPERS + "{draft_paper}/",                      "s   -   -   -   -   -   -   y   y   y   y"),
    ("paper_withdraw", "get", PAPERS + "{sent_paper}/withdraw/",     "s   -   -   -   -   -   -   f   f   y   y"),
    ("meeting", "get", MEETING,                                      "s   -   -   -   y   y   y   y   y   y   y"),
    ("meeting_call", "get", BOARD + "meetings/call/",                "s   -   -   -   f   f   f   f   f   y   y"),
    ("meeting_move", "get", MEETING + "move/",                       "s   -   -   -   f   f   f   f   f   y   y"),
    ("meeting_cancel", "get", MEETING + "cancel/",                   "s   -   -   -   f   f   f   f   f   y   y"),
    ("meeting_reply", "get", MEETING + "reply/",                     "s   -   -   -   -   y   y   y   y   y   y"),
    # A member answers for their own place alone.
    ("meeting_reply", "get", MEETING + "reply/?seat=chair",          "s   -   -   -   -   f   f   y   f   y   y"),
    ("register_history", "get", TODAY + "history/",                  "s   -   -   -   y   y   y   y   y   y   y"),
    ("register_close", "get", TODAY + "close/",                      "s   -   -   -   f   f   f   f   f   y   y"),
    ("register_add", "get", TODAY + "add/",                          "s   -   -   -   f   f   f   f   f   y   y"),
    ("register_row", "get", TODAY + "rows/{row}/",                   "s   -   -   -   f   f   f   f   f   y   y"),
    ("record", "get", RECORD,                                        "s   -   -   -   -   -   -   y   -   y   y"),
    ("record_decide", "get", RECORD + "{item}/decision/",            "s   -   -   -   -   -   -   f   -   y   y"),
    ("record_action", "get", RECORD + "{item}/action/",              "s   -   -   -   -   -   -   f   -   y   y"),
    ("record_decision", "get", RECORD + "decisions/{decision}/",     "s   -   -   -   -   -   -   f   -   y   y"),
    ("minutes", "get", MINUTES,                                      "s   -   -   -   y   y   y   y   y   y   y"),
    ("minutes_send", "get", MINUTES + "send/",                       "s   -   -   -   -   -   -   f   -   y   y"),
    ("document", "get", DOCUMENTS + "{sent_document}/",              "s   -   -   -   y   y   y   y   y   y   y"),
    ("document", "get", DOCUMENTS + "{draft_document}/",             "s   -   -   -   -   -   -   y   -   y   y"),
    ("document_file", "get", DOCUMENTS + "{sent_document}/file/",    "s   -   -   -   y   y   y   y   y   y   y"),
    ("document_file", "get", DOCUMENTS + "{draft_document}/file/",   "s   -   -   -   -   -   -   y   -   y   y"),
    ("actions", "get", BOARD + "actions/",                           "s   -   -   -   y   y   y   y   y   y   y"),
    ("actions_file", "get", BOARD + "actions/file/",                 "s   -   -   -   f   f   f   f   f   y   y"),
    ("action_add", "get", BOARD + "actions/add/",                    "s   -   -   -   f   f   f   f   f   y   y"),
    ("action", "get", ACTION,                                        "s   -   -   -   y   y   y   y   y   y   y"),
    ("action_change", "get", ACTION + "change/",                     "s   -   -   -   f   f   f   f   f   y   y"),
    ("action_decide", "get", ACTION + "decide/",                     "s   -   -   -   f   f   f   y   f   y   y"),
)  # fmt: skip
WRITE = (
    ("register", "post", TODAY,                                      "s   -   -   -   f   f   f   f   f   y   y"),
    ("meeting_call", "post", BOARD + "meetings/call/",               "s   -   -   -   f   f   f   f   f   y   y"),
    ("meeting_move", "post", MEETING + "move/",                      "s   -   -   -   f   f   f   f   f   y   y"),
    ("meeting_cancel", "post", MEETING + "cancel/",                  "s   -   -   -   f   f   f   f   f   y   y"),
    ("meeting_reply", "post", MEETING + "reply/",                    "s   -   -   -   -   y   y   y   y   y   y"),
    ("meeting_reply", "post", MEETING + "reply/?seat=chair",         "s   -   -   -   -   f   f   y   f   y   y"),
    ("register_open", "post", TODAY + "open/",                       "s   -   -   -   f   f   f   f   f   y   y"),
    ("agenda_start", "post", AGENDA + "start/",                      "s   -   -   -   -   -   -   f   f   y   y"),
    ("agenda_add", "post", AGENDA + "add/",                          "s   -   -   -   -   -   -   f   f   y   y"),
    ("agenda_publish", "post", AGENDA + "publish/",                  "s   -   -   -   f   f   f   f   f   y   y"),
    ("agenda_item", "post", AGENDA + "items/{draft_item}/",          "s   -   -   -   -   -   -   f   f   y   y"),
    ("agenda_item_move", "post", AGENDA + "items/{draft_item}/move/",
                                                                     "s   -   -   -   -   -   -   f   f   y   y"),
    ("agenda_item_remove", "post", AGENDA + "items/{draft_item}/remove/",
                                                                     "s   -   -   -   -   -   -   f   f   y   y"),
    ("agenda_item_papers", "post", AGENDA + "items/{draft_item}/papers/",
                                                                     "s   -   -   -   -   -   -   f   f   y   y"),
    ("paper_withdraw", "post", PAPERS + "{draft_paper}/withdraw/",   "s   -   -   -   -   -   -   f   f   y   y"),
    ("register_close", "post", TODAY + "close/",                     "s   -   -   -   f   f   f   f   f   y   y"),
    ("register_add", "post", TODAY + "add/",                         "s   -   -   -   f   f   f   f   f   y   y"),
    ("register_row", "post", TODAY + "rows/{row}/",                  "s   -   -   -   f   f   f   f   f   y   y"),
    ("record", "post", RECORD,                                       "s   -   -   -   -   -   -   f   -   y   y"),
    ("record_decide", "post", RECORD + "{item}/decision/",           "s   -   -   -   -   -   -   f   -   y   y"),
    ("record_action", "post", RECORD + "{item}/action/",             "s   -   -   -   -   -   -   f   -   y   y"),
    ("record_decision", "post", RECORD + "decisions/{decision}/",    "s   -   -   -   -   -   -   f   -   y   y"),
    ("minutes_send", "post", MINUTES + "send/",                      "s   -   -   -   -   -   -   f   -   y   y"),
    # Which document, and whether it is theirs, is asked once it is named: see test_documents.py.
    ("documents", "post", DOCUMENTS,                                 "s   -   -   -   y   y   y   y   y   y   y"),
    ("action_add", "post", BOARD + "actions/add/",                   "s   -   -   -   f   f   f   f   f   y   y"),
    # The action is the member's own: nobody else of the board reports on it but the team.
    ("action_update", "post", ACTION + "update/",                    "s   -   -   -   f   y   f   f   f   y   y"),
    ("action_change", "post", ACTION + "change/",                    "s   -   -   -   f   f   f   f   f   y   y"),
    ("action_decide", "post", ACTION + "decide/",                    "s   -   -   -   f   f   f   y   f   y   y"),
    ("constitution_import", "post", BOARD + "constitution/import/",  "s   -   -   -   -   -   -   f   f   y   y"),
    ("sign_out", "post", "/sign-out/",                               "s   y   y   y   y   y   y   y   y   y   y"),
)  # fmt: skip
TABLE = READ + WRITE
# Open to machines that watch the installation; its own tests are in tests/platform.
ELSEWHERE = {"health"}
# A form with nothing in it is told what is missing: it was let in.
TOLD_WHAT_IS_MISSING = {400}


@pytest.mark.parametrize("who", WHO)
def test_every_cell_of_a_column(cast: Cast, meeting: Meeting, signed_in: SignedIn, who: str) -> None:
    places = places_in(cast, meeting)
    client = signed_in(who)
    wrong = []
    for name, method, path, letters in TABLE:
        letter = dict(zip(WHO, letters.split(), strict=True))[who]
        # Each request is undone, so that no cell depends on the one before it.
        with transaction.atomic():
            response = getattr(client, method)(path.format(**places))
            transaction.set_rollback(True)
        response.getvalue()  # what is streamed is read to its end, and closed
        if not _is_as_typed(response, method, letter):
            wrong.append(f"{method} {name}: {response.status_code} where the table says {letter!r}")
    assert wrong == []


def places_in(cast: Cast, meeting: Meeting) -> dict[str, object]:
    """What the paths of the table leave open, made on that meeting."""
    row = meeting.attendances.get(seat__key="constabulary")
    item, decision, action = taken_item(cast, meeting)
    places: dict[str, object] = {"row": row.pk, "item": item.pk, "decision": decision.pk, "action": action.number}
    return places | _agenda_places(meeting, cast) | finished_documents(cast, meeting)


def _agenda_places(meeting: Meeting, cast: Cast) -> dict[str, object]:
    made = published_then_drafted(meeting, cast["coordinator"])
    return {
        "sent_item": made.sent_item.pk,
        "sent_paper": made.sent_paper.uuid,
        "draft_item": made.draft_item.pk,
        "draft_paper": made.draft_paper.uuid,
    }


def _is_as_typed(response: HttpResponse, method: str, letter: str) -> bool:
    if letter == "s":
        return response.status_code == SENT_TO_SIGN_IN and response["Location"].startswith("/sign-in/")
    allowed = STATUS[letter] | (TOLD_WHAT_IS_MISSING if method == "post" and letter == "y" else set())
    return response.status_code in allowed


def test_a_row_of_another_meeting_is_not_found(
    cast: Cast, meeting: Meeting, later: Meeting, signed_in: SignedIn
) -> None:
    row = meeting.attendances.get(seat__key="constabulary")
    response = signed_in("coordinator").get(f"{BOARD}meetings/{later.address}/register/rows/{row.pk}/")
    assert response.status_code == 404


def test_a_board_under_another_partnership_is_not_found(cast: Cast, far: Meeting, signed_in: SignedIn) -> None:
    client = signed_in("outsider")
    assert client.get(f"/p/portsmouth/board/meetings/{far.address}/register/").status_code == 200
    assert client.get(f"/p/isle-of-wight/board/meetings/{far.address}/register/").status_code == 404
    assert signed_in("manager").get(f"/p/portsmouth/board/meetings/{far.address}/register/").status_code == 404


def test_every_address_has_a_row() -> None:
    told = {name for name, *_ in TABLE} | ELSEWHERE
    assert set(_names(get_resolver())) == told


def _names(resolver: URLResolver) -> list[str]:
    names: list[str] = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            names += _names(pattern)
        elif isinstance(pattern, URLPattern):
            names.append(str(pattern.name))
    return names
