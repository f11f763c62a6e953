"""B11, B12: whatever is written into an address, a query or a form, the answer is a page and never a fault.

The forms are those that the pages themselves show to a manager and a member. `make fuzz` draws thousands of examples
afresh; the tests draw the same few hundred each time.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote, urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.models import Meeting
from partnership.models import Board, Standing, User
from tests.cast import Cast
from tests.pages.conftest import SignedIn
from tests.rights.page_forms import Field, PageForm, forms_in
from tests.rights.people import assemble
from tests.rights.places import places_in
from tests.rights.table import BOARD, ISLAND, MEETING, Line, lines
from tests.rights.test_every_address import asked

FUZZ = int(os.environ.get("FUZZ", "0"))
ASKING = ("manager", "member")
LONGEST = 120_000
FORMS_AT_LEAST = 80
FAULT = 500

# Each drawn form and query is a real request, hundreds of them.
pytestmark = pytest.mark.sweep

HOSTILE = [
    "\x00",
    "Eve\x00Moor",
    "\r\nBcc: eve@example.org",
    "\u202egnp.exe",
    "<script>alert(1)</script>",
    "{{ 7 }}{% now %}",
    "../../../etc/passwd",
    "' OR 1=1 --",
    "=cmd|' /C calc'!A0",
    "9" * 60,
    "-1",
    "1e400",
    "NaN",
    "2027-02-30",
    "2027-03-28T01:30",
    "0001-01-01",
    "99999-12-31",
    "24:60",
    "\u0430dmin@example.org",
    "a@b",
    "x" * LONGEST,
    "\ufeff",
    "🙂" * 300,
    "",
]
BESIDE = {
    "is_superuser": "1",
    "is_staff": "1",
    "role": "manager",
    "partnership": "2",
    "board_id": "2",
    "approved_by": "1",
    "by": "1",
    "published_in": "1",
    "history_user": "1",
}
NAMES = ["o", "page", "sort", "q", "password", "person__email__startswith", "id__in", "board", "is_superuser", "next"]

hostile = st.sampled_from(HOSTILE) | st.text(max_size=40)


@dataclass
class Shown:
    """People signed in, and the forms that their pages show them, each with who saw it."""

    clients: dict[str, Client]
    addresses: list[str]
    forms: list[tuple[str, PageForm]]


@pytest.fixture
def pages(cast: Cast, meeting: Meeting, signed_in: SignedIn) -> Shown:
    assemble(cast, meeting)
    places = places_in(cast, meeting)
    addresses = sorted({line.at(**places) for line in lines("get")})
    return Shown({who: signed_in(who) for who in ASKING}, addresses, [])


@pytest.fixture
def shown(pages: Shown) -> Shown:
    """The pages, gone through for their forms."""
    found: dict[tuple[str, str, frozenset[str]], tuple[str, PageForm]] = {}
    for address in pages.addresses:
        for who, client in pages.clients.items():
            response = asked(client, "get", address)
            if response.status_code == HTTPStatus.OK and response.get("Content-Type", "").startswith("text/html"):
                for form in forms_in(address, response.content.decode()):
                    found.setdefault((form.action, form.method, frozenset(form.fields)), (who, form))
    pages.forms = list(found.values())
    assert len(pages.forms) > FORMS_AT_LEAST
    return pages


def chosen_for(draw: st.DrawFn, name: str, one: Field) -> object:
    if name == "csrfmiddlewaretoken":
        return "token"
    if one.kind == "file":
        return SimpleUploadedFile(draw(hostile)[:200] or "file", draw(st.binary(max_size=200)))
    kept = st.sampled_from(one.offered) if one.offered else st.just("")
    return draw(kept | hostile)


@settings(
    max_examples=FUZZ or 250,
    derandomize=not FUZZ,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_no_form_can_be_filled_in_so_that_it_fails(shown: Shown, data: st.DataObject) -> None:
    who, form = data.draw(st.sampled_from(shown.forms))

    @st.composite
    def filled_in(draw: st.DrawFn) -> dict[str, object]:
        filled = {name: chosen_for(draw, name, one) for name, one in form.fields.items()}
        return filled | {name: draw(hostile) for name in draw(st.lists(st.sampled_from(NAMES), max_size=2))}

    sent = data.draw(filled_in())
    response = asked(shown.clients[who], form.method, form.action, sent)
    assert response.status_code < FAULT, (who, form.action)


def test_fields_that_no_form_shows_change_nothing(cast: Cast, shown: Shown) -> None:
    """A14: each form as the page offers it, with fields of its model and of others beside it."""
    before = _out_of_reach(cast)
    for who, form in shown.forms:
        sent = {name: one.offered[0] if one.offered else "" for name, one in form.fields.items() if one.kind != "file"}
        with transaction.atomic():
            response = shown.clients[who].post(form.action, sent | BESIDE)
            assert response.status_code < FAULT, (who, form.action)
            assert _out_of_reach(cast) == before, (who, form.action)
            transaction.set_rollback(True)


def _out_of_reach(cast: Cast) -> list[object]:
    """What no form of the manager or the member of the island changes."""
    return [
        list(User.objects.filter(is_superuser=True).values_list("pk", flat=True)),
        list(Meeting.objects.filter(board=cast.elsewhere).values_list("pk", flat=True)),
        list(Standing.objects.filter(person=cast["member"]).values_list("role", "board", "until")),
        list(Board.objects.values_list("pk", "partnership", "slug")),
    ]


@settings(
    max_examples=FUZZ or 150,
    derandomize=not FUZZ,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_query_fails_or_reaches_another_field(pages: Shown, data: st.DataObject) -> None:
    address = data.draw(st.sampled_from(pages.addresses))
    query = data.draw(st.dictionaries(st.sampled_from(NAMES), hostile.map(lambda words: words[:2000]), min_size=1))
    who = data.draw(st.sampled_from(ASKING))
    response = asked(pages.clients[who], "get", f"{address}?{urlencode(query, errors='replace')}")
    assert response.status_code < FAULT, (who, address, query)


@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_written_into_an_address_fails(cast: Cast, meeting: Meeting, signed_in: SignedIn, method: str) -> None:
    """Each part of an address that is left open, written otherwise."""
    places = places_in(cast, meeting)
    client = signed_in("coordinator")
    for line in lines(method):
        for word, kept in _parts(line, places).items():
            for written in ("\x00", "9" * 40, "-1", "é", "%2e%2e", " "):
                path = line.at(**places).replace(kept, quote(written), 1)
                assert asked(client, method, path).status_code < FAULT, (word, path)


def _parts(line: Line, places: dict[str, object]) -> dict[str, str]:
    known = places | {"island": ISLAND[3:-1], "board": BOARD[len(ISLAND) : -1], "meeting": MEETING[-11:-1]}
    return {word: str(value) for word, value in known.items() if "{" + word + "}" in line.path}
