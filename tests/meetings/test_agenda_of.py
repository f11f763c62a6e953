"""An agenda as different people see it: drafts are the team's, what was published is everybody's on the board."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from meetings.models import ItemKind, Meeting
from meetings.operations import add_item, publish_agenda, remove_item, withdraw_paper
from meetings.queries import Agenda, agenda_of, item_at, paper_at
from partnership.held import read_once
from tests.agendas import item_on, paper_at_item, published_then_drafted
from tests.cast import TODAY, Cast

JUNE = date(2027, 6, 16)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return cast.meeting(on=JUNE)


def seen_by(cast: Cast, name: str, meeting: Meeting) -> Agenda:
    return agenda_of(meeting=meeting, user=cast.person(name), today=TODAY)


def lines(agenda: Agenda) -> list[tuple[int, str, list[str]]]:
    return [(each.number, each.item.title, [paper.title for paper in each.papers]) for each in agenda.items]


@pytest.mark.parametrize("name", ["coordinator", "manager", "chair", "scrutineer"])
def test_who_may_read_drafts_sees_all_of_it(cast: Cast, meeting: Meeting, name: str) -> None:
    published_then_drafted(meeting, cast["coordinator"])
    assert lines(seen_by(cast, name, meeting)) == [
        (1, "Annual report", ["The report"]),
        (2, "School transport", ["Transport"]),
    ]


@pytest.mark.parametrize("name", ["member", "deputy", "observer"])
def test_the_others_of_the_board_see_what_was_published(cast: Cast, meeting: Meeting, name: str) -> None:
    made = published_then_drafted(meeting, cast["coordinator"])
    paper_at_item(made.sent_item, cast["coordinator"], "A draft at a published item")
    agenda = seen_by(cast, name, meeting)
    assert lines(agenda) == [(1, "Annual report", ["The report"])]
    assert [each.version for each in agenda.publications] == [1]


@pytest.mark.parametrize("name", ["nobody", "outsider", "neighbour"])
def test_whoever_is_of_another_board_sees_nothing(cast: Cast, meeting: Meeting, name: str) -> None:
    published_then_drafted(meeting, cast["coordinator"])
    agenda = seen_by(cast, name, meeting)
    assert (agenda.items, agenda.publications, agenda.pages_in_all) == ((), (), 0)


def test_items_are_numbered_as_their_reader_sees_them(cast: Cast, meeting: Meeting) -> None:
    by = cast["coordinator"]
    first, second = item_on(meeting, by, "One"), item_on(meeting, by, "Two")
    item_on(meeting, by, "Three")
    publish_agenda(meeting=meeting, by=by)
    remove_item(item=first, reason="Not yet", by=by)
    assert lines(seen_by(cast, "member", meeting)) == [(1, "Two", []), (2, "Three", [])]
    assert lines(seen_by(cast, "coordinator", meeting)) == [(1, "Two", []), (2, "Three", [])]
    assert second.position == 2


def test_what_a_supplement_brought_is_told_from_what_was_there(cast: Cast, meeting: Meeting) -> None:
    made = published_then_drafted(meeting, cast["coordinator"])
    assert [each.added_later for each in seen_by(cast, "coordinator", meeting).items] == [False, False]
    publish_agenda(meeting=meeting, by=cast["coordinator"])
    later = seen_by(cast, "member", meeting)
    assert [each.added_later for each in later.items] == [False, True]
    assert [each.version for each in later.publications] == [1, 2]
    assert made.draft_item.published_in is None, "as it was drawn before"


def test_figures_are_of_what_is_seen(cast: Cast, meeting: Meeting) -> None:
    by = cast["coordinator"]
    timed = item_on(meeting, by, "Timed", minutes=25)
    paper_at_item(timed, by, "One")
    paper_at_item(timed, by, "Two")
    add_item(meeting=meeting, title="News", kind=ItemKind.INFORMATION, minutes=5, by=by)
    item_on(meeting, by, "Untimed")
    agenda = seen_by(cast, "coordinator", meeting)
    assert (agenda.minutes_in_all, agenda.pages_in_all, agenda.decisions) == (30, 4, (1, 3))
    hidden = seen_by(cast, "member", meeting)
    assert (hidden.minutes_in_all, hidden.pages_in_all, hidden.decisions) == (0, 0, ())


def test_a_withdrawn_paper_is_not_on_the_agenda(cast: Cast, meeting: Meeting) -> None:
    made = published_then_drafted(meeting, cast["coordinator"])
    withdraw_paper(paper=made.sent_paper, reason="It names a child", by=cast["coordinator"])
    assert lines(seen_by(cast, "member", meeting)) == [(1, "Annual report", [])]


def test_three_queries_however_long(
    cast: Cast, meeting: Meeting, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(4):
        paper_at_item(item_on(meeting, cast["coordinator"], f"Item {number}"), cast["coordinator"])
    with read_once(), django_assert_num_queries(4):  # one of them asks what the reader holds
        agenda = seen_by(cast, "coordinator", meeting)
        assert all(paper.published_in is None for each in agenda.items for paper in each.papers)


def test_items_and_papers_are_found_at_their_own_meeting_alone(cast: Cast, meeting: Meeting) -> None:
    made, other = published_then_drafted(meeting, cast["coordinator"]), cast.meeting(on=date(2027, 9, 15))
    user = cast["coordinator"]
    assert item_at(meeting=meeting, number=made.draft_item.pk, user=user, today=TODAY) == made.draft_item
    assert paper_at(meeting=meeting, uuid=made.sent_paper.uuid, user=user, today=TODAY) == made.sent_paper
    with pytest.raises(Http404):
        item_at(meeting=other, number=made.draft_item.pk, user=user, today=TODAY)
    with pytest.raises(Http404):
        paper_at(meeting=other, uuid=made.sent_paper.uuid, user=user, today=TODAY)
    with pytest.raises(Http404):
        paper_at(meeting=meeting, uuid=uuid4(), user=user, today=TODAY)
    with pytest.raises(Http404):
        item_at(meeting=meeting, number=made.draft_item.pk, user=cast["member"], today=TODAY)
