"""Publishing an agenda: what goes out, the duty it meets, and the reason when it is late."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from pytest_django import Settings

from meetings.models import AgendaItem, AgendaPublication, ItemKind, Meeting, Paper
from meetings.operations import (
    ChangedSinceChecked,
    LateWithoutReason,
    NothingToPublish,
    change_item,
    move,
    move_item,
    publish_agenda,
    remove_item,
    withdraw_paper,
)
from meetings.queries import Recipients, papers_due, recipients_of, unpublished
from membership.operations import end_appointment
from partnership.clock import LONDON
from partnership.models import Obligation
from partnership.rules.arrangements import Document
from tests.agendas import item_on, paper_at_item, refused
from tests.cast import NOW, TODAY, Cast

JUNE, APRIL, DUE = date(2027, 6, 16), date(2027, 4, 22), date(2027, 4, 15)
NOTHING_NEW = "There is nothing new to publish."


@pytest.fixture
def city(cast: Cast) -> Meeting:
    """Portsmouth's meeting of 22 April, whose papers are due on 15 April."""
    return cast.meeting(on=APRIL, board=cast.elsewhere)


def papers_of(meeting: Meeting) -> Obligation:
    return Obligation.objects.get(cause_id=meeting.pk, duty="papers")


def at_london(settings: Settings, day: int, hour: int, minute: int = 0) -> None:
    """Set the clock to that moment of April 2027."""
    settings.CLOCK_STOPPED_AT = datetime(2027, 4, day, hour, minute, tzinfo=LONDON)


def test_everything_that_is_a_draft_goes_out_as_version_1(cast: Cast, city: Meeting) -> None:
    item = item_on(city, cast["coordinator"])
    paper = paper_at_item(item, cast["coordinator"])
    sent = publish_agenda(meeting=city, by=cast["manager"])
    item.refresh_from_db()
    paper.refresh_from_db()
    assert (sent.version, sent.published_at, sent.reason) == (1, NOW, "")
    assert (item.published_in, paper.published_in) == (sent, sent)
    assert item.history.first().history_change_reason == "Agenda, version 1, published"
    assert item.history.first().history_user == cast["manager"]


def test_what_comes_later_is_a_supplement_with_the_next_version(cast: Cast, city: Meeting) -> None:
    first, by = item_on(city, cast["coordinator"]), cast["coordinator"]
    publish_agenda(meeting=city, by=by)
    late_paper = paper_at_item(first, by)
    second = item_on(city, by, "School transport")
    sent = publish_agenda(meeting=city, by=by)
    first.refresh_from_db()
    second.refresh_from_db()
    late_paper.refresh_from_db()
    assert sent.version == 2
    assert first.published_in is not None
    assert (first.published_in.version, second.published_in, late_paper.published_in) == (1, sent, sent)


def test_an_empty_agenda_is_not_published(cast: Cast, city: Meeting) -> None:
    with refused(NothingToPublish, NOTHING_NEW):
        publish_agenda(meeting=city, by=cast["coordinator"])
    assert papers_of(city).is_open


def test_nothing_new_is_not_published_again(cast: Cast, city: Meeting) -> None:
    item_on(city, cast["coordinator"])
    publish_agenda(meeting=city, by=cast["coordinator"])
    with refused(NothingToPublish, NOTHING_NEW):
        publish_agenda(meeting=city, by=cast["coordinator"])
    assert AgendaPublication.objects.count() == 1


def test_what_was_taken_away_does_not_go_out(cast: Cast, city: Meeting) -> None:
    item, by = item_on(city, cast["coordinator"]), cast["coordinator"]
    publish_agenda(meeting=city, by=by)
    withdraw_paper(paper=paper_at_item(item, by), reason="", by=by)
    remove_item(item=item, reason="Not this time", by=by)
    with refused(NothingToPublish, NOTHING_NEW):
        publish_agenda(meeting=city, by=by)


# --- the duty ---------------------------------------------------------------------------------------------------------


def test_the_duty_is_met_on_the_day_it_was_done(cast: Cast, city: Meeting, settings: Settings) -> None:
    item_on(city, cast["coordinator"])
    at_london(settings, 15, 23, 59)
    publish_agenda(meeting=city, by=cast["coordinator"])
    duty = papers_of(city)
    assert (duty.met_on, duty.evidence) == (DUE, "Agenda, version 1, published")
    assert list(duty.events.order_by("pk").values_list("what", "by")) == [
        ("planned", cast.author.pk),
        ("met", cast["coordinator"].pk),
    ]


def test_a_minute_after_midnight_is_a_day_late_and_asks_for_a_reason(
    cast: Cast, city: Meeting, settings: Settings
) -> None:
    item_on(city, cast["coordinator"])
    at_london(settings, 16, 0, 1)
    for reason in ("", "   "):
        with refused(LateWithoutReason, "Enter why this comes after Thursday 15 April 2027, when it was due."):
            publish_agenda(meeting=city, reason=reason, by=cast["coordinator"])
    assert (AgendaPublication.objects.count(), papers_of(city).is_open) == (0, True)
    sent = publish_agenda(meeting=city, reason=" The ICB's data came late. ", by=cast["coordinator"])
    assert sent.reason == "The ICB's data came late."
    assert papers_of(city).met_on == date(2027, 4, 16)


def test_a_supplement_after_the_date_asks_for_a_reason_and_leaves_the_duty_as_it_was_met(
    cast: Cast, city: Meeting, settings: Settings
) -> None:
    item_on(city, cast["coordinator"])
    at_london(settings, 15, 16, 30)
    publish_agenda(meeting=city, by=cast["coordinator"])
    at_london(settings, 16, 9)
    item_on(city, cast["coordinator"], "School transport")
    with refused(LateWithoutReason, "Enter why this comes after Thursday 15 April 2027, when it was due."):
        publish_agenda(meeting=city, by=cast["coordinator"])
    sent = publish_agenda(meeting=city, reason="A contract ends on 30 April.", by=cast["coordinator"])
    assert (sent.version, sent.reason) == (2, "A contract ends on 30 April.")
    assert (papers_of(city).met_on, papers_of(city).evidence) == (DUE, "Agenda, version 1, published")


def test_a_reason_that_nobody_asked_for_is_not_kept(cast: Cast, city: Meeting) -> None:
    item_on(city, cast["coordinator"])
    assert publish_agenda(meeting=city, reason="Just so", by=cast["coordinator"]).reason == ""


def test_a_board_whose_terms_set_no_date_publishes_without_one(cast: Cast, settings: Settings) -> None:
    meeting = cast.meeting(on=APRIL, board=cast.neighbours)
    at_london(settings, 21, 18)
    item_on(meeting, cast["coordinator"])
    assert papers_due(meeting=meeting) is None
    assert publish_agenda(meeting=meeting, by=cast["coordinator"]).version == 1
    assert not Obligation.objects.filter(cause_type="meetings.meeting", cause_id=meeting.pk).exists()


def test_a_meeting_that_moves_has_another_date(cast: Cast, city: Meeting, settings: Settings) -> None:
    move(meeting=city, on=date(2027, 4, 29), starts_at=city.starts_at, reason="Strike", by=cast["coordinator"])
    due = papers_due(meeting=Meeting.objects.get(pk=city.pk))
    assert due is not None
    assert (due.on, due.rule.clause.ref) == (date(2027, 4, 22), "n")


# --- what was checked -------------------------------------------------------------------------------------------------


def test_what_was_checked_goes_out(cast: Cast, city: Meeting) -> None:
    item_on(city, cast["coordinator"])
    mark = unpublished(meeting=city).mark
    assert publish_agenda(meeting=city, checked=mark, by=cast["coordinator"]).version == 1


@pytest.mark.parametrize("change", ["item", "paper", "words", "order", "removed", "nothing checked"])
def test_what_changed_since_it_was_checked_does_not_go_out_unseen(cast: Cast, city: Meeting, change: str) -> None:
    by = cast["coordinator"]
    one, two = item_on(city, by, "One"), item_on(city, by, "Two")
    mark = unpublished(meeting=city).mark
    if change == "item":
        item_on(city, by, "Three")
    elif change == "paper":
        paper_at_item(one, by)
    elif change == "words":
        change_item(item=one, version=1, title="Other", kind=ItemKind.DECISION, by=by)
    elif change == "order":
        move_item(item=two, up=True, by=by)
    elif change == "removed":
        remove_item(item=two, reason="", by=by)
    else:
        mark = ""
    with refused(ChangedSinceChecked, "The agenda changed after you opened this page. Check it again."):
        publish_agenda(meeting=city, checked=mark, by=by)
    assert not AgendaItem.objects.exclude(published_in=None).exists()
    assert not Paper.objects.exclude(published_in=None).exists()


# --- who receives it --------------------------------------------------------------------------------------------------


def receivers(meeting: Meeting) -> Recipients:
    found = recipients_of(meeting=meeting, document=Document.AGENDA_AND_PAPERS, today=TODAY)
    assert found is not None
    return found


def test_the_constitution_says_in_which_capacities_people_receive_it(cast: Cast) -> None:
    found = receivers(cast.meeting(on=JUNE))
    assert [(each.name, each.seat) for each in found.people] == [
        ("Chair", "Partnership chair"),
        ("Scrutineer", "Independent scrutineer"),
        ("Member", "Hampshire and Isle of Wight Constabulary"),
        ("Observer", "Cabinet Member for Children's Services, Education and Skills"),
    ]
    assert found.rule.clause.ref == "Support 2"
    assert "Probation" in " ".join(found.vacant)


def test_a_deputy_receives_it_only_where_the_rule_names_deputies(cast: Cast) -> None:
    assert "Deputy" not in {each.name for each in receivers(cast.meeting(on=JUNE)).people}


def test_members_alone_receive_it_where_the_rule_names_nobody_else(cast: Cast, city: Meeting) -> None:
    found = receivers(city)
    assert [each.name for each in found.people] == ["Outsider"]
    assert not any("Lead Member" in seat or "chair" in seat.lower() for seat in found.vacant)


def test_whoever_left_their_seat_receives_nothing(cast: Cast) -> None:
    meeting = cast.meeting(on=JUNE)
    end_appointment(appointment=cast.appointments["member"], ends_on=date(2027, 3, 16), reason="Left", by=cast.author)
    assert "Member" not in {each.name for each in receivers(meeting).people}


def test_without_a_rule_nobody_is_named(cast: Cast) -> None:
    meeting = cast.meeting(on=JUNE, board=cast.neighbours)
    assert recipients_of(meeting=meeting, document=Document.AGENDA_AND_PAPERS, today=TODAY) is None
    assert recipients_of(meeting=cast.meeting(on=JUNE), document=Document.ANNUAL_REPORT, today=TODAY) is None
