"""Minutes drafted from the record of two real meetings, and what sending them keeps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

import pytest
from django.conf import settings as clock_setting
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoAssertNumQueries, Settings
from pytest_django.plugin import DjangoDbBlocker

from meetings.minutes import MinutesContent, NothingToMinute, draft_minutes
from meetings.minutes.content import UnknownContent
from meetings.minutes.recipients import minutes_go_to
from meetings.models import Action, Decision, Meeting, Minutes, Recorded
from meetings.operations import (
    ChangedSinceChecked,
    LateWithoutReason,
    NotTheirsToSend,
    RegisterNotClosed,
    agree_action,
    change_decision,
    record_decision,
    reopen_register,
    send_minutes,
)
from meetings.operations.minutes import fingerprint_to_send
from meetings.operations.outcomes import DecisionSent
from partnership import access, clock
from partnership.access import Action as Right
from partnership.access import Kind
from partnership.clock import LONDON
from partnership.models import Obligation
from tests.cast import NOW, Cast, assembled, at
from tests.held_meetings import APRIL, april, island_in_march, portsmouth_in_april


@dataclass
class Held:
    """The cast with both meetings."""

    cast: Cast
    portsmouth: Meeting
    island: Meeting


@pytest.fixture(scope="module")
def both(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Held]:
    """Both meetings, held once for this file and undone at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(CLOCK_STOPPED_AT=NOW):
            cast = assembled()
            island = island_in_march(cast, clock_setting)
            portsmouth = portsmouth_in_april(cast, clock_setting)
        yield Held(cast, portsmouth, island)
        transaction.set_rollback(True)


@pytest.fixture
def db(both: Held) -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def held(both: Held, db: None, settings: Settings) -> Held:
    """Half past twelve on 22 April, both meetings held."""
    settings.CLOCK_STOPPED_AT = april(12, 30)
    return replace(both)


def draft(held: Held, meeting: Meeting) -> MinutesContent:
    return draft_minutes(meeting=meeting, user=held.cast["coordinator"], today=clock.today())


def on(day: int, hour: int = 16, month: int = 5) -> datetime:
    return datetime(2027, month, day, hour, 30, tzinfo=LONDON)


def letters(content: MinutesContent, seat: str) -> tuple[str, tuple[str, ...]]:
    row = next(row for row in content.attendance.rows if row.seat == seat)
    return row.who, row.letters


# --- the draft --------------------------------------------------------------------------------------------------------


def test_the_heading_says_when_it_began_and_closed_and_who_chaired(held: Held) -> None:
    heading = draft(held, held.portsmouth).heading
    assert (heading.board, heading.day) == ("PSCP Board", "Thursday 22 April 2027")
    assert (heading.times, heading.place, heading.chair) == ("10am to 12:24pm", "Civic Offices, room 4", "Ros Tremayne")


def test_portsmouth_was_quorate_throughout_by_its_three_partners(held: Held) -> None:
    quorum = draft(held, held.portsmouth).quorum
    assert quorum.sentence == "Quorate throughout: all 3 statutory safeguarding partners were present."
    assert quorum.who == (
        "Portsmouth City Council (Elena Marsh), Hampshire Constabulary (Sam Lee, deputy for Outsider), "
        "Hampshire and Isle of Wight Integrated Care Board (Anil Corrie), 10am to 12:24pm."
    )
    assert quorum.source == "Clause d, version 1, in force from 1 September 2022."


def test_the_island_was_not_quorate_while_its_health_partner_was_away(held: Held) -> None:
    quorum = draft(held, held.island).quorum
    assert quorum.sentence == (
        "Not quorate from 11:20am to 11:42am: 11 of 24 present. 1 more member needed. "
        "NHS Hampshire and Isle of Wight ICB was not represented. Quorate for the rest of the meeting."
    )
    assert "NHS Hampshire and Isle of Wight ICB (Rep Icb, until 11:20am and from 11:42am)" in quorum.who
    assert quorum.source == "Quoracy, version 2, in force from 1 January 2026."


def test_each_seat_has_a_letter_for_each_meeting_of_the_year(held: Held) -> None:
    table = draft(held, held.portsmouth).attendance
    assert table.meetings == ("21 Jan", "22 Apr")
    assert letters(draft(held, held.portsmouth), "Hampshire Constabulary") == (
        "Sam Lee, deputy for Outsider", ("N", "D")
    )  # fmt: skip
    assert letters(draft(held, held.portsmouth), "Portsmouth Diocese") == ("Apologies: Ruth Peverell", ("N", "A"))
    assert letters(draft(held, held.portsmouth), "Solent NHS Trust") == ("Vacant", ("N", "N"))
    assert table.tally == "3 of 14 seats were represented: 2 by their representative and 1 by a deputy."


def test_reasons_of_apology_are_in_no_minutes(held: Held) -> None:
    held.portsmouth.attendances.filter(recorded=Recorded.APOLOGIES).update(reason="Ill at home")
    assert "Ill at home" not in json.dumps(draft(held, held.portsmouth).to_json())


def test_whoever_is_no_member_stands_apart(held: Held) -> None:
    told = {each.label: each.names for each in draft(held, held.portsmouth).others}
    assert told == {
        "Independent chair, not counted": "Ros Tremayne",
        "Partnership team, not members": "Coordinator, coordinator",
    }


def test_items_carry_what_was_said_and_decided(held: Held) -> None:
    first, second, third = draft(held, held.portsmouth).items
    assert first.discussion == ("Everybody was welcomed.", "No interests were declared.")
    assert (second.number, second.title, second.label) == (2, "Neglect strategy", "")
    decision = second.decisions[0]
    assert (decision.title, decision.text) == ("Decision 2", "The strategy is adopted")
    assert decision.sentence == "Agreed by consent (clauses u, v, w) at 11:02am, while quorate."
    assert third.is_bare
    assert [item.number for item in draft(held, held.portsmouth).bare_items] == [3]


def test_what_was_taken_without_a_quorum_says_so(held: Held) -> None:
    item = draft(held, held.island).items[0]
    assert (item.label, item.decisions[0].label) == ("Taken while not quorate", "Taken while not quorate")
    assert item.decisions[0].sentence == (
        "Agreed by consent at 11:30am, while not quorate. These terms do not state how decisions are made."
    )


def test_a_decision_without_a_quorum_under_terms_that_say_how_to_decide_is_provisional(held: Held) -> None:
    by = held.cast["coordinator"]
    item = held.portsmouth.items.get(title="Any other business")
    police = held.portsmouth.attendances.get(seat__key="constabulary")
    police.presences.update(left_at=april(12))
    record_decision(item=item, text="Too late", decided_at=april(12, 10), by=by)
    decision = draft(held, held.portsmouth).items[-1].decisions[0]
    assert decision.sentence == (
        "Agreed by consent (clauses u, v, w) at 12:10pm. Provisional: taken while not quorate."
    )


def test_two_decisions_at_one_item_are_told_apart(held: Held) -> None:
    item = held.portsmouth.items.get(title="Neglect strategy")
    record_decision(item=item, text="It is published", decided_at=april(11, 5), by=held.cast["coordinator"])
    titles = [decision.title for decision in draft(held, held.portsmouth).items[1].decisions]
    assert titles == ["Decision 2a", "Decision 2b"]


def test_actions_are_held_over_or_new(held: Held) -> None:
    content = draft(held, held.portsmouth)
    assert [(each.reference, each.state, each.due) for each in content.actions] == [
        ("PSCP-1", "Held over", "30 April 2027"),
        ("PSCP-2", "New", "30 June 2027"),
    ]
    assert content.actions[1].who == "Elena Marsh"
    assert content.summary == "Decisions: 1, at item 2. Actions: 1 new, 1 held over."


def test_an_action_closed_since_the_meeting_before_is_told_once_more(held: Held) -> None:
    action = Action.objects.get(number=1, partnership=held.cast.elsewhere.partnership)
    held.cast.elsewhere.actions.filter(pk=action.pk).update(status="closed", closed_on=date(2027, 4, 1))
    assert draft(held, held.portsmouth).actions[0].state == "Closed 1 April 2027"
    held.cast.elsewhere.actions.filter(pk=action.pk).update(closed_on=date(2027, 1, 21))
    assert [each.reference for each in draft(held, held.portsmouth).actions] == ["PSCP-2"]


def test_an_action_agreed_after_the_meeting_is_not_in_its_minutes(held: Held, settings: Settings) -> None:
    settings.CLOCK_STOPPED_AT = on(4)
    agree_action(
        board=held.cast.elsewhere,
        text="Later",
        owner=held.cast.person("elena marsh"),
        due_on=date(2027, 6, 1),
        by=held.cast["coordinator"],
    )
    assert [each.text for each in draft(held, held.portsmouth).actions] == [
        "Report on missed appointments", "Publish the neglect guide"
    ]  # fmt: skip


def test_the_next_meeting_comes_with_what_falls_due_before_it(held: Held) -> None:
    following = draft(held, held.portsmouth).next_meeting
    assert following is not None
    assert following.when == "Thursday 15 July 2027, 10am."
    assert following.deadlines == (
        "Report submitted on the partnership's template: due by Thursday 24 June 2027.",
        "Amended report submitted: due by Thursday 8 July 2027 at midday.",
        "Agenda and papers received by members: due by Thursday 8 July 2027.",
    )


def test_only_a_constitution_with_a_dispute_window_has_its_sentence(held: Held, settings: Settings) -> None:
    settings.CLOCK_STOPPED_AT = on(4)
    dispute = draft(held, held.portsmouth).dispute
    assert dispute is not None
    assert dispute.sentence == "You can raise a dispute with the Chair until 18 May 2027."
    assert dispute.clause == "clause p"
    assert draft(held, held.island).dispute is None


def test_minutes_go_to_json_and_back_unchanged(held: Held) -> None:
    for meeting in (held.portsmouth, held.island):
        content = draft(held, meeting)
        assert MinutesContent.from_json(json.loads(json.dumps(content.to_json()))) == content


@pytest.mark.parametrize("spoilt", [{"format": 2}, {"format": 1}, {"format": 1, "heading": None}])
def test_values_that_are_no_minutes_are_refused(spoilt: dict[str, object]) -> None:
    with pytest.raises(UnknownContent):
        MinutesContent.from_json(spoilt)


def test_a_meeting_that_was_never_opened_has_no_minutes(held: Held) -> None:
    planned = Meeting.objects.get(board=held.cast.elsewhere, on__gt=APRIL)
    with pytest.raises(NothingToMinute, match="The minutes have not been started"):
        draft(held, planned)


def test_more_items_and_actions_cost_no_more_queries(
    held: Held, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    draft(held, held.portsmouth)
    by = held.cast["coordinator"]
    with django_assert_max_num_queries(30) as few:
        draft(held, held.portsmouth)
    for number in range(3):
        item = held.portsmouth.items.get(title="Any other business")
        record_decision(item=item, text=f"Decision {number}", decided_at=april(12), by=by)
        agree_action(
            board=held.cast.elsewhere,
            text=f"Action {number}",
            owner=held.cast.person("elena marsh"),
            due_on=date(2027, 6, 30),
            by=by,
            item=item,
        )
    with django_assert_max_num_queries(len(few)):
        draft(held, held.portsmouth)


# --- sending ----------------------------------------------------------------------------------------------------------


def obligation(meeting: Meeting) -> Obligation:
    return Obligation.objects.get(cause_id=meeting.pk, duty__startswith="minutes")


def test_sending_keeps_what_was_said_and_meets_the_duty(held: Held, settings: Settings) -> None:
    settings.CLOCK_STOPPED_AT = on(4)
    sent = send_minutes(meeting=held.portsmouth, by=held.cast["coordinator"])
    assert (sent.version, sent.sent_at, sent.reason) == (1, on(4), "")
    content = MinutesContent.from_json(sent.content)
    assert content.edition is not None
    assert (content.edition.version, content.edition.sent) == (1, "4 May 2027")
    assert Decision.objects.get(item__meeting=held.portsmouth).sent_in == sent
    met = obligation(held.portsmouth)
    assert (met.duty, met.met_on) == ("minutes", date(2027, 5, 4))
    assert met.evidence == "Minutes and action tracker, version 1, sent"


def test_the_island_s_duty_is_minutes_and_tracker_together(held: Held, settings: Settings) -> None:
    settings.CLOCK_STOPPED_AT = at(15)
    content = MinutesContent.from_json(send_minutes(meeting=held.island, by=held.cast["coordinator"]).content)
    assert content.actions == ()
    met = obligation(held.island)
    assert (met.duty, met.met_on, met.evidence) == (
        "minutes-and-tracker", date(2027, 3, 17), "Minutes and action tracker, version 1, sent"
    )  # fmt: skip


def test_what_was_sent_does_not_follow_the_record(held: Held, settings: Settings) -> None:
    settings.CLOCK_STOPPED_AT = on(4)
    by = held.cast["coordinator"]
    sent = send_minutes(meeting=held.portsmouth, by=by)
    before = json.dumps(sent.content, sort_keys=True)
    item = held.portsmouth.items.get(title="Any other business")
    record_decision(item=item, text="One more", decided_at=april(12, 1), by=by)
    assert json.dumps(Minutes.objects.get(pk=sent.pk).content, sort_keys=True) == before
    decision = Decision.objects.get(sent_in=sent)
    with pytest.raises(DecisionSent):
        change_decision(decision=decision, text="Another", decided_at=decision.decided_at, version=1, by=by)


def test_after_the_deadline_a_reason_is_compulsory(held: Held, settings: Settings) -> None:
    settings.CLOCK_STOPPED_AT = on(7)
    by = held.cast["coordinator"]
    late = "Enter why the minutes come after Thursday 6 May 2027, when they were due."
    with pytest.raises(LateWithoutReason, match=late):
        send_minutes(meeting=held.portsmouth, by=by, reason="  ")
    assert not Minutes.objects.exists()
    assert send_minutes(meeting=held.portsmouth, by=by, reason=" The chair was ill. ").reason == "The chair was ill."


def test_on_the_day_itself_no_reason_is_asked_for(held: Held, settings: Settings) -> None:
    settings.CLOCK_STOPPED_AT = on(6, hour=23)
    assert send_minutes(meeting=held.portsmouth, by=held.cast["coordinator"]).version == 1


def test_a_further_version_says_what_changed_and_leaves_the_first(held: Held, settings: Settings) -> None:
    settings.CLOCK_STOPPED_AT = on(4)
    by = held.cast["coordinator"]
    first = send_minutes(meeting=held.portsmouth, by=by)
    with pytest.raises(LateWithoutReason, match="Enter what changed since version 1"):
        send_minutes(meeting=held.portsmouth, by=by)
    second = send_minutes(meeting=held.portsmouth, by=by, reason="A name was wrong")
    assert (first.version, second.version) == (1, 2)
    assert Decision.objects.get(item__meeting=held.portsmouth).sent_in == first
    assert obligation(held.portsmouth).evidence == "Minutes and action tracker, version 1, sent"


def test_an_open_register_is_closed_first(held: Held) -> None:
    by = held.cast["coordinator"]
    reopen_register(meeting=held.portsmouth, reason="A name was wrong", by=by)
    with pytest.raises(RegisterNotClosed, match="Close the register before you send the minutes"):
        send_minutes(meeting=held.portsmouth, by=by)


@pytest.mark.parametrize("who", ["chair", "member", "nobody"])
def test_only_the_team_sends(held: Held, who: str) -> None:
    with pytest.raises(NotTheirsToSend):
        send_minutes(meeting=held.island, by=held.cast[who])


def test_what_is_sent_is_what_was_checked(held: Held, settings: Settings) -> None:
    settings.CLOCK_STOPPED_AT = on(4)
    by = held.cast["coordinator"]
    checked = fingerprint_to_send(draft(held, held.portsmouth), 1)
    item = held.portsmouth.items.get(title="Any other business")
    record_decision(item=item, text="One more", decided_at=april(12, 1), by=by)
    with pytest.raises(ChangedSinceChecked):
        send_minutes(meeting=held.portsmouth, by=by, checked=checked)
    checked = fingerprint_to_send(draft(held, held.portsmouth), 1)
    send_minutes(meeting=held.portsmouth, by=by, checked=checked)
    # The same button pressed twice sends once.
    with pytest.raises(ChangedSinceChecked):
        send_minutes(meeting=held.portsmouth, by=by, checked=checked)
    assert Minutes.objects.count() == 1


def test_a_decision_is_a_member_s_to_read_once_it_was_sent(held: Held) -> None:
    member = held.cast["member"]
    decisions = Decision.objects.filter(item__meeting=held.island)
    assert not decisions.visible_to(member).exists()
    assert not access.may(member, Right.READ, held.island, Kind.MINUTES_DRAFT)
    send_minutes(meeting=held.island, by=held.cast["coordinator"], reason="Late")
    assert decisions.visible_to(member).exists()
    assert Minutes.objects.visible_to(member).filter(meeting=held.island).exists()
    assert not Minutes.objects.visible_to(held.cast["neighbour"]).exists()


def test_they_go_to_those_whom_the_terms_name(held: Held) -> None:
    island = minutes_go_to(meeting=held.island, today=clock.today())
    assert "Chair" in [person.name for person in island.people]
    assert "Observer" not in [person.name for person in island.people]
    assert (island.in_figures, island.source) == ("13 people", "Named by Support 3.")


def test_terms_that_are_silent_on_minutes_send_them_where_the_papers_go(held: Held) -> None:
    city = minutes_go_to(meeting=held.portsmouth, today=clock.today())
    assert sorted(person.name for person in city.people) == ["Anil Corrie", "Elena Marsh", "Outsider", "Ruth Peverell"]
    assert city.source == (
        "These terms do not say who receives the minutes. "
        "They go to those who receive the agenda and papers (clause n)."
    )
