"""The home of a member: what is asked of them, and nothing of anybody else."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from io import BytesIO

import pytest
from django.core.files import File
from pytest_django import DjangoAssertNumQueries, Settings

from meetings.models import Attendance, ItemKind, Meeting, Recorded, Reply, ReplyAnswer
from meetings.operations import (
    RowEntry,
    add_item,
    agree_action,
    close_action,
    close_register,
    lodge_paper,
    open_register,
    publish_agenda,
    record_attendance,
    reply,
)
from membership.models import Seat
from membership.operations import appoint, hand_over
from partnership.clock import LONDON
from reviews.presenters.home_parts import Tag, called
from reviews.presenters.member_home import MemberHome
from reviews.queries.actions import SHOWN_OWN
from tests.cast import LONG_AGO, Cast
from tests.pages.conftest import SignedIn

SOON, FAR = date(2027, 3, 22), date(2027, 6, 16)
MEETING = "/p/isle-of-wight/main-board/meetings/{}/"


def home_of(signed_in: SignedIn, name: str = "member") -> MemberHome:
    home: MemberHome = signed_in(name).get("/").context["home"]
    return home


# --- the greeting -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hour", "greeting"),
    [
        (0, "Good morning, Member"),
        (11, "Good morning, Member"),
        (12, "Good afternoon, Member"),
        (17, "Good afternoon, Member"),
        (18, "Good evening, Member"),
    ],
)
def test_the_greeting_follows_london(
    cast: Cast, signed_in: SignedIn, settings: Settings, hour: int, greeting: str
) -> None:
    client = signed_in("member")
    settings.CLOCK_STOPPED_AT = datetime(2027, 7, 1, hour, tzinfo=LONDON)
    assert client.get("/").context["home"].heading == greeting


@pytest.mark.parametrize(
    ("name", "spoken_to"),
    [("Kofi Brandt", "Kofi"), ("Ch Supt Morgan Vale", "Ch Supt Morgan Vale"), ("Member", "Member")],
)
def test_a_title_is_not_taken_for_a_name(name: str, spoken_to: str) -> None:
    assert called(name) == spoken_to


# --- the one thing to do first ----------------------------------------------------------------------------------------


def test_a_reply_is_asked_for_first(cast: Cast, signed_in: SignedIn) -> None:
    cast.meeting(on=SOON)
    cast.meeting(on=FAR)
    question = home_of(signed_in).question
    assert question is not None
    assert question.heading == "First: are you coming on Monday?"
    assert question.about == "main-board, Monday 22 March 2027, 10am to 12:30pm. County Hall."
    assert question.href == MEETING.format("2027-03-22") + "reply/?seat=constabulary"


def test_an_answer_is_given_from_home(cast: Cast, signed_in: SignedIn) -> None:
    meeting = cast.meeting(on=FAR)
    client = signed_in("member")
    said = client.get("/").content.decode()
    for words in ("Yes, I am coming", "My deputy will come", "No one can come"):
        assert words in said
    question = home_of(signed_in).question
    assert question is not None
    asked = client.get(f"{question.href}&answer=deputy").context["form"]
    assert asked["answer"].value() == "deputy"
    assert client.get(f"{question.href}&answer=nonsense").status_code == 200
    client.post(question.href, {"seen": "0", "answer": "coming"})
    assert Reply.objects.get(meeting=meeting).answer == ReplyAnswer.COMING
    assert home_of(signed_in).question is None


def test_once_answered_it_is_asked_no_more(cast: Cast, signed_in: SignedIn) -> None:
    meeting = cast.meeting(on=SOON)
    cast.meeting(on=FAR)
    reply(meeting=meeting, seat=cast.seats["constabulary"], answer=ReplyAnswer.APOLOGIES, by=cast["member"])
    home = home_of(signed_in)
    assert home.question is None
    assert home.coming_papers == ""
    assert home.nothing == "You have nothing to do. Papers for 22 March were due by 15 March."


@pytest.mark.parametrize("who", ["deputy", "observer"])
def test_who_does_not_answer_for_a_seat_is_not_asked(cast: Cast, signed_in: SignedIn, who: str) -> None:
    cast.meeting(on=SOON)
    assert home_of(signed_in, who).question is None


def test_while_a_register_is_open_the_meeting_after_it_is_asked_about(
    cast: Cast, meeting: Meeting, signed_in: SignedIn
) -> None:
    assert home_of(signed_in).question is None
    cast.meeting(on=FAR)
    question = home_of(signed_in).question
    assert question is not None
    assert question.heading == "First: are you coming on 16 June?"


def test_a_successor_is_asked_and_not_who_has_left_by_then(cast: Cast, signed_in: SignedIn) -> None:
    cast.meeting(on=FAR)
    seat = cast.seats["constabulary"]
    hand_over(seat=seat, to=cast.person("successor"), on=date(2027, 6, 1), reason="New post", by=cast.author)
    assert home_of(signed_in).question is None


# --- papers -----------------------------------------------------------------------------------------------------------


def published(cast: Cast, meeting: Meeting) -> None:
    first = add_item(meeting=meeting, title="Neglect", kind=ItemKind.DECISION, by=cast["coordinator"])
    pdf = File(BytesIO(one_page_pdf()), name="neglect.pdf")
    lodge_paper(item=first, title="Deep dive", file=pdf, original_name="neglect.pdf", by=cast["coordinator"])
    add_item(meeting=meeting, title="Transport", kind=ItemKind.DISCUSSION, by=cast["coordinator"])
    publish_agenda(meeting=meeting, by=cast["coordinator"])


def one_page_pdf() -> bytes:
    """The smallest PDF that readers agree on."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    return (
        out
        + b"xref\n0 4\n0000000000 65535 f \n"
        + table
        + b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start
    )


def test_papers_are_told_once_published(cast: Cast, signed_in: SignedIn) -> None:
    meeting = cast.meeting(on=FAR)
    add_item(meeting=meeting, title="Draft", kind=ItemKind.DECISION, by=cast["coordinator"])
    home = home_of(signed_in)
    assert home.papers is None
    assert home.coming_papers == "Papers for 16 June will be here by 9 June."
    published(cast, meeting)
    papers = home_of(signed_in).papers
    assert papers is not None
    assert (papers.heading, papers.summary) == ("Papers for 16 June are ready", "3 items, 1 page.")
    assert papers.asks == "2 items need a decision."
    assert [(row.title, row.kind, row.is_decision, row.facts) for row in papers.items] == [
        ("Item 1: Draft", "Decision", True, ", no paper."),
        ("Item 2: Neglect", "Decision", True, ", 1 page."),
        ("Item 3: Transport", "Discussion", False, ", no paper."),
    ]
    assert "/papers/" in papers.items[1].href


def test_what_came_later_is_new(cast: Cast, signed_in: SignedIn) -> None:
    meeting = cast.meeting(on=FAR)
    published(cast, meeting)
    add_item(meeting=meeting, title="Late", kind=ItemKind.INFORMATION, by=cast["coordinator"])
    publish_agenda(meeting=meeting, by=cast["coordinator"], reason="With the chair's permission")
    papers = home_of(signed_in).papers
    assert papers is not None
    assert [(row.is_new, row.facts) for row in papers.items][-1] == (True, ", no paper. Added 17 March.")


def test_papers_of_another_board_are_not_told(cast: Cast, signed_in: SignedIn) -> None:
    published(cast, cast.meeting(on=FAR, board=cast.elsewhere))
    assert home_of(signed_in).papers is None
    assert home_of(signed_in, "outsider").papers is not None


# --- actions ----------------------------------------------------------------------------------------------------------


def test_own_actions_by_their_date(cast: Cast, signed_in: SignedIn) -> None:
    def agreed(text: str, owner: str, due_on: date) -> object:
        return agree_action(
            board=cast.board,
            text=text,
            owner=cast[owner],
            due_on=due_on,
            agreed_on=date(2027, 1, 20),
            by=cast["coordinator"],
        )

    agreed("Report on appointments", "member", date(2027, 3, 28))
    agreed("Somebody else's", "chair", date(2027, 3, 20))
    done = agreed("Name a deputy", "member", date(2027, 3, 1))
    home = home_of(signed_in)
    assert [(row.title.partition(": ")[2], row.tag) for row in home.actions] == [
        ("Name a deputy", Tag("Overdue by 16 days", "no")),
        ("Report on appointments", Tag("Due in 11 days", "soon")),
    ]
    assert home.actions[1].hint == "Agreed on 20 January. Due Sunday 28 March 2027."
    assert home.nothing == ""
    close_action(action=done, by=cast["coordinator"], reason="Named")  # type: ignore[arg-type]  # an Action
    assert len(home_of(signed_in).actions) == 1
    for number in range(SHOWN_OWN):
        agreed(f"Further {number}", "member", date(2027, 4, 1))
    assert (len(home_of(signed_in).actions), home_of(signed_in).has_more_actions) == (SHOWN_OWN, True)


# --- the record, and who has none -------------------------------------------------------------------------------------


def held(cast: Cast, on: date, recorded: Recorded) -> None:
    meeting = cast.meeting(on=on)
    begins = meeting.begins
    opened = open_register(meeting=meeting, at=begins - timedelta(minutes=5), by=cast.author)
    row = Attendance.objects.get(meeting=opened, seat=cast.seats["constabulary"])
    entry = RowEntry(attendance_id=row.pk, version=row.version, recorded=recorded, arrived_at=begins)
    record_attendance(meeting=opened, rows=[entry], by=cast.author)
    close_register(meeting=opened, at=begins + timedelta(hours=2), by=cast.author)


def test_the_record_follows_the_registers(cast: Cast, signed_in: SignedIn) -> None:
    assert home_of(signed_in).record is None
    held(cast, date(2027, 1, 20), Recorded.PRESENT)
    record = home_of(signed_in).record
    assert record is not None
    assert record.sentence == "You came to 1 of 1 meetings this year, and so did your seat."
    assert record.href == "/p/isle-of-wight/main-board/attendance/"
    held(cast, date(2027, 2, 17), Recorded.DEPUTY)
    record = home_of(signed_in).record
    assert record is not None
    assert record.sentence == "You came to 1 of 2 meetings this year, your seat to 2 of 2."


def test_a_deputy_is_told_of_the_seat(cast: Cast, signed_in: SignedIn) -> None:
    held(cast, date(2027, 1, 20), Recorded.PRESENT)
    record = home_of(signed_in, "deputy").record
    assert record is not None
    assert record.sentence == "Your seat came to 1 of 1 meetings this year."


def test_an_observer_is_told_no_attendance(cast: Cast, signed_in: SignedIn) -> None:
    held(cast, date(2027, 1, 20), Recorded.PRESENT)
    assert home_of(signed_in, "observer").record is None


def test_nothing_to_do_and_the_papers_to_come(cast: Cast, signed_in: SignedIn) -> None:
    meeting = cast.meeting(on=FAR)
    reply(meeting=meeting, seat=cast.seats["constabulary"], answer=ReplyAnswer.APOLOGIES, by=cast["member"])
    home = home_of(signed_in)
    assert home.nothing == "You have nothing to do. Papers for 16 June will be here by 9 June."
    assert (home.next_day, home.next_place) == ("Wednesday 16 June 2027", "10am to 12:30pm, in 91 days. County Hall.")


def test_without_a_place_anywhere_the_page_says_so(cast: Cast, signed_in: SignedIn) -> None:
    said = signed_in("nobody").get("/").content.decode()
    assert "You have nothing to do." in said
    assert "No meeting of your groups is planned." in said
    assert "You have no place on any board today. Ask your partnership team." in said


# --- what it costs ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_three_of_everything_cost_what_one_costs(
    cast: Cast, signed_in: SignedIn, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    member = cast["member"]
    for number in range(rows):
        held(cast, date(2027, 1, 20 + number), Recorded.PRESENT)
        meeting = cast.meeting(on=FAR + timedelta(days=number))
        published(cast, meeting)
        agree_action(
            board=cast.board,
            text=f"Action {number}",
            owner=member,
            due_on=date(2027, 4, 1),
            agreed_on=date(2027, 1, 20),
            by=cast.author,
        )
    if rows > 1:
        seat = Seat.objects.get(board=cast.elsewhere, key="icb")
        appoint(seat=seat, person=member, starts_on=LONG_AGO, by=cast.author)
        cast.meeting(on=FAR, starts_at=time(9), board=cast.elsewhere)
    client = signed_in("member")
    client.get("/")
    with django_assert_num_queries(26):
        assert len(client.get("/").context["home"].actions) == rows
