"""The ledger of duties: what was due and done, by what; narrowed, taken away; practices kept there."""

from __future__ import annotations

from copy import copy
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from meetings.operations import agree_action
from partnership.models import Obligation
from partnership.obligations.features import plan_board
from partnership.obligations.operations import meet_obligation
from tests.cast import TODAY, Cast
from tests.pages.conftest import SignedIn
from tests.terms_with_waiver import let_waive

LEDGER = "/p/isle-of-wight/main-board/ledger/"
APRIL = date(2027, 4, 22)


@pytest.fixture
def duties(cast: Cast) -> Cast:
    """Papers sent four weeks early, minutes to come, quarters of the year, and an action that is overdue."""
    meeting = cast.meeting(on=APRIL)
    meet_obligation(duty="papers", cause=meeting, on=TODAY, evidence="Agenda, version 1", by=cast["coordinator"])
    plan_board(board=cast.board, by=cast.author)
    late = Obligation.objects.get(duty="quarterly-meeting", occurrence="2027-Q1")
    Obligation.objects.filter(pk=late.pk).update(due_on=date(2027, 3, 10))
    agree_action(
        board=cast.board,
        text="Review it",
        owner=cast["member"],
        agreed_on=date(2027, 3, 1),
        due_on=date(2027, 3, 3),
        by=cast["coordinator"],
    )
    return cast


def text_of(signed_in: SignedIn, name: str, address: str = LEDGER) -> str:
    response = signed_in(name).get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_each_duty_stands_with_its_dates_its_clause_and_its_evidence(duties: Cast, signed_in: SignedIn) -> None:
    text = text_of(signed_in, "chair")
    assert "Done on time: 1. Done late: 0. Overdue: 1. To come: 4." in text
    for words in ("Agenda, version 1", "29 days early", "7 days late", "Overdue", "Agenda and papers"):
        assert words in text, words
    assert "<svg" in text


def test_what_members_owe_is_counted_and_nobody_is_named(duties: Cast, signed_in: SignedIn) -> None:
    text = text_of(signed_in, "member")
    assert '<th scope="row">Action carried out</th><td data-l="Done on time">0</td>' in text
    assert "Review it" not in text
    assert "Download as CSV" not in text


def test_it_is_narrowed_to_what_is_late(duties: Cast, signed_in: SignedIn) -> None:
    text = text_of(signed_in, "manager", f"{LEDGER}?state=late")
    assert "Meeting of the quarter" in text
    assert "Agenda, version 1" not in text
    assert "state=late" in text
    assert "To come" in text_of(signed_in, "manager", f"{LEDGER}?state=nonsense")


def test_a_year_of_very_many_duties_is_told_in_full(duties: Cast, signed_in: SignedIn) -> None:
    """A ledger that ends early without a word proves nothing of the rest."""
    one = Obligation.objects.get(duty="quarterly-meeting", occurrence="2027-Q1")
    copies = []
    for number in range(205):
        one.pk, one.occurrence, one.due_on = None, f"again {number}", date(2027, 12, 30)
        copies.append(copy(one))
    Obligation.objects.bulk_create(copies)
    lines = signed_in("manager").get(f"{LEDGER}2027/file/csv/").content.decode()
    assert lines.count("30 December 2027") == 205


def test_it_is_taken_away_as_it_was_narrowed(duties: Cast, signed_in: SignedIn) -> None:
    client = signed_in("manager")
    lines = client.get(f"{LEDGER}2027/file/csv/?state=late").content.decode()
    assert "Meeting of the quarter" in lines
    assert "Agenda, version 1" not in lines
    book = load_workbook(BytesIO(client.get(f"{LEDGER}2027/file/xlsx/").content))
    cells = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert "Agenda, version 1" in cells
    assert client.get(f"{LEDGER}2027/file/doc/").status_code == 404


def test_a_year_without_duties_says_so_and_no_year_beyond_the_calendar(cast: Cast, signed_in: SignedIn) -> None:
    assert "Nothing falls due in this year." in text_of(signed_in, "observer", f"{LEDGER}2025/")
    assert signed_in("observer").get(f"{LEDGER}9999/").status_code == 404


def test_more_duties_cost_no_more_queries(
    duties: Cast, signed_in: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in("manager")
    with django_assert_max_num_queries(25) as few:
        client.get(LEDGER)
    for day in (3, 4, 5):
        duties.meeting(on=date(2027, 6, day))
    with django_assert_max_num_queries(25) as many:
        client.get(LEDGER)
    assert len(few) == len(many)


def test_a_manager_switches_a_practice_and_it_falls_due(duties: Cast, signed_in: SignedIn) -> None:
    client = signed_in("manager")
    assert "Not kept" in client.get(f"{LEDGER}practices/").content.decode()
    client.post(f"{LEDGER}practices/", {"duty": "terms-reviewed", "keep": "yes"})
    review = Obligation.objects.get(duty="terms-reviewed")
    page = client.get(f"{LEDGER}{review.pk}/decision/").content.decode()
    assert "There is no decision to choose." in page
    assert client.post(f"{LEDGER}{review.pk}/decision/", {"decision": "1"}).status_code == 400
    client.post(f"{LEDGER}practices/", {"duty": "terms-reviewed", "keep": "no"})
    review.refresh_from_db()
    assert review.cancelled_at is not None
    assert (
        "no such local practice"
        in client.post(f"{LEDGER}practices/", {"duty": "papers", "keep": "yes"}, follow=True).content.decode()
    )


# --- waivers ----------------------------------------------------------------------------------------------------------

REASON = "One item, and it is read out at the meeting."


@pytest.fixture
def waivable(cast: Cast) -> Obligation:
    """Papers that the chair may do without."""
    let_waive(cast, "chair")
    meeting = cast.meeting(on=APRIL)
    return Obligation.objects.get(duty="papers", cause_id=meeting.pk)


def test_a_chair_waives_and_everybody_reads_by_whom_when_why_and_by_which_clause(
    waivable: Obligation, signed_in: SignedIn
) -> None:
    client, address = signed_in("chair"), f"{LEDGER}{waivable.pk}/waiver/"
    assert f'href="{address}"' in text_of(signed_in, "chair")
    assert f'href="{address}"' not in text_of(signed_in, "manager")
    page = client.get(address).content.decode()
    assert "For good reason the chair may do without papers." in page
    assert client.post(address, {"act": "waive", "reason": REASON}).status_code == 302
    text = text_of(signed_in, "member")
    assert f"Waived by the chair, Chair, on 17 March 2027 (9.4): {REASON}" in text
    assert "Waived: 1." in text
    assert "Waived" in text_of(signed_in, "member", f"{LEDGER}?state=waived")
    assert REASON not in text_of(signed_in, "member", f"{LEDGER}?state=open")
    client.post(address, {"act": "withdraw", "reason": "There are papers after all."})
    assert "Waived by" not in text_of(signed_in, "member")
    assert Obligation.objects.get(pk=waivable.pk).is_open
    assert "There are papers after all." in client.get(address).content.decode()


def test_a_waiver_without_a_reason_keeps_what_was_typed_and_changes_nothing(
    waivable: Obligation, signed_in: SignedIn
) -> None:
    response = signed_in("chair").post(f"{LEDGER}{waivable.pk}/waiver/", {"act": "waive", "reason": "Too few"})
    assert response.status_code == 400
    assert "Too few</textarea>" in response.content.decode()
    assert "Give the reason, in at least 10 characters." in response.content.decode()
    assert Obligation.objects.get(pk=waivable.pk).is_open


def test_a_duty_that_no_clause_lets_anybody_waive_says_so(duties: Cast, signed_in: SignedIn) -> None:
    papers = Obligation.objects.get(duty="minutes-and-tracker")
    client, address = signed_in("manager"), f"{LEDGER}{papers.pk}/waiver/"
    page = client.get(address).content.decode()
    assert "Nobody may waive this: Support 3 asks for it and lets nobody off." in page
    refused = client.post(address, {"act": "waive", "reason": REASON})
    assert (refused.status_code, Obligation.objects.get(pk=papers.pk).is_open) == (400, True)


def test_one_members_own_is_not_waived_in_the_ledger(duties: Cast, signed_in: SignedIn) -> None:
    action = Obligation.objects.get(duty="action-done")
    assert signed_in("chair").get(f"{LEDGER}{action.pk}/waiver/").status_code == 404
