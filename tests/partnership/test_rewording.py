"""Messages in a partnership's own words: stored, sent, broken, tried out."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from pytest_django import Settings

from meetings.models import Meeting, MeetingKind
from meetings.operations import call_meeting
from partnership.models import Announcement, Delivery, MessageWording, Obligation, ObligationEvent, WordingTrial
from partnership.obligations.planning import plan
from partnership.obligations.rewording import (
    TRIAL,
    TooManyTests,
    WordingClash,
    WordingRefused,
    go_back_to_standard,
    reword,
    send_test,
    try_out,
)
from partnership.obligations.sweeping import sweep
from partnership.obligations.wording_trials import specimen
from partnership.obligations.wordings import Part, Words, kind_named
from partnership.operations import release_from_team
from tests.cast import NOW, TODAY, Cast
from tests.partnership.test_deliveries import Carrier, hour

APRIL = date(2027, 4, 22)
CALLED, REMINDER = kind_named("meeting-called"), kind_named("reminder")
OURS = Words("Please come: {meeting}", "<We> meet on {when}.\n{group} needs you.", "Ring Nell on 01632 960 182.")


def reworded(cast: Cast, words: Words = OURS, seen: int = 0, **changed: Any) -> MessageWording:
    asked: dict[str, Any] = {"kind": CALLED, "reason": "Warmer", "by": cast["manager"], **changed}
    return reword(partnership=cast.partnership, words=words, seen=seen, **asked)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return call_meeting(
        board=cast.board,
        kind=MeetingKind.ORDINARY,
        on=APRIL,
        starts_at=time(10),
        ends_at=time(12, 30),
        place="County Hall",
        notice_on=TODAY,
        by=cast["coordinator"],
    )


def sent(cast: Cast, at: datetime = NOW) -> list[EmailMultiAlternatives]:
    carrier = Carrier()
    sweep(now=at, by=cast.author, transport=carrier)
    return carrier.taken


def to_member(messages: list[EmailMultiAlternatives]) -> EmailMultiAlternatives:
    return next(message for message in messages if "member@" in message.recipients()[0])


def html_of(message: EmailMultiAlternatives) -> str:
    return str(message.alternatives[0][0])


def test_a_message_says_the_partnerships_own_words_and_the_products_facts(cast: Cast, meeting: Meeting) -> None:
    own = Words(OURS.subject, "You & we meet on {when}.\n{group} needs you.", OURS.closing)
    reworded(cast, own)
    message = to_member(sent(cast))
    assert message.subject == f"Please come: {cast.board.short_name}, 22 April"
    for part in (str(message.body), html_of(message)):
        assert "Thursday 22 April 2027, 10am to 12:30pm" in part
        assert "Main Board needs you." in part
        assert "Ring Nell on 01632 960 182." in part
        assert "/meetings/2027-04-22/reply/" in part
        assert "Place: County Hall" in part
        assert "You are asked to a meeting" not in part
    assert "You &amp; we meet on <b>Thursday" in html_of(message)
    assert not ObligationEvent.objects.filter(what=ObligationEvent.What.STANDARD).exists()


def test_another_partnership_says_the_standard_words(cast: Cast, meeting: Meeting) -> None:
    far = cast.elsewhere.partnership
    reword(
        partnership=far, kind=CALLED, words=Words("Far {meeting}", "{when}", "Bye"), seen=0, reason="x", by=cast.author
    )
    assert to_member(sent(cast)).subject.startswith("Meeting of")


def test_reminders_say_them_too(cast: Cast) -> None:
    planned = cast.meeting(on=APRIL)
    reworded(cast, Words("Soon: {what}", "{what} {is due} by {due date}.", "Thank you."), kind=REMINDER)
    plan(now=hour(4, 1))
    message = next(each for each in sent(cast, hour(4, 1)) if "papers" in each.subject)
    assert message.subject == f"Soon: the agenda and papers for {cast.board.short_name}, 22 April"
    assert "are due by <b>Thursday 15 April 2027</b>." in html_of(message)
    assert Obligation.objects.filter(cause_id=planned.pk, met_on=None).exists()


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ({"opening": "On {when}, {gone}."}, "{gone} means nothing in this message."),
        ({"subject": ""}, "Enter the subject."),
        ({"closing": "<script>alert(1)</script>"}, "Write plain text: a message takes no HTML."),
    ],
)
def test_a_broken_wording_stops_no_message_and_the_team_is_told(
    cast: Cast, meeting: Meeting, broken: dict[str, str], why: str
) -> None:
    """F12: as if a kind had lost a placeholder since the words were stored."""
    row = reworded(cast, Words("Please come: {meeting}", "On {when}.", "Bye."))
    MessageWording.objects.filter(pk=row.pk).update(**broken)
    messages = sent(cast)
    assert len(messages) == 4
    assert {str(message.subject) for message in messages} == {f"Meeting of {cast.board.short_name}, 22 April"}
    assert all("script" not in html_of(message) for message in messages)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    notes = ObligationEvent.objects.filter(what=ObligationEvent.What.STANDARD).values_list("detail", flat=True)
    assert len(notes) == 4
    assert all(note.startswith(why) for note in notes)


def test_words_are_checked_and_state_stays(cast: Cast) -> None:
    with pytest.raises(WordingRefused) as refused:
        reworded(cast)
    assert refused.value.problems == {Part.OPENING: ["Write plain text: a message takes no HTML."]}
    with pytest.raises(WordingRefused):
        reworded(cast, CALLED.standard, kind=kind_named("break-glass"))
    assert not MessageWording.objects.exists()


def test_two_who_edit_and_the_way_back(cast: Cast, meeting: Meeting) -> None:
    words = Words("Come: {meeting}", "On {when}.", "Bye.")
    reworded(cast, words)
    with pytest.raises(WordingClash) as clash:
        reworded(cast, CALLED.standard)
    assert clash.value.theirs is not None
    assert clash.value.theirs.subject == "Come: {meeting}"
    with pytest.raises(WordingClash):
        go_back_to_standard(partnership=cast.partnership, kind=CALLED, seen=0, by=cast["manager"])
    go_back_to_standard(partnership=cast.partnership, kind=CALLED, seen=1, by=cast["manager"])
    assert to_member(sent(cast)).subject.startswith("Meeting of")
    with pytest.raises(WordingClash):
        reworded(cast, words, seen=1)
    row = reworded(cast, words, seen=2)
    assert (row.version, row.is_in_use) == (3, True)
    assert [(each.history_change_reason, each.history_user) for each in row.history.order_by("history_id")] == [
        ("Warmer", cast["manager"]),
        ("Back to the standard wording", cast["manager"]),
        ("Warmer", cast["manager"]),
    ]


# --- trials -----------------------------------------------------------------------------------------------------------


def tried(cast: Cast, words: Words | None = None) -> WordingTrial:
    chosen = words or Words("Come: {meeting}", "On {when}.", "Bye.")
    return try_out(partnership=cast.partnership, kind=CALLED, words=chosen, seen=0, by=cast["manager"])


def test_a_test_goes_to_whoever_tries_it_and_to_nobody_else(cast: Cast, meeting: Meeting) -> None:
    sent(cast)
    before = set(Obligation.objects.values_list("pk", "met_on"))
    send_test(trial=tried(cast), board=cast.board, by=cast["manager"])
    (message,) = sent(cast)
    assert message.recipients() == ["Manager <manager@example.org>"]
    assert message.subject == f"[Test] Come: {cast.board.short_name}, 22 April"
    assert "On Thursday 22 April 2027, 10am to 12:30pm." in message.body
    assert "Dear Manager," in message.body
    assert message.attachments == [], "a test changes no diary"
    row = Delivery.objects.get(announcement__kind=TRIAL)
    assert (row.state, row.recipient, row.obligation) == ("sent", cast["manager"], None)
    assert set(Obligation.objects.values_list("pk", "met_on")) == before
    assert not MessageWording.objects.exists()


def test_tests_are_counted(cast: Cast, settings: Settings) -> None:
    settings.WORDING_TESTS_AN_HOUR = 2
    trial = tried(cast)
    for _ in range(2):
        send_test(trial=trial, board=cast.board, by=cast["manager"])
    with pytest.raises(TooManyTests, match="2 tests within an hour"):
        send_test(trial=tried(cast), board=cast.board, by=cast["manager"])
    assert Announcement.objects.filter(kind=TRIAL).count() == 2


def test_whoever_left_the_team_gets_no_test_any_more(cast: Cast) -> None:
    send_test(trial=tried(cast), board=cast.board, by=cast["manager"])
    standing = cast["manager"].standings.get()
    release_from_team(standing=standing, ends_on=date(2027, 3, 16), reason="A new post", by=cast.author)
    assert sent(cast) == []
    assert Delivery.objects.get(announcement__kind=TRIAL).state == "skipped no access"


def test_a_specimen_is_the_newest_message_that_the_reader_may_see(cast: Cast, meeting: Meeting) -> None:
    shown = specimen(kind=CALLED, partnership=cast.partnership, reader=cast["manager"], on=TODAY)
    assert (shown.is_real, shown.board, shown.letter.values["day"]) == (True, cast.board, "Thursday 22 April 2027")
    extraordinary = kind_named("extraordinary-meeting-called")
    assert specimen(kind=extraordinary, partnership=cast.partnership, reader=cast["manager"], on=TODAY).is_real is False
    stranger = specimen(kind=CALLED, partnership=cast.partnership, reader=cast["outsider"], on=TODAY)
    assert (stranger.is_real, stranger.board) == (False, None)


@pytest.mark.parametrize("name", ["reminder", "reminder-today", "reminder-late", "digest"])
def test_there_is_a_specimen_of_every_reminder(cast: Cast, name: str) -> None:
    cast.meeting(on=APRIL)
    for day in (1, 15, 17):
        plan(now=hour(4, day))
    shown = specimen(kind=kind_named(name), partnership=cast.partnership, reader=cast["manager"], on=TODAY)
    assert shown.is_real
    assert shown.letter.kind.name == name
