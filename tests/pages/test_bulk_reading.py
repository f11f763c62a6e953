"""A20: who takes very many files within an hour is slowed down, and the manager is told at once, once, of no file."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from meetings.models import Meeting, Paper
from meetings.operations import limit_to_readers, publish_agenda
from partnership import clock
from partnership.models import AuditEvent, Delivery, What
from partnership.obligations.messages import message_for, rows_behind
from tests.agendas import item_on, paper_at_item
from tests.cases import case_with_paper
from tests.cast import TODAY, Cast
from tests.pages.conftest import SignedIn

BOARD = "/p/isle-of-wight/main-board/"
MEETING = BOARD + "meetings/2027-03-17/"
TAKEN = "bulk-reading"


@pytest.fixture
def papers(cast: Cast, meeting: Meeting, settings: Any) -> dict[bool, Paper]:
    """A limited paper, which the member may read, and another; three of each kind may be taken within an hour."""
    settings.RESTRICTED_FILES_AN_HOUR = settings.FILES_AN_HOUR = 3
    by = cast["coordinator"]
    limited, other = (paper_at_item(item_on(meeting, by, title), by, title) for title in ("Zebra", "Other"))
    publish_agenda(meeting=meeting, by=by, reason="Late.")
    limit_to_readers(matter=limited.item, reason="A family", readers=[cast["member"]], ends_on=TODAY, by=by)
    return {True: limited, False: other}


def takes(client: Client, paper: Paper, times: int) -> list[int]:
    answers = [client.get(f"{MEETING}papers/{paper.uuid}/") for _ in range(times)]
    for answer in answers:
        answer.getvalue()
    return [answer.status_code for answer in answers]


def told() -> list[str]:
    rows = Delivery.objects.filter(announcement__kind=TAKEN).select_related("recipient")
    return sorted(row.recipient.name for row in rows)


@pytest.mark.parametrize("is_restricted", [True, False])
def test_the_manager_is_told_at_once_and_once(
    cast: Cast, papers: dict[bool, Paper], signed_in: SignedIn, *, is_restricted: bool
) -> None:
    client = signed_in("member")
    assert takes(client, papers[is_restricted], 3) == [200, 200, 200]
    assert told() == []
    assert takes(client, papers[is_restricted], 3) == [429, 429, 429]
    assert told() == ["Manager"]
    delivery = Delivery.objects.select_related("announcement", "board__partnership", "recipient").get(
        announcement__kind=TAKEN
    )
    assert delivery.send_at == clock.now(), "nothing holds it up"
    message = message_for([delivery], rows_behind([delivery]), now=clock.now())
    said = str(message.message())
    assert "Member" in said
    assert ("limited to named members" in said) is is_restricted
    assert "Zebra" not in said
    assert papers[is_restricted].uuid.hex not in said
    event = AuditEvent.objects.get(what=What.SLOWED_DOWN)
    assert (event.person, event.board_id) == (cast["member"], cast.board.pk)
    trail = signed_in("manager").get(f"{BOARD}audit/?what=downloads&who=Member").content.decode()
    assert "Very many files: slowed down" in trail


def test_a_manager_who_takes_them_is_told_of_to_the_chair(
    cast: Cast, papers: dict[bool, Paper], signed_in: SignedIn
) -> None:
    takes(signed_in("manager"), papers[False], 4)
    assert told() == ["Chair"]


def test_of_the_case_tier_nobody_is_told(cast: Cast, signed_in: SignedIn, settings: Any) -> None:
    settings.RESTRICTED_FILES_AN_HOUR = 1
    case, paper = case_with_paper(cast)
    client = signed_in("case tier")
    address = f"/cases/isle-of-wight/{case.reference}/papers/{paper.uuid}/"
    answers = [client.get(address) for _ in range(3)]
    for answer in answers:
        answer.getvalue()
    assert [answer.status_code for answer in answers][-1] == 429
    assert told() == []
    assert not AuditEvent.objects.filter(what=What.SLOWED_DOWN).exists()


def test_contact_lists_count_as_well(cast: Cast, signed_in: SignedIn, settings: Any) -> None:
    settings.FILES_AN_HOUR = 2
    client = signed_in("member")
    assert [client.get(f"{BOARD}contacts/file/csv/").status_code for _ in range(3)] == [200, 200, 429]
    assert told() == ["Manager"]
