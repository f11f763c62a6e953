from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import Settings

from meetings.models import AgendaItem, Decision, ItemRecord, Meeting, Minutes
from meetings.operations import (
    CorrectionUnexplained,
    DecisionClash,
    DecisionGone,
    DecisionSent,
    ItemEntry,
    ItemTakenOff,
    NothingDecided,
    OutsideTheMeeting,
    RecordClash,
    RecordClashes,
    RegisterNotOpen,
    begin_item,
    change_decision,
    close_register,
    open_register,
    record_decision,
    record_discussion,
    record_items,
    withdraw_decision,
)
from meetings.queries import record_of
from partnership.authorship import saved
from tests.cast import TODAY, Cast, at
from tests.pages.outcomes import DECISION, item_on

LONG_TEXT = "The Board asked what would be different for a two-year-old by the autumn."


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return cast.open_meeting()


@pytest.fixture
def item(cast: Cast, meeting: Meeting) -> AgendaItem:
    return item_on(cast, meeting)


@pytest.fixture
def decision(cast: Cast, item: AgendaItem) -> Decision:
    return record_decision(item=item, text=DECISION, decided_at=at(10, 3), by=cast["coordinator"])


def close(cast: Cast, meeting: Meeting, clock: Settings) -> Meeting:
    clock.CLOCK_STOPPED_AT = at(12, 30)
    return close_register(meeting=meeting, at=at(12, 20), by=cast["coordinator"])


def send(cast: Cast, decision: Decision) -> None:
    """Minutes that carry the decision."""
    minutes = Minutes(meeting=decision.item.meeting, version=1, content={}, sent_at=at(10, 4))
    decision.sent_in = saved(minutes, by=cast["coordinator"], reason="Minutes sent")
    saved(decision, by=cast["coordinator"], reason="Minutes sent", fields=["sent_in"])


# --- when an item was taken -------------------------------------------------------------------------------------------


def test_the_record_is_made_when_it_is_first_needed(cast: Cast, item: AgendaItem) -> None:
    assert not ItemRecord.objects.exists()
    record = begin_item(item=item, at=at(10, 2), by=cast["coordinator"])
    assert (record.begun_at, record.discussion, record.version) == (at(10, 2), "", 1)
    assert (record.history.get().history_user, record.history.get().history_change_reason) == (
        cast["coordinator"],
        "Item taken",
    )


def test_a_later_word_replaces_the_earlier_one(cast: Cast, item: AgendaItem) -> None:
    begin_item(item=item, at=at(10, 2), by=cast["coordinator"])
    record = begin_item(item=item, at=at(10, 3), by=cast["manager"])
    assert (record.begun_at, record.version) == (at(10, 3), 2)
    assert begin_item(item=item, at=at(10, 3), by=cast["manager"]).version == 2, "the same again is no change"


def test_no_item_before_the_register_is_open(cast: Cast) -> None:
    item = item_on(cast, cast.meeting())
    with pytest.raises(RegisterNotOpen, match=r"^The register of this meeting is not open yet\.$"):
        begin_item(item=item, at=at(10, 2), by=cast["coordinator"])


def test_a_closed_register_asks_for_a_reason(
    cast: Cast, meeting: Meeting, item: AgendaItem, stopped_clock: Settings
) -> None:
    close(cast, meeting, stopped_clock)
    words = r"^The register is closed\. Say why you change when the item was taken\.$"
    with pytest.raises(CorrectionUnexplained, match=words):
        begin_item(item=item, at=at(11), by=cast["coordinator"], reason="  ")
    record = begin_item(item=item, at=at(11), by=cast["coordinator"], reason="Read from my notes")
    assert record.history.get().history_change_reason == "Read from my notes"


@pytest.mark.parametrize(
    ("hour", "minute", "sentence"),
    [
        (9, 58, "The meeting began at 10am. Enter a later time."),
        (10, 6, "That time has not come yet."),
    ],
)
def test_only_a_moment_of_the_meeting(cast: Cast, item: AgendaItem, hour: int, minute: int, sentence: str) -> None:
    for act in (
        lambda: begin_item(item=item, at=at(hour, minute), by=cast["coordinator"]),
        lambda: record_decision(item=item, text=DECISION, decided_at=at(hour, minute), by=cast["coordinator"]),
    ):
        with pytest.raises(OutsideTheMeeting) as refused:
            act()
        assert str(refused.value) == sentence
    assert not ItemRecord.objects.exists()
    assert not Decision.objects.exists()


def test_after_the_register_was_closed_there_was_no_meeting(
    cast: Cast, meeting: Meeting, item: AgendaItem, stopped_clock: Settings
) -> None:
    close(cast, meeting, stopped_clock)
    with pytest.raises(OutsideTheMeeting, match=r"^The register was closed at 12:20pm\. Enter an earlier time\.$"):
        record_decision(item=item, text=DECISION, decided_at=at(12, 21), by=cast["coordinator"])
    last = record_decision(item=item, text=DECISION, decided_at=at(12, 20), by=cast["coordinator"])
    assert last.decided_at == at(12, 20) - timedelta(microseconds=1), "the minute of closing is the last moment"


def test_the_minute_in_which_it_began_is_its_first_moment(cast: Cast, stopped_clock: Settings) -> None:
    opened = at(10, 3).replace(second=27)
    meeting = open_register(meeting=cast.meeting(), at=opened, by=cast["coordinator"])
    record = begin_item(item=item_on(cast, meeting), at=at(10, 3), by=cast["coordinator"])
    assert record.begun_at == opened


def test_what_was_taken_off_the_agenda_is_not_taken(cast: Cast, item: AgendaItem) -> None:
    item.withdrawn_at = at(10)
    saved(item, by=cast["coordinator"], reason="Taken off")
    with pytest.raises(ItemTakenOff, match=r"^This item was taken off the agenda\.$"):
        begin_item(item=item, at=at(10, 2), by=cast["coordinator"])
    with pytest.raises(ItemTakenOff):
        record_discussion(item=item, text=LONG_TEXT, version=0, by=cast["coordinator"])


# --- what was said ----------------------------------------------------------------------------------------------------


def test_of_two_texts_the_second_is_told(cast: Cast, item: AgendaItem) -> None:
    record_discussion(item=item, text="Theirs", version=0, by=cast["manager"])
    with pytest.raises(RecordClash) as clash:
        record_discussion(item=item, text="Mine", version=0, by=cast["coordinator"])
    assert (clash.value.theirs, clash.value.yours, clash.value.about) == ("Theirs", "Mine", "Discussion")
    assert str(clash.value) == "Somebody else changed this while you were writing."
    kept = ItemRecord.objects.get()
    assert (kept.discussion, kept.version, kept.history.count()) == ("Theirs", 1, 1)
    again = record_discussion(item=item, text="Mine", version=1, by=cast["coordinator"])
    assert (again.discussion, again.version) == ("Mine", 2)


def test_a_time_pressed_by_somebody_else_is_no_clash_with_words(cast: Cast, item: AgendaItem) -> None:
    record_discussion(item=item, text="First", version=0, by=cast["coordinator"])
    begin_item(item=item, at=at(10, 2), by=cast["manager"])
    record = record_discussion(item=item, text="First and more", version=1, by=cast["coordinator"])
    assert (record.discussion, record.begun_at, record.version) == ("First and more", at(10, 2), 3)


def test_a_second_press_with_an_old_page_is_told(cast: Cast, item: AgendaItem) -> None:
    begin_item(item=item, at=at(10, 2), version=0, by=cast["manager"])
    with pytest.raises(RecordClash) as clash:
        begin_item(item=item, at=at(10, 4), version=0, by=cast["coordinator"])
    assert (clash.value.about, clash.value.theirs, clash.value.yours) == ("Taken at", "10:02am", "10:04am")


def test_one_form_writes_what_it_changed_and_nothing_else(cast: Cast, meeting: Meeting) -> None:
    first, second = item_on(cast, meeting), item_on(cast, meeting, title="School transport")
    record_discussion(item=second, text="As it was", version=0, by=cast["manager"])
    drawn = [
        ItemEntry(item=first, version=0, discussion=LONG_TEXT, taken_at=at(10, 1)),
        ItemEntry(item=second, version=1, discussion="As it was"),
    ]
    record_discussion(item=second, text="Somebody else has gone on", version=1, by=cast["manager"])
    written = record_items(entries=drawn, by=cast["coordinator"])
    assert [(one.item, one.begun_at, one.discussion) for one in written] == [(first, at(10, 1), LONG_TEXT)]
    assert ItemRecord.objects.get(item=second).discussion == "Somebody else has gone on"


def test_one_clash_in_a_form_writes_nothing_of_it(cast: Cast, meeting: Meeting) -> None:
    first, second = item_on(cast, meeting), item_on(cast, meeting, title="School transport")
    begin_item(item=second, at=at(10, 2), by=cast["manager"])
    record_discussion(item=second, text="Theirs", version=1, by=cast["manager"])
    drawn = [
        ItemEntry(item=first, version=0, discussion=LONG_TEXT),
        ItemEntry(item=second, version=0, discussion="Mine", taken_at=at(10, 4)),
    ]
    with pytest.raises(RecordClashes) as clashes:
        record_items(entries=drawn, by=cast["coordinator"])
    assert [(clash.about, clash.theirs, clash.yours) for clash in clashes.value.clashes] == [
        ("Taken at", "10:02am", "10:04am"),
        ("Discussion", "Theirs", "Mine"),
    ]
    assert not ItemRecord.objects.filter(item=first).exists()


# --- decisions --------------------------------------------------------------------------------------------------------


def test_a_decision_has_words_and_a_moment(cast: Cast, item: AgendaItem, decision: Decision) -> None:
    assert (decision.item, decision.decided_at, decision.sent_in, decision.version) == (item, at(10, 3), None, 1)
    with pytest.raises(NothingDecided, match=r"^Enter what was decided\.$"):
        record_decision(item=item, text=" \n", decided_at=at(10, 3), by=cast["coordinator"])


def test_a_draft_is_changed_and_a_stale_form_is_told(cast: Cast, decision: Decision) -> None:
    def adopted_with_changes() -> Decision:
        return change_decision(
            decision=decision, text="It is adopted with changes", decided_at=at(10, 4), version=1, by=cast["manager"]
        )

    changed = adopted_with_changes()
    assert (changed.text, changed.decided_at, changed.version) == ("It is adopted with changes", at(10, 4), 2)
    with pytest.raises(DecisionClash) as clash:
        change_decision(decision=decision, text="Mine", decided_at=at(10, 3), version=1, by=cast["coordinator"])
    assert (clash.value.theirs, clash.value.yours) == ("It is adopted with changes", "Mine")
    assert adopted_with_changes().version == 2, "already so"


def test_a_draft_is_taken_back_with_a_reason_and_kept_in_its_history(cast: Cast, decision: Decision) -> None:
    with pytest.raises(CorrectionUnexplained, match=r"^Say why the decision is taken off the record\.$"):
        withdraw_decision(decision=decision, version=1, reason="", by=cast["coordinator"])
    with pytest.raises(DecisionClash):
        withdraw_decision(decision=decision, version=7, reason="Noted twice", by=cast["coordinator"])
    withdraw_decision(decision=decision, version=1, reason="Noted twice", by=cast["coordinator"])
    assert not Decision.objects.exists()
    last = Decision.history.latest()
    assert (last.history_type, last.text, last.history_change_reason) == ("-", DECISION, "Noted twice")
    words = r"^Somebody else took this decision off the record\.$"
    with pytest.raises(DecisionGone, match=words):
        withdraw_decision(decision=decision, version=1, reason="Noted twice", by=cast["manager"])
    with pytest.raises(DecisionGone, match=words):
        change_decision(decision=decision, text="Mine", decided_at=at(10, 3), version=1, by=cast["manager"])


def test_what_minutes_carried_no_longer_changes(cast: Cast, decision: Decision) -> None:
    send(cast, decision)
    words = r"^The minutes were sent with this decision, so it cannot be changed\.$"
    with pytest.raises(DecisionSent, match=words):
        change_decision(decision=decision, text="Mine", decided_at=at(10, 3), version=1, by=cast["coordinator"])
    with pytest.raises(DecisionSent, match=words):
        withdraw_decision(decision=decision, version=1, reason="Wrong", by=cast["coordinator"])


# --- who reads it -----------------------------------------------------------------------------------------------------


def test_a_draft_is_the_team_s_and_the_chair_s(cast: Cast, meeting: Meeting, decision: Decision) -> None:
    readers = {
        name
        for name in ("coordinator", "manager", "chair", "scrutineer", "member", "deputy", "observer", "neighbour")
        if any(one.decisions for one in record_of(meeting=meeting, user=cast[name], today=TODAY))
    }
    assert readers == {"coordinator", "manager", "chair"}
    send(cast, decision)
    assert Decision.objects.visible_to(cast["member"], TODAY).get() == decision
    assert not Decision.objects.visible_to(cast["neighbour"], TODAY).exists()
