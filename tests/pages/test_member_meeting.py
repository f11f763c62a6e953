"""A meeting's own page as members, deputies, observers and the chair see it."""

from __future__ import annotations

import html
import re
from datetime import date, datetime

import pytest
from pytest_django import Settings

from meetings.models import ItemKind, Meeting, ReplyAnswer
from meetings.operations import (
    add_item,
    cancel,
    close_register,
    open_register,
    publish_agenda,
    reply,
    send_minutes,
)
from partnership.clock import LONDON
from tests.agendas import paper_at_item, pdf
from tests.cast import Cast
from tests.pages.conftest import SignedIn

JUNE = date(2027, 6, 16)
PAGE = "/p/isle-of-wight/main-board/meetings/2027-06-16/"
NOT_YET = "The agenda has not been sent yet. It is due by Wednesday 9 June 2027."


def text(fragment: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", fragment)).split())


def seen(signed_in: SignedIn, who: str) -> str:
    response = signed_in(who).get(PAGE)
    assert response.status_code == 200
    main: str = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return main


@pytest.fixture
def june(cast: Cast) -> Meeting:
    return cast.meeting(on=JUNE)


@pytest.fixture
def sent(cast: Cast, june: Meeting, settings: Settings) -> Meeting:
    """Three items sent on time, a fourth with four pages a day late, a fifth still a draft."""
    team = cast["coordinator"]
    add_item(meeting=june, title="Welcome", kind=ItemKind.INFORMATION, minutes=5, by=team)
    budget = add_item(
        meeting=june,
        title="Budget",
        kind=ItemKind.DECISION,
        minutes=60,
        lead="Priya Raman",
        purpose="Agree it.",
        by=team,
    )
    paper_at_item(budget, team, "Budget paper", pdf(2))
    add_item(meeting=june, title="Neglect", kind=ItemKind.DECISION, minutes=75, by=team)
    settings.CLOCK_STOPPED_AT = datetime(2027, 6, 9, 16, 30, tzinfo=LONDON)
    publish_agenda(meeting=june, by=team)
    settings.CLOCK_STOPPED_AT = datetime(2027, 6, 10, 9, 0, tzinfo=LONDON)
    late = add_item(meeting=june, title="School transport", kind=ItemKind.DISCUSSION, by=team)
    paper_at_item(late, team, "Transport", pdf(4))
    publish_agenda(meeting=june, by=team, reason="The contract ends.")
    add_item(meeting=june, title="A secret draft", kind=ItemKind.DECISION, by=team)
    return june


@pytest.mark.parametrize("who", ["member", "deputy", "observer", "chair", "scrutineer"])
def test_before_it_is_sent_the_page_says_by_when(june: Meeting, cast: Cast, signed_in: SignedIn, who: str) -> None:
    add_item(meeting=june, title="A secret draft", kind=ItemKind.DECISION, by=cast["coordinator"])
    main = seen(signed_in, who)
    assert NOT_YET in text(main)
    assert "A secret draft" not in main
    assert ("Look at the draft agenda" in main) is (who in {"chair", "scrutineer"})


def test_once_that_day_is_past_it_was_due(june: Meeting, signed_in: SignedIn, settings: Settings) -> None:
    settings.CLOCK_STOPPED_AT = datetime(2027, 6, 10, 9, 0, tzinfo=LONDON)
    assert "It was due by Wednesday 9 June 2027." in text(seen(signed_in, "member"))


def test_the_agenda_in_one_sentence_and_item_by_item(sent: Meeting, signed_in: SignedIn) -> None:
    main = seen(signed_in, "member")
    said = text(main)
    assert (
        "4 items, 2 hours 20 minutes, 2 pages on time and 4 added later. 2 items need your decision: 2 and 3."
    ) in said
    assert "2 Budget Decision , 60 minutes, Priya Raman, 2 pages Agree it." in said
    assert "4 School transport Added 10 June Discussion , 4 pages" in said
    assert main.count("q-type--decision") == 2
    paper = sent.items.get(title="Budget").papers.get()
    assert f'<a href="{PAGE}papers/{paper.uuid}/">Budget</a>' in main
    assert "Wednesday 9 June 2027 at 4:30pm, on time. Item 4 on 10 June." in said


@pytest.mark.parametrize("who", ["member", "deputy", "observer", "chair", "scrutineer"])
def test_a_draft_is_no_part_of_it(sent: Meeting, signed_in: SignedIn, who: str) -> None:
    assert "A secret draft" not in seen(signed_in, who)


def test_whoever_has_no_vote_is_not_asked_to_decide(sent: Meeting, signed_in: SignedIn) -> None:
    assert "2 items need a decision: 2 and 3." in text(seen(signed_in, "observer"))


def test_sent_late_is_said(cast: Cast, june: Meeting, signed_in: SignedIn, settings: Settings) -> None:
    add_item(meeting=june, title="Budget", kind=ItemKind.DECISION, by=cast["coordinator"])
    settings.CLOCK_STOPPED_AT = datetime(2027, 6, 10, 9, 0, tzinfo=LONDON)
    publish_agenda(meeting=june, by=cast["coordinator"], reason="The figures came late.")
    said = text(seen(signed_in, "member"))
    assert "Thursday 10 June 2027 at 9am, 1 day late." in said
    assert "1 item, 0 pages. 1 item needs your decision: 1." in said


# --- the reader's own place -------------------------------------------------------------------------------------------


def test_what_a_member_said_and_who_their_deputy_is(cast: Cast, june: Meeting, signed_in: SignedIn) -> None:
    seat = cast.seats["constabulary"]
    main = seen(signed_in, "member")
    assert "You have not told us if you are coming. Your deputy is Deputy." in text(main)
    assert f'<a class="govuk-button" href="{PAGE}reply/">Tell us if you are coming</a>' in main
    reply(meeting=june, seat=seat, answer=ReplyAnswer.COMING, by=cast["member"])
    main = seen(signed_in, "member")
    assert "You are coming." in text(main)
    assert "Change your reply" in main
    assert "You are a deputy for" in text(seen(signed_in, "deputy"))
    reply(meeting=june, seat=seat, answer=ReplyAnswer.DEPUTY, by=cast["member"])
    assert "Deputy is coming in your place." in text(seen(signed_in, "member"))
    assert "You are expected." in text(seen(signed_in, "deputy"))
    reply(meeting=june, seat=seat, answer=ReplyAnswer.APOLOGIES, reason="In court", by=cast["member"])
    assert "You sent apologies." in text(seen(signed_in, "member"))
    assert "No one is coming for this seat." in text(seen(signed_in, "deputy"))


def test_an_observer_is_not_asked_to_reply(june: Meeting, signed_in: SignedIn) -> None:
    assert f"{PAGE}reply/" not in seen(signed_in, "observer")


@pytest.mark.parametrize("who", ["member", "deputy", "observer", "chair", "scrutineer"])
def test_the_reason_of_somebody_elses_apology_is_on_no_such_page(
    cast: Cast, june: Meeting, signed_in: SignedIn, who: str
) -> None:
    cast.fill(["probation"])
    reply(meeting=june, seat=cast.seats["probation"], answer=ReplyAnswer.APOLOGIES, reason="Zwillinge", by=cast.author)
    assert "Zwillinge" not in seen(signed_in, who)


# --- after, and instead ----------------------------------------------------------------------------------------------


def test_afterwards_the_minutes_are_read_here(
    cast: Cast, sent: Meeting, signed_in: SignedIn, settings: Settings
) -> None:
    settings.CLOCK_STOPPED_AT = datetime(2027, 6, 16, 10, 0, tzinfo=LONDON)
    open_register(meeting=sent, by=cast["coordinator"])
    settings.CLOCK_STOPPED_AT = datetime(2027, 6, 16, 12, 0, tzinfo=LONDON)
    close_register(meeting=sent, by=cast["coordinator"])
    assert f"{PAGE}minutes/" not in seen(signed_in, "member")
    send_minutes(meeting=sent, by=cast["coordinator"])
    main = seen(signed_in, "member")
    assert f'<a class="govuk-button" href="{PAGE}minutes/">Read the minutes</a>' in main
    assert "You did not tell us if you were coming." in text(main)
    assert "2 items were for decision: 2 and 3." in text(main)
    assert f"{PAGE}reply/" not in main


def test_a_cancelled_meeting_says_so_and_why(cast: Cast, june: Meeting, signed_in: SignedIn) -> None:
    cancel(meeting=june, reason="Snow", by=cast["coordinator"])
    main = seen(signed_in, "member")
    assert "Cancelled. Snow (Coordinator, 17 March 2027)." in text(main)
    assert f"{PAGE}reply/" not in main
