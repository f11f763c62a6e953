"""One meeting has one answer: the homes, the meeting's own page and its register say the same of a quorum ahead."""

from __future__ import annotations

from datetime import date

import pytest

from meetings.models import Meeting, ReplyAnswer
from meetings.operations import reply
from reviews.presenters.home_parts import Tag
from tests.cast import Cast
from tests.pages.conftest import SignedIn

FAR = date(2027, 6, 16)
ONE_SHORT = {"cabinet-member", "constabulary"}


def said_of(meeting: Meeting, signed_in: SignedIn) -> tuple[Tag | None, tuple[str, str], tuple[str, str, str]]:
    """The home's tag; the meeting's page, how it is drawn and begins; the register, titled, drawn, and begins."""
    client = signed_in("coordinator")
    address = f"/p/isle-of-wight/main-board/meetings/{meeting.address}/"
    (row,) = client.get("/").context["home"].meetings
    on_home = client.get(address).context["page"].card
    on_register = client.get(f"{address}register/").context["card"]
    return (
        row.tag,
        (on_home.css, on_home.headline.split(":")[0]),
        (on_register.title, on_register.css, on_register.sentence.split(".")[0].split(" if ")[0]),
    )


def replied(cast: Cast, meeting: Meeting, *keys: str) -> None:
    for key in keys:
        reply(meeting=meeting, seat=cast.seats[key], answer=ReplyAnswer.COMING, by=cast.author)


@pytest.fixture
def ahead(cast: Cast) -> Meeting:
    """A meeting far ahead; somebody sits in every seat."""
    cast.fill(cast.seats)
    return cast.meeting(on=FAR)


UNCERTAIN = ("q-quorum--soon", "Not certain")


def test_before_anybody_replied_it_is_not_certain(ahead: Meeting, signed_in: SignedIn) -> None:
    tag, home, register = said_of(ahead, signed_in)
    assert tag == Tag("No replies yet", "open")
    assert home == UNCERTAIN
    assert register == ("Not certain", *UNCERTAIN)


def test_while_somebody_could_still_mend_it_is_not_certain(cast: Cast, ahead: Meeting, signed_in: SignedIn) -> None:
    replied(cast, ahead, *(key for key in cast.seats if key not in ONE_SHORT))
    tag, home, register = said_of(ahead, signed_in)
    assert tag == Tag("Not certain: ask 1 person", "soon")
    assert home == UNCERTAIN
    assert register == ("Not certain", *UNCERTAIN)


def test_where_enough_are_coming_it_is_expected(cast: Cast, ahead: Meeting, signed_in: SignedIn) -> None:
    replied(cast, ahead, *cast.seats)
    tag, home, (title, css, sentence) = said_of(ahead, signed_in)
    assert tag == Tag("Quorum expected", "yes")
    assert home == ("", "Expected to be quorate")
    assert (title, css) == ("Quorum expected", "")
    assert sentence.startswith("If everybody who has said so comes, the meeting will be quorate")


@pytest.mark.parametrize("keys", [(), ("constabulary",)])
def test_where_nobody_could_mend_it_is_not_expected(cast: Cast, signed_in: SignedIn, keys: tuple[str, ...]) -> None:
    """Hardly a seat is filled: there is nobody to ask, whether anybody replied or not."""
    meeting = cast.meeting(on=FAR)
    replied(cast, meeting, *keys)
    tag, home, register = said_of(meeting, signed_in)
    assert tag == Tag("Quorum not expected", "no")
    assert home == ("q-quorum--no", "Not expected to be quorate")
    assert register == ("Quorum not expected", "q-quorum--no", "Not expected to be quorate")
