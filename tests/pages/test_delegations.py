"""The pages of delegations: what the rules say, giving and ending, and answering a decision that waits."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meetings.models import BoardAnswer, Decision, Delegation
from meetings.operations import Basis
from membership.models import Seat
from membership.operations import appoint
from tests.cast import LONG_AGO, Cast
from tests.delegations import CHANGED, TRAINING, City, city_of, decided_at, open_at, training_delegated
from tests.pages.conftest import SignedIn
from tests.pages.outcomes import item_on
from tests.pages.test_constitution_pages import main_of

CITY = "/p/portsmouth/"
DAY = {"starts_on_0": "1", "starts_on_1": "4", "starts_on_2": "2027"}


@pytest.fixture
def city(cast: Cast) -> City:
    return city_of(cast)


@pytest.fixture
def clerk(city: City, signed_in: SignedIn) -> Client:
    return signed_in("clerk")


def page_of(place: str) -> str:
    return f"{CITY}{place}/delegations/"


def test_the_page_says_what_the_rules_say(clerk: Client, signed_in: SignedIn) -> None:
    main = main_of(clerk.get(page_of("board")))
    assert "Clause y" in main
    assert "Nothing is delegated" in main
    island = main_of(signed_in("member").get("/p/isle-of-wight/main-board/delegations/"))
    assert "No rule in force delegates anything to or from this group." in island
    assert "Who decides for whom" in main_of(signed_in("member").get("/p/isle-of-wight/main-board/"))
    assert "Who decides for whom" not in main_of(signed_in("neighbour").get("/p/isle-of-wight/main-board/"))


def test_delegating_and_ending(cast: Cast, city: City, clerk: Client) -> None:
    add = page_of("board") + "add/"
    right = {"to": f"delegation:{city.executive.pk}", "functions": TRAINING, "decided": "Board, item 4", **DAY}
    for field, wrong, sentence in (
        ("to", f"delegation:{city.committee.pk}", "Choose a group that the rules name."),
        ("functions", "", "Enter what is delegated."),
        ("decided", "", "Enter by which decision it is delegated."),
        ("decided", "\0", "Null characters are not allowed."),
        ("starts_on_1", "13", "Enter the date in numbers"),
        ("starts_on_2", "2001", "do not let"),
    ):
        refused = clerk.post(add, right | {field: wrong})
        assert (refused.status_code, Delegation.objects.count()) == (400, 0), field
        assert sentence in main_of(refused)
    assert clerk.post(add, right).status_code == 302
    given = Delegation.objects.get()
    assert TRAINING in main_of(clerk.get(page_of("board")))
    assert "What we decide for others" in main_of(clerk.get(page_of("executive-committee")))
    end = f"{page_of('board')}{given.pk}/end/"
    assert clerk.get(f"{page_of('executive-committee')}{given.pk}/end/").status_code == 404
    early = {"ends_on_0": "1", "ends_on_1": "1", "ends_on_2": "2027", "reason": "Over"}
    assert "is before the first" in main_of(clerk.post(end, early))
    assert clerk.post(end, early | {"ends_on_1": "5"}).status_code == 302
    assert "1 April 2027 to 1 May 2027" in main_of(clerk.get(page_of("board")))


def test_a_decision_says_whose_function_it_was(cast: Cast, city: City, clerk: Client) -> None:
    given = training_delegated(cast, city)
    meeting = open_at(cast, city.executive)
    item = item_on(cast, meeting)
    record = f"{CITY}executive-committee/meetings/{meeting.address}/record/"
    form = clerk.get(f"{record}{item.pk}/decision/")
    assert "PSCP Board: The training programme, up to £5,000 (from 17 March 2027 on)" in main_of(form)
    assert "It is final only once" not in main_of(form)
    said = {"text": "First aid for all", "decided": "10:01"}
    wrong = clerk.post(f"{record}{item.pk}/decision/", said | {"function": "board-0"})
    assert (wrong.status_code, Decision.objects.count()) == (400, 0)
    clerk.post(f"{record}{item.pk}/decision/", said | {"function": f"delegation-{given.pk}"})
    drawn = main_of(clerk.get(record))
    assert "Taken for PSCP Board, under its delegation of 17 March 2027" in drawn
    decision = Decision.objects.get()
    change = f"{record}decisions/{decision.pk}/"
    assert f'value="delegation-{given.pk}" selected' in clerk.get(change).content.decode()
    clerk.post(change, said | {"function": f"board-{city.board.pk}", "version": "1"})
    drawn = main_of(clerk.get(record))
    assert "Beyond what PSCP Board has delegated: no delegation covers this." in drawn
    assert "Clause y: The Board may delegate functions" in drawn


def test_a_committees_decision_waits_and_is_answered(cast: Cast, city: City, clerk: Client) -> None:
    meeting = open_at(cast, city.committee)
    item = item_on(cast, meeting)
    record = f"{CITY}learning-committee/meetings/{meeting.address}/record/"
    assert "It is final only once Executive Committee has agreed" in main_of(clerk.get(f"{record}{item.pk}/decision/"))
    clerk.post(f"{record}{item.pk}/decision/", {"text": CHANGED, "decided": "10:01", "asks_agreement": "on"})
    assert "Provisional: waiting for Executive Committee to agree." in main_of(clerk.get(record))
    decision = Decision.objects.get()
    path = f"{page_of('executive-committee')}decisions/{decision.pk}/"
    assert path in clerk.get(page_of("executive-committee")).content.decode()
    assert path not in clerk.get(page_of("learning-committee")).content.decode()
    assert clerk.get(f"{page_of('board')}decisions/{decision.pk}/").status_code == 404
    right = {"version": "1", "answer": "yes", "where": "Executive, item 3"}
    right |= {f"answered_on_{place}": value for place, value in enumerate(("17", "3", "2027"))}
    for field, wrong, sentence in (
        ("answer", "perhaps", "Choose whether it agreed."),
        ("where", "", "Enter at which meeting it was answered"),
        ("answered_on_0", "16", "Enter a day from 17 March 2027"),
        ("version", "7", "Somebody changed this decision meanwhile."),
        ("version", "", "This form could not be read."),
    ):
        refused = clerk.post(path, right | {field: wrong})
        assert (refused.status_code, BoardAnswer.objects.count()) == (400, 0), field
        assert sentence in main_of(refused)
    assert clerk.post(path, right).status_code == 302
    told = main_of(clerk.get(page_of("executive-committee")))
    assert "Final: Executive Committee agreed on 17 March 2027." in told
    assert "Executive, item 3" in told
    assert "Final: Executive Committee agreed on 17 March 2027." in main_of(clerk.get(record))


def test_a_decision_that_is_not_the_readers_is_not_told(cast: Cast, city: City, signed_in: SignedIn) -> None:
    """Whoever chairs the executive alone does not read what the committee has decided but not minuted."""
    decided_at(cast, open_at(cast, city.committee), Basis(asks_agreement=True))
    seat = Seat.objects.get(board=city.executive, key="chair")
    appoint(seat=seat, person=cast.person("executive chair"), starts_on=LONG_AGO, by=cast.author)
    client = signed_in("executive chair")
    assert CHANGED not in main_of(client.get(page_of("executive-committee")))
    path = f"{page_of('executive-committee')}decisions/{Decision.objects.get().pk}/"
    refused = client.get(path)
    assert refused.status_code == 403
    assert CHANGED not in refused.content.decode()
    assert CHANGED in main_of(signed_in("clerk").get(page_of("executive-committee")))


def test_three_decisions_ask_the_database_as_often_as_one(cast: Cast, city: City, clerk: Client) -> None:
    meeting = open_at(cast, city.committee)
    training_delegated(cast, city)
    decided_at(cast, meeting, Basis(asks_agreement=True))
    clerk.get(page_of("executive-committee"))
    with CaptureQueriesContext(connection) as first:
        clerk.get(page_of("executive-committee"))
    for _ in range(2):
        decided_at(cast, meeting, Basis(asks_agreement=True))
        training_delegated(cast, city)
    with CaptureQueriesContext(connection) as three:
        assert main_of(clerk.get(page_of("executive-committee"))).count("Provisional: waiting") == 3
    assert len(three) == len(first)
