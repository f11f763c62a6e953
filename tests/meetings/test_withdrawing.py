"""What was published and is withdrawn leaves its duty to be done again, once nothing of it stands."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client
from pytest_django import Settings

from meetings.models import AgendaItem, Meeting, Paper
from meetings.operations import cancel, close_register, publish_agenda, remove_item, send_minutes, withdraw_paper
from partnership.clock import LONDON
from partnership.models import Delivery, DeliveryState, Obligation
from partnership.obligations.planning import plan
from partnership.obligations.sweeping import sweep
from tests.agendas import item_on, paper_at_item
from tests.cast import NOW, TODAY, Cast, at
from tests.partnership.test_deliveries import Carrier

APRIL, DUE = date(2027, 4, 22), date(2027, 4, 15)
ALL_GONE = "Everything published was withdrawn"


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return cast.meeting(on=APRIL)


@pytest.fixture
def items(cast: Cast, meeting: Meeting) -> list[AgendaItem]:
    return [item_on(meeting, cast["coordinator"], title) for title in ("One", "Two")]


def papers_of(meeting: Meeting) -> Obligation:
    return Obligation.objects.get(cause_id=meeting.pk, duty="papers")


def whats(meeting: Meeting) -> list[str]:
    return list(papers_of(meeting).events.order_by("pk").values_list("what", flat=True))


def hour(month: int, day: int) -> datetime:
    return datetime(2027, month, day, 8, 30, tzinfo=LONDON)


def published(cast: Cast, meeting: Meeting, reason: str = "") -> None:
    publish_agenda(meeting=meeting, reason=reason, by=cast["coordinator"])


def gone(cast: Cast, *what: AgendaItem | Paper) -> None:
    for each in what:
        if isinstance(each, Paper):
            withdraw_paper(paper=each, reason="It named a child", by=cast["manager"])
        else:
            remove_item(item=each, reason="It named a child", by=cast["manager"])


def test_with_the_last_item_the_duty_is_open_again_and_its_history_kept(
    cast: Cast, meeting: Meeting, items: list[AgendaItem]
) -> None:
    published(cast, meeting)
    gone(cast, items[0])
    assert papers_of(meeting).met_on == TODAY
    gone(cast, items[1])
    duty = papers_of(meeting)
    assert (duty.met_on, duty.evidence, duty.is_open) == (None, "", True)
    assert list(duty.events.order_by("pk").values_list("what", "detail", "by")) == [
        ("planned", "", cast.author.pk),
        ("met", "Agenda, version 1, published", cast["coordinator"].pk),
        ("reopened", ALL_GONE, cast["manager"].pk),
    ]


def test_with_the_last_paper_too_though_items_stand(cast: Cast, meeting: Meeting, items: list[AgendaItem]) -> None:
    one, two = (paper_at_item(item, cast["coordinator"]) for item in items)
    published(cast, meeting)
    gone(cast, one)
    assert papers_of(meeting).met_on == TODAY
    gone(cast, two)
    assert whats(meeting) == ["planned", "met", "reopened"]


def test_the_act_done_again_meets_it_on_its_own_day(
    cast: Cast, meeting: Meeting, items: list[AgendaItem], settings: Settings
) -> None:
    paper = paper_at_item(items[0], cast["coordinator"])
    published(cast, meeting)
    gone(cast, paper)
    again = paper_at_item(items[0], cast["coordinator"], "Report without names")
    settings.CLOCK_STOPPED_AT = hour(4, 16)
    published(cast, meeting, reason="The first report named a child.")
    duty = papers_of(meeting)
    assert (duty.met_on, duty.evidence) == (date(2027, 4, 16), "Agenda, version 2, published")
    gone(cast, again)
    assert whats(meeting) == ["planned", "met", "reopened", "met", "reopened"]


def test_a_supplement_that_stands_keeps_it_met(cast: Cast, meeting: Meeting, items: list[AgendaItem]) -> None:
    first = paper_at_item(items[0], cast["coordinator"])
    published(cast, meeting)
    second = paper_at_item(items[1], cast["coordinator"])
    published(cast, meeting)
    gone(cast, first)
    assert whats(meeting) == ["planned", "met"]
    gone(cast, second)
    assert whats(meeting) == ["planned", "met", "reopened"]


def test_what_a_supplement_brought_and_took_away_changes_nothing(
    cast: Cast, meeting: Meeting, items: list[AgendaItem]
) -> None:
    published(cast, meeting)
    paper = paper_at_item(items[0], cast["coordinator"])
    published(cast, meeting)
    gone(cast, paper)
    assert whats(meeting) == ["planned", "met"]


def test_a_draft_taken_away_changes_nothing(cast: Cast, meeting: Meeting, items: list[AgendaItem]) -> None:
    draft = paper_at_item(items[0], cast["coordinator"])
    gone(cast, draft, *items)
    assert whats(meeting) == ["planned"]
    assert papers_of(meeting).is_open


def test_where_the_terms_set_no_date_there_is_nothing_to_reopen(cast: Cast) -> None:
    meeting = cast.meeting(on=APRIL, board=cast.neighbours)
    item = item_on(meeting, cast["coordinator"])
    published(cast, meeting)
    gone(cast, item)
    assert not Obligation.objects.filter(cause_id=meeting.pk, duty="papers").exists()


def test_reminders_still_to_come_go_on(cast: Cast, meeting: Meeting, items: list[AgendaItem]) -> None:
    def rows() -> list[tuple[int, str]]:
        found = Delivery.objects.filter(obligation=papers_of(meeting), recipient=cast["coordinator"])
        return list(found.order_by("pk").values_list("offset", "state"))

    plan(now=hour(3, 26))
    published(cast, meeting)
    ((offset, state),) = rows()
    assert state == DeliveryState.SKIPPED_MET
    gone(cast, *items)
    assert rows() == [(offset, DeliveryState.PENDING)]
    plan(now=hour(4, 15))
    assert len(rows()) > 1


def test_a_reminder_whose_hour_passed_meanwhile_is_not_sent_after_all(
    cast: Cast, meeting: Meeting, items: list[AgendaItem], settings: Settings
) -> None:
    plan(now=hour(3, 26))
    published(cast, meeting)
    settings.CLOCK_STOPPED_AT = hour(4, 12)
    gone(cast, *items)
    states = Delivery.objects.filter(obligation=papers_of(meeting)).values_list("state", flat=True)
    assert set(states) == {DeliveryState.SKIPPED_MET}


def test_nobody_is_told_that_papers_are_ready_which_are_gone(
    cast: Cast, meeting: Meeting, items: list[AgendaItem]
) -> None:
    carrier = Carrier()
    published(cast, meeting)
    gone(cast, *items)
    sweep(now=NOW, by=cast.author, transport=carrier)
    assert [message.subject for message in carrier.taken] == []


def test_the_meeting_and_its_agenda_say_that_it_is_due_again(
    cast: Cast, meeting: Meeting, items: list[AgendaItem], client: Client, settings: Settings
) -> None:
    published(cast, meeting)
    gone(cast, *items)
    settings.CLOCK_STOPPED_AT = hour(4, 16)
    client.force_login(cast["coordinator"])
    address = f"/p/isle-of-wight/main-board/meetings/{meeting.address}/"
    page = client.get(address).context["page"]
    (task,) = (task for phase in page.phases for task in phase.tasks if task.name == "Send the agenda and papers")
    assert task.tag.words == "1 day late"
    assert "It is 1 day late." in client.get(f"{address}agenda/").content.decode()


def test_what_was_cancelled_with_its_meeting_stays_so(cast: Cast, meeting: Meeting, items: list[AgendaItem]) -> None:
    published(cast, meeting)
    gone(cast, items[0])
    cancel(meeting=meeting, reason="Snow", by=cast["coordinator"])
    assert papers_of(meeting).met_on == TODAY


def test_a_new_version_of_minutes_leaves_their_duty_as_it_was_met(cast: Cast, settings: Settings) -> None:
    meeting = close_register(meeting=cast.open_meeting(), at=at(11), by=cast["coordinator"])
    for day, reason in ((18, ""), (30, "A name was misspelt.")):
        settings.CLOCK_STOPPED_AT = hour(3, day)
        send_minutes(meeting=meeting, reason=reason, by=cast["coordinator"])
    duty = Obligation.objects.get(cause_id=meeting.pk, duty__startswith="minutes")
    assert (duty.met_on, duty.evidence) == (date(2027, 3, 18), "Minutes and action tracker, version 1, sent")
    assert list(duty.events.order_by("pk").values_list("what", flat=True)) == ["planned", "met"]
