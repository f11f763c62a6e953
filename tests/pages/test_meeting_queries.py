"""The pages of a meeting ask the database as often for three rows as for one, whoever reads them."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from meetings.models import AgendaItem, ItemKind, ReplyAnswer
from meetings.operations import add_item, publish_agenda, reply
from tests.agendas import paper_at_item
from tests.cast import Cast
from tests.pages.conftest import SignedIn

JUNE = date(2027, 6, 16)
PAGE = "/p/isle-of-wight/main-board/meetings/2027-06-16/"
SEATS = ("hmp", "probation", "public-health")


def prepared(cast: Cast, rows: int) -> None:
    """A meeting with so many replies, changes of mind, items, papers and publications."""
    cast.fill(SEATS)
    meeting = cast.meeting(on=JUNE)
    for key in SEATS[:rows]:
        for answer in (ReplyAnswer.APOLOGIES, ReplyAnswer.COMING):
            reply(meeting=meeting, seat=cast.seats[key], answer=answer, by=cast.author)
        item: AgendaItem = add_item(meeting=meeting, title=f"About {key}", kind=ItemKind.DECISION, by=cast.author)
        for title in ("Report", "Annex"):
            paper_at_item(item, cast.author, title)
        publish_agenda(meeting=meeting, by=cast.author)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("who", "page", "queries"),
    [
        ("coordinator", "", 28),
        ("member", "", 16),
        ("chair", "", 16),
        ("coordinator", "reply/", 13),
        ("member", "reply/", 10),
        ("coordinator", "reply/?seat=hmp", 14),
        ("coordinator", "move/", 6),
        ("coordinator", "cancel/", 7),
    ],
)
def test_as_many_queries_for_three_rows_as_for_one(
    cast: Cast,
    signed_in: SignedIn,
    django_assert_num_queries: DjangoAssertNumQueries,
    who: str,
    page: str,
    queries: int,
    rows: int,
) -> None:
    prepared(cast, rows)
    client = signed_in(who)
    client.get(PAGE + page)
    with django_assert_num_queries(queries):
        assert client.get(PAGE + page).status_code == 200
