"""History pages read like sentences, and show nobody more than the thing itself shows them."""

from __future__ import annotations

import re
from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from meetings.models import ItemKind, Meeting, ReplyAnswer
from meetings.operations import add_item, close_action, move, publish_agenda, reply, report_on_action
from membership.models import Appointment
from membership.operations import declare_authority, end_appointment
from tests.cast import TODAY, Cast, at
from tests.pages.conftest import SignedIn
from tests.pages.outcomes import taken_item

BOARD = "/p/isle-of-wight/main-board/"
JUNE = BOARD + "meetings/2027-06-16/"
WHEN = "On Wednesday 17 March 2027 at 10:05am "
LATER = "On Wednesday 17 March 2027 at 10:30am Member "
POLICE = "Hampshire and Isle of Wight Constabulary"
SECRET = "At a funeral in Ventnor"


def sentences(signed_in: SignedIn, who: str, address: str) -> list[str]:
    response = signed_in(who).get(address)
    assert response.status_code == 200, address
    drawn = re.findall(r"<time>[^<]+</time> <span>(.*?)</span></li>", response.content.decode())
    return [each.removeprefix(WHEN).replace("&#x27;", "'") for each in drawn]


def test_a_meeting_is_called_moved_and_replied_to_in_sentences(
    cast: Cast, later: Meeting, signed_in: SignedIn, settings: Settings
) -> None:
    by = cast["coordinator"]
    move(meeting=later, on=date(2027, 6, 16), starts_at=time(14, 15), reason="The hall is let.", by=by)
    settings.CLOCK_STOPPED_AT = at(10, 30)
    for reason in ("", SECRET):
        reply(
            meeting=later,
            seat=cast.seats["constabulary"],
            answer=ReplyAnswer.APOLOGIES,
            reason=reason,
            by=cast["member"],
        )
    assert sentences(signed_in, "coordinator", JUNE + "history/") == [
        f"{LATER}changed the reply “{POLICE}”: reason {SECRET}: Reply: apologies.",
        f"{LATER}replied for {POLICE}: apologies.",
        "Coordinator moved the meeting from 10am to 2:15pm: The hall is let.",
        "Test author called the meeting for Wednesday 16 June 2027 at 10am, County Hall.",
    ]
    assert SECRET not in signed_in("scrutineer").get(JUNE + "history/").content.decode()


def test_an_item_shows_a_member_nothing_of_what_it_was_as_a_draft(
    cast: Cast, later: Meeting, signed_in: SignedIn
) -> None:
    by = cast["coordinator"]
    item = add_item(meeting=later, title="A name to be settled", kind=ItemKind.DECISION, by=by)
    item.title = "The annual report"
    publish_agenda(meeting=later, by=by)
    address = f"{JUNE}agenda/items/{item.pk}/history/"
    assert sentences(signed_in, "coordinator", address) == [
        "Coordinator sent the item out with the agenda.",
        "Coordinator put “A name to be settled” on the agenda.",
    ]
    assert len(sentences(signed_in, "member", address)) == 1


def test_an_action_from_entering_to_closing(
    cast: Cast, meeting: Meeting, signed_in: SignedIn, settings: Settings
) -> None:
    _, _, action = taken_item(cast, meeting)
    settings.CLOCK_STOPPED_AT = at(10, 30)
    report_on_action(action=action, text="Half written", by=cast["member"])
    settings.CLOCK_STOPPED_AT = at(10, 40)
    close_action(action=action, reason="Report seen.", by=cast["coordinator"])
    first, second, *_, last = sentences(signed_in, "member", f"{BOARD}actions/{action.number}/history/")
    assert first.endswith("Coordinator closed the action: Report seen.")
    assert second.endswith("Member reported on the action.")
    assert re.fullmatch(r"Coordinator entered the action, for Member to do, due on .*\.", last)


def test_a_seat_and_its_holders_without_grades_for_who_may_not_read_them(cast: Cast, signed_in: SignedIn) -> None:
    deputy = Appointment.objects.get(person=cast["deputy"])
    declare_authority(appointment=deputy, has_same_authority=False, on=TODAY, by=cast["coordinator"])
    end_appointment(appointment=cast.appointments["member"], ends_on=TODAY, reason="Retired", by=cast["manager"])
    address = BOARD + "members/constabulary/history/"
    told = sentences(signed_in, "coordinator", address)
    assert "Manager ended the appointment of Member, the first day without it Thursday 18 March 2027: Retired." in told
    assert "Coordinator recorded what was said of Deputy." in told
    assert "Test author entered the seat." in told
    member = signed_in("observer").get(address).content.decode()
    assert "authority" not in member
    assert "recorded what was said of Deputy" in member


def test_long_histories_come_in_pages_and_any_number_is_answered(
    cast: Cast, later: Meeting, signed_in: SignedIn
) -> None:
    for minute in range(55):
        move(meeting=later, on=later.on, starts_at=time(9, minute), reason=f"For the {minute}th time", by=cast.author)
    first = sentences(signed_in, "member", JUNE + "history/")
    assert (len(first), "For the 54th time" in first[0]) == (50, True)
    assert len(sentences(signed_in, "member", JUNE + "history/?page=2")) == 6
    for asked in ("0", "3", "x", "²", "9" * 50, "%00"):
        assert sentences(signed_in, "member", JUNE + f"history/?page={asked}") == first


@pytest.mark.parametrize("rows", [1, 3])
def test_a_history_takes_as_many_queries_however_long(
    cast: Cast, later: Meeting, signed_in: SignedIn, rows: int
) -> None:
    keys = ("constabulary", "chair", "scrutineer")[:rows]
    for number, key in enumerate(keys):
        move(meeting=later, on=later.on, starts_at=time(9, number), reason="Again", by=cast.author)
        reply(meeting=later, seat=cast.seats[key], answer=ReplyAnswer.COMING, by=cast["coordinator"])
        add_item(meeting=later, title=f"Item {key}", kind=ItemKind.DECISION, by=cast["coordinator"])
    publish_agenda(meeting=later, by=cast["coordinator"])
    item = later.items.earliest("pk")
    client = signed_in("coordinator")
    expected = {
        JUNE + "history/": 13,
        f"{JUNE}agenda/items/{item.pk}/history/": 13,
        BOARD + "members/constabulary/history/": 13,
        BOARD + "constitution/history/": 9,
    }
    found = {}
    for address in expected:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        found[address] = len(asked)
    assert found == expected
