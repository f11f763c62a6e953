"""Limited items and papers, interests, and who stands in: what each of the cast may know of them."""

from __future__ import annotations

from datetime import date

import pytest

from meetings.models import (
    Action,
    AgendaItem,
    Attendance,
    Decision,
    ItemKind,
    ItemRecord,
    Meeting,
    Paper,
    Recorded,
    ReplyAnswer,
)
from meetings.operations import (
    NotAPossibleReader,
    NotForTheOwner,
    RowEntry,
    agree_action,
    begin_item,
    change_item,
    limit_to_readers,
    move_item,
    name_for,
    open_again,
    publish_agenda,
    record_attendance,
    record_decision,
    record_discussion,
    record_interest,
    reply,
    take_off,
    withdraw,
)
from meetings.queries import agenda_of, record_of, recorded_for
from meetings.queries.protected_items import readers_of
from partnership import access
from partnership.models import Bar, BarSource, Protection, Reader, User
from partnership.models.protection import ProtectionUserObjectPermission
from partnership.operations import deactivate_person
from partnership.protections import AlreadyBarred, NoReasonGiven, lift_bar, unname
from tests.agendas import item_on, paper_at_item, refused
from tests.cast import TODAY, Cast, at

LAST = date(2027, 5, 31)
EVERYBODY = ("observer", "member", "deputy", "chair", "scrutineer", "coordinator", "manager")
WHY = "It names a family."


@pytest.fixture
def agenda(cast: Cast) -> Meeting:
    """Three published items, the second limited to nobody yet, each with a paper."""
    meeting, by = cast.meeting(on=date(2027, 4, 22)), cast["coordinator"]
    for title in ("First", "Second", "Third"):
        paper_at_item(item_on(meeting, by, title, minutes=10), by, f"{title} paper")
    publish_agenda(meeting=meeting, by=by, reason="Late.")
    return meeting


def second(meeting: Meeting) -> AgendaItem:
    return meeting.items.get(title="Second")


def limited(cast: Cast, meeting: Meeting, *names: str, excludes_team: bool = False) -> AgendaItem:
    item = second(meeting)
    readers = [cast[name] for name in names]
    limit_to_readers(
        matter=item, reason=WHY, readers=readers, ends_on=LAST, excludes_team=excludes_team, by=cast["coordinator"]
    )
    return item


def who_reads(cast: Cast, row: AgendaItem | Paper) -> set[str]:
    return {name for name in EVERYBODY if access.may(cast[name], access.Action.READ, row)}


def test_a_limited_item_is_open_to_who_is_named_and_to_the_offices(cast: Cast, agenda: Meeting) -> None:
    item = limited(cast, agenda, "member")
    assert who_reads(cast, item) == {"member", "chair", "scrutineer", "coordinator", "manager"}
    assert who_reads(cast, item.papers.get()) == {"member", "chair", "scrutineer", "coordinator", "manager"}


def test_a_team_that_is_excluded_reads_as_little_as_anybody(cast: Cast, agenda: Meeting) -> None:
    item = limited(cast, agenda, "member", excludes_team=True)
    assert who_reads(cast, item) == {"member", "chair", "scrutineer"}


@pytest.mark.parametrize("name", ["observer", "deputy"])
def test_everybody_else_sees_a_gap_with_the_same_number(cast: Cast, agenda: Meeting, name: str) -> None:
    limited(cast, agenda, "member")
    seen = agenda_of(meeting=agenda, user=cast[name], today=TODAY)
    assert [(each.number, each.item.title) for each in seen.items] == [(1, "First"), (3, "Third")]
    assert [gap.words for gap in seen.gaps] == ["Item 2 is limited to named members"]
    assert (seen.size, seen.pages_in_all, seen.decisions) == (3, 4, (1, 3))


def test_a_paper_may_be_limited_by_itself(cast: Cast, agenda: Meeting) -> None:
    paper = second(agenda).papers.get()
    limit_to_readers(matter=paper, reason=WHY, readers=[cast["member"]], ends_on=LAST, by=cast["coordinator"])
    assert who_reads(cast, paper) == {"member", "chair", "scrutineer", "coordinator", "manager"}
    assert who_reads(cast, second(agenda)) == set(EVERYBODY)
    seen = agenda_of(meeting=agenda, user=cast["observer"], today=TODAY)
    assert [(each.lacks_papers, len(each.papers)) for each in seen.items] == [(False, 1), (True, 0), (False, 1)]


@pytest.mark.parametrize("name", EVERYBODY)
def test_an_interest_closes_an_item_to_anybody(cast: Cast, agenda: Meeting, name: str) -> None:
    item = limited(cast, agenda, "member")
    record_interest(item=item, person=cast[name], reason="A relative", by=cast[name])
    assert not access.may(cast[name], access.Action.READ, item)
    assert not access.may(cast[name], access.Action.READ, item.papers.get())
    seen = agenda_of(meeting=agenda, user=cast[name], today=TODAY)
    assert [gap.words for gap in seen.gaps] == ["You declared an interest in item 2"]


def test_an_interest_counts_on_an_item_that_is_open_to_everybody_else(cast: Cast, agenda: Meeting) -> None:
    bar = record_interest(
        item=second(agenda), person=cast["member"], reason="My agency", by=cast["chair"], is_chair=True
    )
    assert bar.source == BarSource.CHAIR
    assert who_reads(cast, second(agenda)) == set(EVERYBODY) - {"member"}
    with refused(AlreadyBarred, "An interest of Member is recorded already."):
        record_interest(item=second(agenda), person=cast["member"], reason="Again", by=cast["chair"])
    lift_bar(bar=bar, reason="It was another agency", by=cast["chair"])
    assert who_reads(cast, second(agenda)) == set(EVERYBODY)


def test_with_the_item_goes_all_that_hangs_on_it(cast: Cast) -> None:
    meeting, by = cast.open_meeting(), cast["coordinator"]
    item = item_on(meeting, by)
    begin_item(item=item, at=at(10, 1), by=by)
    record_discussion(item=item, text="What was said", version=1, by=by)
    record_decision(item=item, text="What was decided", decided_at=at(10, 2), by=by)
    agree_action(board=cast.board, text="What to do", owner=cast["member"], due_on=TODAY, item=item, by=by)
    assert record_of(meeting=meeting, user=cast["manager"], today=TODAY)
    record_interest(item=item, person=cast["manager"], reason="A relative", by=cast["manager"])
    record_interest(item=item, person=cast["member"], reason="A relative", by=cast["member"])
    for name in ("manager", "member"):
        for model in (AgendaItem, ItemRecord, Decision, Action):
            assert not model.objects.visible_to(cast[name]).exists(), (name, model)
            assert not access.visible_history(model, to=cast[name]).exists(), (name, model)
    assert access.visible_history(Action, to=cast["chair"]).count() == 1
    recorded = recorded_for(meeting=meeting, user=cast["manager"], today=TODAY)
    assert recorded.items == ()
    assert [gap.number for gap in recorded.gaps] == [1]


def test_the_past_of_an_item_is_protected_as_it_is_now(cast: Cast, agenda: Meeting) -> None:
    limited(cast, agenda)
    assert not access.visible_history(AgendaItem, to=cast["observer"]).filter(title="Second").exists()
    assert access.visible_history(AgendaItem, to=cast["chair"]).filter(title="Second").count() >= 2


def test_an_action_of_a_protected_item_is_given_to_who_may_read_it(cast: Cast) -> None:
    meeting, by = cast.open_meeting(), cast["coordinator"]
    item = item_on(meeting, by)
    limit_to_readers(matter=item, reason=WHY, readers=[cast["member"]], ends_on=LAST, by=by)
    with refused(
        NotForTheOwner, "Observer may not read this item. Choose somebody who may, or name them for it first."
    ):
        agree_action(board=cast.board, text="To do", owner=cast["observer"], due_on=TODAY, item=item, by=by)
    agreed = agree_action(board=cast.board, text="To do", owner=cast["member"], due_on=TODAY, item=item, by=by)
    assert Action.objects.visible_to(cast["member"]).get() == agreed
    assert not Action.objects.visible_to(cast["deputy"]).exists()


# --- namings ----------------------------------------------------------------------------------------------------------


def test_either_half_of_a_naming_gives_nothing_alone(cast: Cast, agenda: Meeting) -> None:
    item = limited(cast, agenda, "member")
    permission = ProtectionUserObjectPermission.objects.get()
    permission.delete()
    assert not access.may(cast["member"], access.Action.READ, item)
    access.lodge_naming(person=cast["member"], protection=Protection.objects.get())
    assert access.may(cast["member"], access.Action.READ, item)
    unname(reader=Reader.objects.get(), reason="Done", by=cast["coordinator"])
    access.lodge_naming(person=cast["member"], protection=Protection.objects.get())
    assert not access.may(cast["member"], access.Action.READ, item)


def test_a_naming_ends_with_its_last_day(cast: Cast, agenda: Meeting) -> None:
    item = limited(cast, agenda, "member")
    assert access.may(cast["member"], access.Action.READ, item, on=LAST)
    assert not access.may(cast["member"], access.Action.READ, item, on=date(2027, 6, 1))


@pytest.mark.parametrize("name", ["deputy", "observer", "neighbour", "outsider", "nobody", "manager"])
def test_only_who_sits_for_themselves_is_named(cast: Cast, agenda: Meeting, name: str) -> None:
    limited(cast, agenda)
    with pytest.raises(NotAPossibleReader):
        name_for(matter=second(agenda), person=cast[name], reason=WHY, ends_on=LAST, by=cast["coordinator"])


def test_every_act_says_why(cast: Cast, agenda: Meeting) -> None:
    by = cast["coordinator"]
    with refused(NoReasonGiven, "Say why it is limited to named members."):
        limit_to_readers(matter=second(agenda), reason=" ", readers=[], ends_on=LAST, by=by)
    limited(cast, agenda)
    with refused(NoReasonGiven, "Say why it is no longer limited."):
        open_again(matter=second(agenda), reason="", by=by)
    with refused(NoReasonGiven, "Say what the interest is."):
        record_interest(item=second(agenda), person=cast["member"], reason="", by=by)


def test_opened_again_it_is_read_as_before(cast: Cast, agenda: Meeting) -> None:
    limited(cast, agenda, "member")
    open_again(matter=second(agenda), reason="It was in the press", by=cast["coordinator"])
    assert who_reads(cast, second(agenda)) == set(EVERYBODY)
    assert not Reader.objects.in_force(TODAY).exists()
    assert not ProtectionUserObjectPermission.objects.exists()


# --- in place of a named reader ---------------------------------------------------------------------------------------


def reads(person: User, item: AgendaItem) -> bool:
    return access.may(person, access.Action.READ, item)


def test_a_deputy_reads_once_confirmed_for_that_meeting_in_place_of_a_named_reader(cast: Cast, agenda: Meeting) -> None:
    item, seat, by = limited(cast, agenda, "member"), cast.seats["constabulary"], cast["member"]
    assert not reads(cast["deputy"], item)
    reply(meeting=agenda, seat=seat, answer=ReplyAnswer.DEPUTY, by=by)
    assert reads(cast["deputy"], item)
    (_, in_place) = readers_of(protection=second(agenda).protection, on=TODAY)
    assert in_place.reason == "In place of Member at this meeting"
    reply(meeting=agenda, seat=seat, answer=ReplyAnswer.COMING, by=by)
    assert not reads(cast["deputy"], item)


def test_a_deputy_of_somebody_who_is_not_named_sees_the_gap(cast: Cast, agenda: Meeting) -> None:
    item = limited(cast, agenda)
    reply(meeting=agenda, seat=cast.seats["constabulary"], answer=ReplyAnswer.DEPUTY, by=cast["member"])
    assert not reads(cast["deputy"], item)
    name_for(matter=item, person=cast["member"], reason=WHY, ends_on=LAST, by=cast["coordinator"])
    assert reads(cast["deputy"], item), "whoever was confirmed before the naming reads, too"


def test_a_confirmed_deputy_reads_nothing_of_another_meeting(cast: Cast, agenda: Meeting) -> None:
    other = cast.meeting(on=date(2027, 5, 20))
    item = item_on(other, cast["coordinator"], "Elsewhere")
    publish_agenda(meeting=other, by=cast["coordinator"], reason="Late.")
    limit_to_readers(matter=item, reason=WHY, readers=[cast["member"]], ends_on=LAST, by=cast["coordinator"])
    reply(meeting=agenda, seat=cast.seats["constabulary"], answer=ReplyAnswer.DEPUTY, by=cast["member"])
    assert not reads(cast["deputy"], item)


@pytest.mark.parametrize("how", ["taken off", "barred", "deactivated", "ended"])
def test_who_stands_in_reads_no_longer_than_their_principal(cast: Cast, agenda: Meeting, how: str) -> None:
    item = limited(cast, agenda, "member")
    reply(meeting=agenda, seat=cast.seats["constabulary"], answer=ReplyAnswer.DEPUTY, by=cast["member"])
    assert reads(cast["deputy"], item)
    principal = Reader.objects.get(in_place_of=None)
    if how == "taken off":
        take_off(matter=item, reader=principal, reason="Done", by=cast["coordinator"])
    elif how == "barred":
        record_interest(item=item, person=cast["member"], reason="A relative", by=cast["member"])
    elif how == "deactivated":
        deactivate_person(person=cast["member"], reason="Left", by=cast.author)
    else:
        unname(reader=principal, reason="Done", by=cast["coordinator"])
    assert not reads(cast["deputy"], item)


# --- the register -----------------------------------------------------------------------------------------------------


def test_withdrawing_from_an_item_bars_from_it(cast: Cast) -> None:
    meeting, by = cast.open_meeting(), cast["coordinator"]
    items = [item_on(meeting, by, title) for title in ("First", "Second")]
    row = Attendance.objects.get(meeting=meeting, seat__key="constabulary")
    entry = RowEntry(attendance_id=row.pk, version=row.version, recorded=Recorded.PRESENT, arrived_at=at(10))
    (row,) = record_attendance(meeting=meeting, rows=[entry], by=by)
    withdraw(attendance=row, item_number="2", at=at(10, 3), reason="My agency", by=by)
    bar = Bar.objects.get()
    assert (bar.person, bar.reason, bar.source) == (cast["member"], "My agency", BarSource.TEAM)
    assert bar.protection == AgendaItem.objects.get(pk=items[1].pk).protection
    withdraw(attendance=row, item_number="9", at=at(10, 4), reason="No such item", by=by)
    assert Bar.objects.count() == 1


def test_a_neighbours_history_does_not_say_the_title(cast: Cast, agenda: Meeting) -> None:
    move_item(item=limited(cast, agenda), up=True, by=cast["coordinator"])
    first = agenda.items.get(title="First")
    assert "Second" not in "".join(first.history.values_list("history_change_reason", flat=True))


def test_changing_words_is_as_before(cast: Cast, agenda: Meeting) -> None:
    item = limited(cast, agenda)
    item.refresh_from_db()
    kind = ItemKind(item.kind)
    changed = change_item(item=item, version=item.version, title="Other", kind=kind, by=cast["coordinator"])
    assert changed.protection_id == item.protection_id
