"""Putting an agenda together: items from the constitution, items of one's own, their words, their order, their end."""

from __future__ import annotations

from datetime import date, time

import pytest

from meetings.models import AgendaItem, ItemKind, ItemRecord, Meeting, MeetingKind, Paper
from meetings.operations import (
    AgendaClosed,
    AlreadyAtTheEnd,
    ItemClash,
    ItemRecorded,
    ItemValues,
    NoStandingItems,
    NotOnTheAgenda,
    ReasonMissing,
    add_item,
    begin_item,
    call_meeting,
    cancel,
    change_item,
    close_register,
    move_item,
    open_register,
    publish_agenda,
    remove_item,
    start_from_standing_items,
)
from meetings.queries import agenda_of, standing_items_for
from membership.operations import bring_into_force
from partnership.models import BoardKind
from partnership.operations import found_board
from tests.agendas import item_on, paper_at_item, refused
from tests.cast import NOW, TODAY, Cast, amended, at, board_with_terms

JUNE = date(2027, 6, 16)
REPORTS, UPDATE = "Quality assurance and learning reports", "Partnership Team update"
FOUR = ("One", "Two", "Three", "Four")


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return cast.meeting(on=JUNE)


@pytest.fixture
def four(cast: Cast, meeting: Meeting) -> dict[str, AgendaItem]:
    return {title: item_on(meeting, cast["coordinator"], title) for title in FOUR}


def titles(meeting: Meeting) -> list[str]:
    return list(AgendaItem.objects.in_order().filter(meeting=meeting).values_list("title", flat=True))


# --- from the constitution --------------------------------------------------------------------------------------------


def test_the_standing_items_come_in_the_constitution_s_order(cast: Cast, meeting: Meeting) -> None:
    added = start_from_standing_items(meeting=meeting, by=cast["coordinator"])
    assert [(item.title, item.kind, item.rule, item.position) for item in added] == [
        (REPORTS, ItemKind.ASSURANCE, "group-reports-item", 1),
        (UPDATE, ItemKind.INFORMATION, "team-update-item", 2),
    ]
    assert added[0].history.get().history_change_reason == "Standing item group-reports-item"


def test_what_is_on_the_agenda_already_stays_and_is_not_added_twice(cast: Cast, meeting: Meeting) -> None:
    item_on(meeting, cast["coordinator"], "Our own")
    start_from_standing_items(meeting=meeting, by=cast["coordinator"])
    with refused(NoStandingItems, "Every standing item of the constitution is on the agenda already."):
        start_from_standing_items(meeting=meeting, by=cast["manager"])
    assert titles(meeting) == ["Our own", REPORTS, UPDATE]


def test_a_standing_item_that_was_taken_off_can_be_added_again(cast: Cast, meeting: Meeting) -> None:
    reports, _ = start_from_standing_items(meeting=meeting, by=cast["coordinator"])
    publish_agenda(meeting=meeting, by=cast["coordinator"])
    remove_item(item=reports, reason="Not this time", by=cast["coordinator"])
    start_from_standing_items(meeting=meeting, by=cast["coordinator"])
    assert titles(meeting) == [UPDATE, REPORTS]


def test_a_board_whose_constitution_states_none_starts_with_nothing(cast: Cast) -> None:
    city = cast.meeting(on=JUNE, board=cast.elsewhere)
    with refused(NoStandingItems, "The constitution states no standing items for this meeting."):
        start_from_standing_items(meeting=city, by=cast["coordinator"])
    assert titles(city) == []


def test_a_board_without_a_constitution_starts_with_nothing(cast: Cast) -> None:
    with refused(NoStandingItems, "The constitution states no standing items for this meeting."):
        start_from_standing_items(meeting=cast.meeting(on=JUNE, board=cast.neighbours), by=cast["coordinator"])


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        (MeetingKind.ORDINARY, 2),
        (MeetingKind.EXTRAORDINARY, 0),
        (MeetingKind.ANNUAL, 0),
        (MeetingKind.DEVELOPMENT_DAY, 0),
    ],
)
def test_only_the_items_of_that_kind_of_meeting_come(cast: Cast, kind: MeetingKind, found: int) -> None:
    meeting = call_meeting(board=cast.board, kind=kind, on=JUNE, starts_at=time(14), by=cast.author)
    assert len(standing_items_for(meeting=meeting)) == found


def test_a_kind_that_says_only_standing_becomes_information(cast: Cast) -> None:
    board, _ = board_with_terms(cast.author, cast.partnership, "hips/executive-group")
    (item,) = start_from_standing_items(meeting=cast.meeting(on=JUNE, board=board), by=cast["coordinator"])
    assert (item.title, item.kind) == ("Learning from reviews", ItemKind.INFORMATION)


def test_the_terms_of_the_meeting_s_day_decide(cast: Cast, meeting: Meeting) -> None:
    text = amended(
        "isle-of-wight/main-board", {"number: 2": "number: 3", f"title: {UPDATE}": "title: News of the team"}
    )
    bring_into_force(board=cast.board, text=text, in_force_from=date(2027, 5, 1), by=cast.author)
    added = start_from_standing_items(meeting=meeting, by=cast["coordinator"])
    assert [item.title for item in added] == [REPORTS, "News of the team"]
    before = start_from_standing_items(meeting=cast.meeting(on=TODAY), by=cast["coordinator"])
    assert [item.title for item in before] == [REPORTS, UPDATE]


# --- added and changed ------------------------------------------------------------------------------------------------


def test_an_item_is_added_at_the_end(cast: Cast, meeting: Meeting, four: dict[str, AgendaItem]) -> None:
    item = add_item(
        meeting=meeting,
        title="Five",
        kind=ItemKind.DISCUSSION,
        minutes=25,
        lead="Imran Castell",
        purpose="Say what is missing.",
        by=cast["manager"],
    )
    item.refresh_from_db()
    assert (item.position, item.title, item.kind, item.minutes, item.lead, item.purpose, item.rule) == (
        5,
        "Five",
        ItemKind.DISCUSSION,
        25,
        "Imran Castell",
        "Say what is missing.",
        "",
    )
    assert (item.added_at, item.published_in, item.version, item.history.get().history_user) == (
        NOW,
        None,
        1,
        cast["manager"],
    )


def change(item: AgendaItem, version: int, by: object, title: str = "Neglect", **words: object) -> AgendaItem:
    kind = words.pop("kind", ItemKind.DECISION)
    return change_item(item=item, version=version, title=title, kind=kind, by=by, **words)  # type: ignore[arg-type]


def test_a_change_makes_the_next_version(cast: Cast, four: dict[str, AgendaItem]) -> None:
    item = change(four["One"], 1, cast["coordinator"], minutes=10)
    assert (item.title, item.minutes, item.version, item.history.count()) == ("Neglect", 10, 2, 2)


def test_the_same_words_again_are_no_change(cast: Cast, four: dict[str, AgendaItem]) -> None:
    item = change(four["One"], 1, cast["coordinator"], title="One")
    assert (item.version, item.history.count()) == (1, 1)


def test_a_clash_carries_what_both_say_and_writes_nothing(cast: Cast, four: dict[str, AgendaItem]) -> None:
    change(four["One"], 1, cast["manager"], title="Theirs")
    with pytest.raises(ItemClash) as clash:
        change(four["One"], 1, cast["coordinator"], title="Yours", minutes=5)
    assert str(clash.value) == "Somebody else changed this item while you were writing."
    assert clash.value.theirs == ItemValues("Theirs", ItemKind.DECISION)
    assert clash.value.yours == ItemValues("Yours", ItemKind.DECISION, 5)
    assert clash.value.item.version == 2
    four["One"].refresh_from_db()
    assert (four["One"].title, four["One"].version) == ("Theirs", 2)


def test_two_who_write_the_same_do_not_clash(cast: Cast, four: dict[str, AgendaItem]) -> None:
    change(four["One"], 1, cast["manager"])
    assert change(four["One"], 1, cast["coordinator"]).version == 2


def test_words_drawn_before_the_item_moved_are_not_out_of_date(cast: Cast, four: dict[str, AgendaItem]) -> None:
    move_item(item=four["One"], up=False, by=cast["manager"])
    assert change(four["One"], 1, cast["coordinator"]).title == "Neglect"


@pytest.mark.parametrize("version", [0, 7])
def test_a_version_that_never_was_is_a_clash(cast: Cast, four: dict[str, AgendaItem], version: int) -> None:
    with pytest.raises(ItemClash):
        change(four["One"], version, cast["coordinator"])


# --- order ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "up", "order"),
    [
        ("Two", True, ["Two", "One", "Three", "Four"]),
        ("Two", False, ["One", "Three", "Two", "Four"]),
        ("Four", True, ["One", "Two", "Four", "Three"]),
    ],
)
def test_an_item_changes_places_with_its_neighbour(
    cast: Cast, meeting: Meeting, four: dict[str, AgendaItem], title: str, *, up: bool, order: list[str]
) -> None:
    moved = move_item(item=four[title], up=up, by=cast["coordinator"])
    assert (moved.title, titles(meeting)) == (title, order)


def test_only_the_two_that_change_places_are_written(cast: Cast, four: dict[str, AgendaItem]) -> None:
    move_item(item=four["Three"], up=True, by=cast["coordinator"])
    assert {title: item.history.count() for title, item in four.items()} == {"One": 1, "Two": 2, "Three": 2, "Four": 1}
    assert four["Two"].history.first().history_change_reason == "Moved up, or made room"


def test_what_lies_between_and_was_withdrawn_is_passed_over(
    cast: Cast, meeting: Meeting, four: dict[str, AgendaItem]
) -> None:
    publish_agenda(meeting=meeting, by=cast["coordinator"])
    remove_item(item=four["Two"], reason="Not yet", by=cast["coordinator"])
    move_item(item=four["Three"], up=True, by=cast["coordinator"])
    assert titles(meeting) == ["Three", "One", "Four"]


def test_the_first_cannot_move_up_nor_the_last_down(cast: Cast, meeting: Meeting, four: dict[str, AgendaItem]) -> None:
    with refused(AlreadyAtTheEnd, "“One” is the first item already."):
        move_item(item=four["One"], up=True, by=cast["coordinator"])
    with refused(AlreadyAtTheEnd, "“Four” is the last item already."):
        move_item(item=four["Four"], up=False, by=cast["coordinator"])
    assert titles(meeting) == list(FOUR)


def test_places_that_two_items_share_are_put_in_order(
    cast: Cast, meeting: Meeting, four: dict[str, AgendaItem]
) -> None:
    AgendaItem.objects.filter(meeting=meeting).update(position=1)
    move_item(item=four["Three"], up=True, by=cast["coordinator"])
    assert titles(meeting) == ["One", "Three", "Two", "Four"]
    assert sorted(AgendaItem.objects.values_list("position", flat=True)) == [1, 2, 3, 4]


# --- removed ----------------------------------------------------------------------------------------------------------


def test_a_draft_is_deleted_with_its_papers(cast: Cast, meeting: Meeting, four: dict[str, AgendaItem]) -> None:
    number = four["Two"].pk
    paper_at_item(four["Two"], cast["coordinator"])
    remove_item(item=four["Two"], reason="", by=cast["coordinator"])
    assert (titles(meeting), Paper.objects.count()) == (["One", "Three", "Four"], 0)
    assert AgendaItem.history.filter(id=number).first().history_change_reason == "Item removed"


def test_what_was_published_is_withdrawn_for_a_reason_with_its_papers(
    cast: Cast, meeting: Meeting, four: dict[str, AgendaItem]
) -> None:
    sent = paper_at_item(four["Two"], cast["coordinator"], "Sent")
    publish_agenda(meeting=meeting, by=cast["coordinator"])
    paper_at_item(four["Two"], cast["coordinator"], "Draft")
    with refused(ReasonMissing, "Enter why this item is withdrawn."):
        remove_item(item=four["Two"], reason=" ", by=cast["coordinator"])
    remove_item(item=four["Two"], reason="It waits for July", by=cast["coordinator"])
    four["Two"].refresh_from_db()
    sent.refresh_from_db()
    assert (four["Two"].withdrawn_at, sent.withdrawn_at) == (NOW, NOW)
    assert list(Paper.objects.values_list("title", flat=True)) == ["Sent"]
    assert titles(meeting) == ["One", "Three", "Four"]
    assert four["Two"].history.first().history_change_reason == "It waits for July"


def test_an_item_is_removed_once(cast: Cast, four: dict[str, AgendaItem]) -> None:
    again = AgendaItem.objects.get(pk=four["Two"].pk)
    remove_item(item=four["Two"], reason="", by=cast["coordinator"])
    with refused(NotOnTheAgenda, "Somebody else removed this item from the agenda."):
        remove_item(item=again, reason="", by=cast["coordinator"])


def test_an_item_that_the_meeting_has_taken_stays(cast: Cast) -> None:
    meeting = cast.meeting()
    item = item_on(meeting, cast["coordinator"])
    open_register(meeting=meeting, at=at(9, 50), by=cast["coordinator"])
    begin_item(item=item, at=at(10, 1), by=cast["coordinator"])
    assert ItemRecord.objects.filter(item=item).exists()
    with refused(ItemRecorded, "The meeting has taken this item. It cannot be removed."):
        remove_item(item=AgendaItem.objects.get(pk=item.pk), reason="", by=cast["coordinator"])


# --- until when -------------------------------------------------------------------------------------------------------


def test_an_agenda_may_be_changed_until_the_register_is_closed(cast: Cast) -> None:
    meeting = cast.open_meeting()
    item_on(meeting, cast["coordinator"])
    close_register(meeting=meeting, by=cast["coordinator"])
    with refused(AgendaClosed, "The register of this meeting is closed. Its agenda cannot be changed."):
        item_on(meeting, cast["coordinator"])


def test_the_agenda_of_a_cancelled_meeting_is_not_changed(
    cast: Cast, meeting: Meeting, four: dict[str, AgendaItem]
) -> None:
    cancel(meeting=meeting, reason="Snow", by=cast["coordinator"])
    sentence, by = "This meeting was cancelled. Its agenda cannot be changed.", cast["coordinator"]
    with refused(AgendaClosed, sentence):
        change(four["One"], 1, by)
    with refused(AgendaClosed, sentence):
        move_item(item=four["One"], up=False, by=by)
    with refused(AgendaClosed, sentence):
        remove_item(item=four["One"], reason="", by=by)
    with refused(AgendaClosed, sentence):
        start_from_standing_items(meeting=meeting, by=by)
    with refused(AgendaClosed, sentence):
        publish_agenda(meeting=meeting, by=by)
    assert titles(meeting) == list(FOUR)


def test_a_board_that_others_answer_to_has_an_agenda_of_its_own(cast: Cast, meeting: Meeting) -> None:
    other = found_board(
        partnership=cast.partnership, slug="o", name="Other", short_name="O", kind=BoardKind.SUBGROUP, by=cast.author
    )
    item_on(cast.meeting(on=JUNE, board=other), cast["coordinator"])
    assert agenda_of(meeting=meeting, user=cast["coordinator"], today=TODAY).items == ()
