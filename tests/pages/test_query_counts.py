"""Each page asks the database as often for three rows as for one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from meetings.models import Attendance, AttendsAs, ItemKind, Meeting, Recorded, ReplyAnswer
from meetings.operations import (
    RowEntry,
    add_guest,
    add_item,
    begin_item,
    close_action,
    publish_agenda,
    record_attendance,
    record_decision,
    record_departure,
    record_discussion,
    reply,
    report_on_action,
)
from membership.models import AgencyKind, StatutoryRole
from membership.operations import bring_into_force, enter_agency, list_relevant_agency, name_deputy
from partnership.models import BoardKind
from partnership.operations import found_board
from tests.agendas import item_on, paper_at_item
from tests.cast import LONG_AGO, TODAY, Cast, at, text_of
from tests.pages.conftest import SignedIn
from tests.pages.outcomes import taken_item

ISLAND = "/p/isle-of-wight/"
BOARD = ISLAND + "main-board/"
AGENDA = BOARD + "meetings/2027-06-16/agenda/"
REGISTER = BOARD + "meetings/2027-03-17/register/"
SEATS = ("hmp", "probation", "public-health")
Prepare = Callable[[Cast, int], object]


def _more_holders(cast: Cast, rows: int) -> None:
    cast.fill(SEATS[:rows])
    for key in SEATS[:rows]:
        person = cast.person(f"deputy of {key}")
        name_deputy(seat=cast.seats[key], person=person, starts_on=LONG_AGO, by=cast.author)


def _more_agencies(cast: Cast, rows: int) -> None:
    for number in range(rows):
        agency = enter_agency(
            slug=f"agency-{number}",
            name=f"Agency {number}",
            kind=AgencyKind.HOUSING,
            statutory_role=StatutoryRole.OTHER,
            by=cast.author,
            aliases=["Also this"],
        )
        list_relevant_agency(
            partnership=cast.partnership,
            agency=agency,
            category="Housing",
            listed_as=f"Agency {number}",
            source="A list",
            by=cast.author,
        )


def _more_meetings(cast: Cast, rows: int) -> None:
    for number in range(rows):
        cast.meeting(on=TODAY + timedelta(days=30 * number))
        cast.meeting(on=TODAY - timedelta(days=30 * number + 30))


def _more_boards(cast: Cast, rows: int) -> None:
    for number in range(rows):
        group = found_board(
            partnership=cast.partnership,
            slug=f"group-{number}",
            name=f"Group {number}",
            short_name=f"G{number}",
            kind=BoardKind.SUBGROUP,
            by=cast.author,
        )
        cast.meeting(on=TODAY, starts_at=time(9), board=group)


def _planned(cast: Cast, rows: int) -> None:
    cast.fill(SEATS)
    meeting = cast.meeting()
    for key in SEATS[:rows]:
        reply(meeting=meeting, seat=cast.seats[key], answer=ReplyAnswer.COMING, by=cast.author)


def _opened(cast: Cast, rows: int) -> Meeting:
    cast.fill(SEATS)
    meeting = cast.open_meeting()
    drawn = Attendance.objects.filter(meeting=meeting, seat__key__in=SEATS[:rows])
    entries = [
        RowEntry(attendance_id=row.pk, version=row.version, recorded=Recorded.PRESENT, arrived_at=at(10))
        for row in drawn
    ]
    for row in record_attendance(meeting=meeting, rows=entries, by=cast["coordinator"]):
        record_departure(attendance=row, at=at(10, 2), by=cast["coordinator"])
        add_guest(meeting=meeting, attends_as=AttendsAs.GUEST, name=f"Guest {row.pk}", by=cast["coordinator"])
    return meeting


def _items_taken(cast: Cast, rows: int) -> None:
    meeting, by = _opened(cast, 1), cast["coordinator"]
    for number in range(rows):
        item = add_item(meeting=meeting, title=f"Item {number}", kind=ItemKind.DECISION, by=by)
        begin_item(item=item, at=at(10, number), by=by)
        record_decision(item=item, text="Agreed", decided_at=at(10, number + 1), by=by)


def _versions(cast: Cast, rows: int) -> None:
    for number in range(rows):
        text = text_of("isle-of-wight/main-board").replace("number: 2", f"number: {number + 3}")
        bring_into_force(board=cast.board, text=text, in_force_from=date(2027, 5, 1 + number), by=cast.author)


def _versions_and_replies(cast: Cast, rows: int) -> None:
    _versions(cast, rows)
    _planned(cast, rows)


def _recorded(cast: Cast, rows: int) -> None:
    meeting = cast.open_meeting()
    for number in range(rows):
        item, _, action = taken_item(cast, meeting)
        record_discussion(item=item, text=f"Said {number}", version=1, by=cast["coordinator"])
        for _ in range(rows):
            report_on_action(action=action, text="Half written", by=cast["member"])
        if number:
            close_action(action=action, by=cast["coordinator"], reason="Done")


def _more_items(cast: Cast, rows: int) -> None:
    meeting, by = cast.meeting(on=date(2027, 6, 16)), cast["coordinator"]
    for number in range(rows):
        paper_at_item(item_on(meeting, by, f"Item {number}"), by, f"Paper {number}")
    publish_agenda(meeting=meeting, by=by)
    for number in range(rows):
        paper_at_item(item_on(meeting, by, f"Added {number}"), by, f"Further {number}")
    _more_holders(cast, rows)


PAGES: dict[str, tuple[str, Prepare, int]] = {
    "home": ("/", _more_meetings, 28),
    "partnership": (ISLAND, _more_boards, 10),
    "agencies": (ISLAND + "agencies/", _more_agencies, 11),
    "agency": (ISLAND + "agencies/agency-0/", _more_agencies, 32),
    "board": (BOARD, _more_meetings, 10),
    "members": (BOARD + "members/", _more_holders, 12),
    "meetings": (BOARD + "meetings/", _more_meetings, 7),
    "constitution": (BOARD + "constitution/", _versions_and_replies, 14),
    "comparison": (BOARD + "constitution/compare/2/3/", _versions, 6),
    "forecast": (REGISTER, _planned, 10),
    "register": (REGISTER, _opened, 11),
    "register with items": (REGISTER, _items_taken, 12),
    "sheet": (REGISTER + "sheet/", _opened, 10),
    "history": (REGISTER + "history/", _opened, 13),
    "agenda": (AGENDA, _more_items, 14),
    "publishing": (AGENDA + "publish/", _more_items, 19),
    "record": (BOARD + "meetings/2027-03-17/record/", _recorded, 17),
    "minutes": (BOARD + "meetings/2027-03-17/minutes/", _recorded, 28),
    "sending": (BOARD + "meetings/2027-03-17/minutes/send/", _recorded, 29),
    "actions": (BOARD + "actions/", _recorded, 6),
    # Five of them record that it was downloaded.
    "actions file": (BOARD + "actions/file/", _recorded, 15),
    "action": (BOARD + "actions/1/", _recorded, 18),
    "closing": (REGISTER + "close/", _opened, 10),
}


@pytest.mark.parametrize("rows", [1, 3])
def test_asking_what_others_changed_costs_as_much_for_three_rows_as_for_one(
    cast: Cast, signed_in: SignedIn, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    _opened(cast, rows)
    client = signed_in("coordinator")
    with django_assert_num_queries(11):
        response = client.get(REGISTER + "changes/", headers={"HX-Request": "true"})
    assert response.status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("page", PAGES)
def test_as_many_queries_for_three_rows_as_for_one(
    cast: Cast, signed_in: SignedIn, django_assert_num_queries: DjangoAssertNumQueries, page: str, rows: int
) -> None:
    address, prepare, queries = PAGES[page]
    prepare(cast, rows)
    client = signed_in("coordinator")
    client.get(address)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
