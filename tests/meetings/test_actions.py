from __future__ import annotations

from datetime import date, timedelta

import pytest

from meetings.models import Action, ActionStatus, ActionUpdate, Meeting
from meetings.operations import (
    ActionClash,
    ActionClosed,
    ActionNotClosed,
    ActionUnsaid,
    AgreedElsewhere,
    DueDateMissing,
    DueTooEarly,
    ItemTakenOff,
    NotAskedToClose,
    NotOnTheBoard,
    agree_action,
    change_action,
    close_action,
    keep_open,
    remove_item,
    reopen_action,
    report_on_action,
)
from meetings.presenters.action_states import StateOnPage, due_words, state_of
from meetings.queries import action_at, actions_on, actions_owned_by, changes_of, possible_owners, updates_of
from membership.models import AgencyKind, StatutoryRole
from membership.operations import end_appointment, enter_agency
from partnership.authorship import saved
from tests.cast import LONG_AGO, TODAY, Cast, at
from tests.pages.outcomes import ACTION, item_on

JUNE = date(2027, 6, 30)


def agreed(
    cast: Cast, due_on: date = JUNE, owner: str = "member", text: str = ACTION, agreed_on: date = TODAY
) -> Action:
    return agree_action(
        board=cast.board,
        text=text,
        owner=cast[owner],
        due_on=due_on,
        agreed_on=agreed_on,
        by=cast["coordinator"],
    )


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return cast.open_meeting()


@pytest.fixture
def action(cast: Cast) -> Action:
    return agreed(cast)


# --- agreeing ---------------------------------------------------------------------------------------------------------


def test_an_action_has_a_number_of_the_partnership(cast: Cast, meeting: Meeting) -> None:
    first = agreed(cast)
    item = item_on(cast, meeting)
    second = agree_action(
        board=cast.board, text=ACTION, owner=cast["member"], due_on=JUNE, by=cast["coordinator"], item=item
    )
    third = agree_action(board=cast.neighbours, text=ACTION, owner=cast["neighbour"], due_on=JUNE, by=cast["neighbour"])
    elsewhere = agree_action(
        board=cast.elsewhere, text=ACTION, owner=cast["outsider"], due_on=JUNE, by=cast["outsider"]
    )
    assert [one.reference for one in (first, second, third, elsewhere)] == [
        "IOWSCP-1",
        "IOWSCP-2",
        "IOWSCP-3",
        "PSCP-1",
    ]
    assert (second.item, second.agreed_on) == (item, meeting.on)
    assert (first.status, first.closed_on, first.version, first.history.count()) == (ActionStatus.OPEN, None, 1, 1)


def test_a_partnership_may_have_a_word_of_its_own_before_the_number(cast: Cast) -> None:
    action = agreed(cast)
    action.partnership.action_prefix = "IOW"
    assert action.reference == "IOW-1"


def test_the_agency_is_that_of_the_owner_s_seat(cast: Cast) -> None:
    police, council = (
        enter_agency(
            slug=slug,
            name=slug,
            kind=AgencyKind.POLICE,
            statutory_role=StatutoryRole.SAFEGUARDING_PARTNER,
            by=cast.author,
        )
        for slug in ("police", "council")
    )
    seat = cast.seats["constabulary"]
    seat.agency = police
    saved(seat, by=cast.author, reason="Named")
    assert agreed(cast).agency == police
    assert agreed(cast, owner="deputy").agency == police
    assert agreed(cast, owner="chair").agency is None
    named = agree_action(
        board=cast.board, text=ACTION, owner=cast["member"], due_on=JUNE, by=cast["coordinator"], agency=council
    )
    assert named.agency == council


def test_who_may_be_given_an_action(cast: Cast) -> None:
    owners = possible_owners(board=cast.board, on=TODAY)
    assert {one.person.name: one.stands_as for one in owners} == {
        "Chair": "Partnership chair",
        "Scrutineer": "Independent scrutineer",
        "Member": "Hampshire and Isle of Wight Constabulary",
        "Deputy": "deputy, Hampshire and Isle of Wight Constabulary",
        "Observer": "Cabinet Member for Children's Services, Education and Skills",
        "Coordinator": "coordinator",
        "Manager": "manager",
    }


@pytest.mark.parametrize("who", ["neighbour", "outsider", "nobody"])
def test_nobody_else_is_given_one(cast: Cast, who: str) -> None:
    with pytest.raises(NotOnTheBoard) as refused:
        agreed(cast, owner=who)
    assert str(refused.value) == f"{who.title()} does not sit on Main Board. Choose somebody who does."
    assert not Action.objects.exists()


def test_whoever_has_left_is_given_none(cast: Cast) -> None:
    end_appointment(
        appointment=cast.appointments["member"], ends_on=TODAY - timedelta(days=1), reason="Left", by=cast.author
    )
    with pytest.raises(NotOnTheBoard):
        agreed(cast)


def test_an_action_has_words_and_a_date(cast: Cast) -> None:
    with pytest.raises(ActionUnsaid, match=r"^Enter what was agreed\.$"):
        agreed(cast, text=" ")
    with pytest.raises(DueDateMissing, match=r"^Enter the date by which it will be done\.$"):
        agree_action(board=cast.board, text=ACTION, owner=cast["member"], due_on=None, by=cast["coordinator"])
    with pytest.raises(DueTooEarly, match=r"^It was agreed on 17 March 2027\. Enter that date or a later one\.$"):
        agreed(cast, due_on=TODAY - timedelta(days=1))
    assert agreed(cast, due_on=TODAY).due_on == TODAY


def test_an_item_of_another_board_or_of_a_meeting_to_come_agrees_nothing(cast: Cast, meeting: Meeting) -> None:
    foreign, ahead = item_on(cast, cast.meeting(board=cast.elsewhere)), item_on(cast, cast.meeting(on=JUNE))
    for item, words in (
        (foreign, "This item is on another group's agenda."),
        (ahead, "The register of this meeting is not open yet."),
    ):
        with pytest.raises(AgreedElsewhere) as refused:
            agree_action(
                board=cast.board, text=ACTION, owner=cast["member"], due_on=JUNE, by=cast["coordinator"], item=item
            )
        assert str(refused.value) == words


def test_nothing_is_agreed_at_an_item_that_was_taken_off(cast: Cast, meeting: Meeting) -> None:
    withdrawn, removed = item_on(cast, meeting), item_on(cast, meeting)
    withdrawn.withdrawn_at = at(10)
    saved(withdrawn, by=cast["coordinator"], reason="Taken off")
    remove_item(item=removed, reason="", by=cast["coordinator"])
    for item in (withdrawn, removed):
        with pytest.raises(ItemTakenOff, match=r"^This item was taken off the agenda\.$"):
            agree_action(
                board=cast.board, text=ACTION, owner=cast["member"], due_on=JUNE, by=cast["coordinator"], item=item
            )


# --- reporting and closing --------------------------------------------------------------------------------------------


def test_an_update_is_added_and_the_action_stays_open(cast: Cast, action: Action) -> None:
    report_on_action(action=action, text=" The guide is half written. ", by=cast["member"])
    update = ActionUpdate.objects.get()
    assert (update.text, update.made_by, update.asks_to_close) == ("The guide is half written.", cast["member"], False)
    assert Action.objects.get().status == ActionStatus.OPEN
    with pytest.raises(ActionUnsaid, match=r"^Enter what has happened\.$"):
        report_on_action(action=action, text="", by=cast["member"])


def test_asking_to_close_needs_what_changed(cast: Cast, action: Action) -> None:
    with pytest.raises(ActionUnsaid, match=r"^Add what changed as a result\.$"):
        report_on_action(action=action, text="\n", by=cast["member"], asks_to_close=True)
    assert Action.objects.get().status == ActionStatus.OPEN
    report_on_action(action=action, text="Every setting has the guide.", by=cast["member"], asks_to_close=True)
    kept = Action.objects.get()
    assert (kept.status, kept.version) == (ActionStatus.ASKED_TO_CLOSE, 2)
    report_on_action(action=action, text="And every school.", by=cast["member"], asks_to_close=True)
    assert Action.objects.get().version == 2, "asking again adds words alone"


def test_the_chair_closes_it_and_it_is_kept(cast: Cast, action: Action) -> None:
    with pytest.raises(ActionUnsaid, match=r"^Say why it is closed\.$"):
        close_action(action=action, by=cast["chair"], reason=" ")
    closed = close_action(action=action, by=cast["chair"], reason="The Board has the guide")
    assert (closed.status, closed.closed_on) == (ActionStatus.CLOSED, TODAY)
    last = closed.history.latest()
    assert (last.history_user, last.history_change_reason) == (cast["chair"], "The Board has the guide")
    for act in (
        lambda: close_action(action=action, by=cast["chair"], reason="Again"),
        lambda: report_on_action(action=action, text="Late news", by=cast["member"]),
        lambda: change_action(
            action=action, version=2, owner=cast["member"], due_on=JUNE, reason="Later", by=cast["manager"]
        ),
    ):
        with pytest.raises(ActionClosed, match=r"^This action is closed\.$"):
            act()


def test_a_closed_one_is_opened_again(cast: Cast, action: Action) -> None:
    with pytest.raises(ActionNotClosed, match=r"^This action is not closed\.$"):
        reopen_action(action=action, by=cast["chair"], reason="Not done")
    close_action(action=action, by=cast["chair"], reason="Done")
    with pytest.raises(ActionUnsaid, match=r"^Say why it is opened again\.$"):
        reopen_action(action=action, by=cast["chair"], reason="")
    again = reopen_action(action=action, by=cast["chair"], reason="The figures were wrong")
    assert (again.status, again.closed_on, again.due_on) == (ActionStatus.OPEN, None, JUNE)


def test_who_asks_to_close_may_be_told_no(cast: Cast, action: Action) -> None:
    with pytest.raises(NotAskedToClose, match=r"^Nobody has asked to close this action\.$"):
        keep_open(action=action, by=cast["chair"], reason="Not yet")
    report_on_action(action=action, text="Done", by=cast["member"], asks_to_close=True)
    with pytest.raises(ActionUnsaid, match=r"^Say what is still to be done\.$"):
        keep_open(action=action, by=cast["chair"], reason="")
    assert keep_open(action=action, by=cast["chair"], reason="Schools are missing").status == ActionStatus.OPEN


def test_another_owner_and_date_with_what_was_before(cast: Cast, action: Action) -> None:
    july = date(2027, 7, 8)
    with pytest.raises(ActionUnsaid, match=r"^Say why you change it\.$"):
        change_action(action=action, version=1, owner=cast["deputy"], due_on=july, reason="", by=cast["manager"])
    with pytest.raises(DueTooEarly):
        change_action(
            action=action, version=1, owner=cast["deputy"], due_on=LONG_AGO, reason="Sooner", by=cast["manager"]
        )
    changed = change_action(
        action=action, version=1, owner=cast["deputy"], due_on=july, reason="On leave", by=cast["manager"]
    )
    assert (changed.owner, changed.due_on, changed.version) == (cast["deputy"], july, 2)
    latest = changes_of(action=action, user=cast["member"], today=TODAY)[0]
    assert (latest.by, latest.done) == ("Manager", "On leave")
    assert {(one.field, one.was, one.now) for one in latest.changes} == {
        ("owner", "Member", "Deputy"),
        ("due on", "Wednesday 30 June 2027", "Thursday 8 July 2027"),
    }
    with pytest.raises(ActionClash) as clash:
        change_action(action=action, version=1, owner=cast["chair"], due_on=july, reason="Mine", by=cast["coordinator"])
    assert clash.value.action.owner == cast["deputy"]
    assert str(clash.value) == "Somebody else changed this action while you were writing."


def test_a_named_agency_gives_the_action_to_nobody_off_the_board(cast: Cast, action: Action) -> None:
    with pytest.raises(NotOnTheBoard):
        change_action(
            action=action,
            version=1,
            owner=cast["outsider"],
            agency=action.agency,
            due_on=JUNE,
            reason="On leave",
            by=cast["manager"],
        )
    assert Action.objects.get().owner == cast["member"]


# --- reading ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("observer", True), ("member", True), ("deputy", True), ("chair", True), ("scrutineer", True),
        ("coordinator", True), ("manager", True), ("neighbour", False), ("outsider", False), ("nobody", False),
    ],
)  # fmt: skip
def test_who_reads_the_actions_of_a_board(cast: Cast, action: Action, who: str, *, reads: bool) -> None:
    report_on_action(action=action, text="Half written", by=cast["member"])
    assert actions_on(board=cast.board, user=cast[who], today=TODAY) == ([action] if reads else [])
    assert actions_owned_by(person=cast["member"], user=cast[who], today=TODAY) == ([action] if reads else [])
    assert len(updates_of(action=action, user=cast[who], today=TODAY)) == int(reads)


def test_what_is_overdue_comes_first_and_what_was_closed_last(cast: Cast) -> None:
    earlier = TODAY - timedelta(days=60)
    late = agreed(cast, due_on=TODAY - timedelta(days=1), agreed_on=earlier, text="Late")
    soon, later = agreed(cast, due_on=TODAY, text="Soon"), agreed(cast, text="Later")
    closed = close_action(action=agreed(cast, due_on=earlier, agreed_on=earlier), by=cast["chair"], reason="Done")
    assert actions_on(board=cast.board, user=cast["observer"], today=TODAY) == [late, soon, later, closed]
    assert list(Action.objects.overdue(TODAY)) == [late]


def test_an_owner_who_left_the_board_reads_it_no_more(cast: Cast, action: Action) -> None:
    assert action_at(board=cast.board, number=1, user=cast["member"], today=TODAY) == action
    far = TODAY + timedelta(days=1)
    held = cast.appointments["member"]
    end_appointment(appointment=held, ends_on=TODAY, reason="Left", by=cast.author)
    assert actions_owned_by(person=cast["member"], user=cast["member"], today=far) == []


# --- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2027, 4, 19), "Due in 11 days"),
        (date(2027, 4, 29), "Due in 1 day"),
        (date(2027, 4, 30), "Due today"),
        (date(2027, 5, 1), "Overdue by 1 day"),
        (date(2027, 5, 12), "Overdue by 12 days"),
    ],
)
def test_due_and_overdue_are_said_by_the_day(day: date, words: str) -> None:
    assert due_words(date(2027, 4, 30), day) == words


@pytest.mark.parametrize(
    ("status", "days", "state"),
    [
        (ActionStatus.OPEN, 15, StateOnPage("Due in 15 days", "")),
        (ActionStatus.OPEN, 14, StateOnPage("Due in 14 days", "soon")),
        (ActionStatus.OPEN, 0, StateOnPage("Due today", "soon")),
        (ActionStatus.OPEN, -1, StateOnPage("Overdue by 1 day", "no")),
        (ActionStatus.ASKED_TO_CLOSE, -1, StateOnPage("Asked to close", "deputy")),
        (ActionStatus.CLOSED, -1, StateOnPage("Closed", "yes")),
    ],
)
def test_how_an_action_stands(status: ActionStatus, days: int, state: StateOnPage) -> None:
    assert state_of(Action(status=status, due_on=TODAY + timedelta(days=days)), TODAY) == state
