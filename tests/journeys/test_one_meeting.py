"""One meeting from its agenda to the year's attendance, on both boards: agenda, reminder, register, minutes, action."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pikepdf
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.core.management import call_command
from playwright.sync_api import expect
from pytest_django import Settings

from meetings.models import Meeting
from partnership.clock import LONDON
from tests.journeys.conftest import MakeVisitor
from tests.journeys.stage import CITY, CITY_PARTNERS, ISLAND, ISLAND_OTHERS, ISLAND_REQUIRED, Stage
from tests.journeys.visitor import Visitor
from tests.platform.machine import free_port

ON = date(2027, 3, 31)


@dataclass(frozen=True)
class Board:
    """What one board's own terms make of the same story; `owner` takes the action, `chair` looks back.

    `standing_items` is one that its terms put on every agenda, empty where they put none.
    """

    name: str
    address: str
    standing_items: str
    present: tuple[str, ...]
    answer: str
    owner: str
    owner_choice: str
    chair: str
    minutes_on_time: str
    decided: str


BOARDS = (
    Board(
        name=ISLAND,
        address="/p/isle-of-wight/main-board/",
        standing_items="Quality assurance and learning reports",
        present=(*ISLAND_REQUIRED, *ISLAND_OTHERS),
        answer="Quorate: 12 of 24 members present (12 needed).",
        owner="member",
        owner_choice="Member",
        chair="chair",
        minutes_on_time="Sent on time on 7 April 2027 at 11am.",
        decided="These terms do not state how decisions are made.",
    ),
    Board(
        name=CITY,
        address="/p/portsmouth/board/",
        standing_items="",
        present=(*CITY_PARTNERS, "probation"),
        answer="Quorate: all 3 statutory safeguarding partners are present.",
        owner="city council",
        owner_choice="City Council",
        chair="city chair",
        minutes_on_time="Sent 7 days before the deadline of 14 April 2027.",
        decided="Agreed by consent.",
    ),
)


class MailServer(Message):
    """Keeps what it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[tuple[str, str]] = []

    def handle_message(self, message: object) -> None:
        self.kept.append((str(message["To"]), str(message["Subject"])))  # type: ignore[index]  # an e-mail's headers


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[MailServer]:
    server = MailServer()
    controller = Controller(server, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    yield server
    controller.stop()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "neglect.pdf"
    with pikepdf.new() as pdf:
        for _ in range(3):
            pdf.add_blank_page()
        pdf.save(path)
    return path


def clock(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=LONDON)


def adds_an_item(coordinator: Visitor, title: str, kind: str) -> None:
    coordinator.when_they_follow("Add an item")
    coordinator.page.get_by_label("Title").fill(title)
    coordinator.page.get_by_label(kind).check()
    coordinator.page.get_by_label("Minutes").fill("20")
    coordinator.when_they_press("Add to the agenda")


def puts_the_agenda_together(coordinator: Visitor, board: Board, report: Path) -> None:
    page = coordinator.page
    if board.standing_items:
        coordinator.when_they_press("Start from the standing items")
        coordinator.then_the_page_says(board.standing_items)
    else:
        coordinator.then_the_page_says("The constitution states no standing items for this meeting.")
        adds_an_item(coordinator, "Welcome and apologies", "Information")
    adds_an_item(coordinator, "Neglect strategy", "Decision")
    coordinator.when_they_press("Move Neglect strategy up")
    page.get_by_role("link", name="Add a paper to Neglect strategy").click()
    page.get_by_label("Title").fill("The strategy")
    page.get_by_label("File").set_input_files(report)
    coordinator.when_they_press("Add the paper")
    coordinator.then_the_page_says("The strategy (PDF, 3 pages")


def publishes_it(coordinator: Visitor) -> None:
    coordinator.when_they_follow("Check and publish")
    coordinator.then_the_heading_is("Check before you publish")
    coordinator.when_they_press("Publish the agenda and papers")
    coordinator.then_the_page_says("Sent on time on 24 March 2027 at 4:30pm.")


def takes_the_register(coordinator: Visitor, meeting: Meeting, board: Board) -> None:
    coordinator.given_the_register_of(meeting)
    coordinator.when_they_press("Open the register")
    coordinator.when_they_tick_and_wait(board.present)
    coordinator.then_the_answer_is(board.answer)


def records_what_was_agreed(coordinator: Visitor, board: Board) -> str:
    """The action's reference."""
    page = coordinator.page
    item = page.locator("li.q-item", has_text="Neglect strategy")
    item.get_by_role("button", name=re.compile("^Taken now")).click()
    item.get_by_label(re.compile("^Discussion")).fill("The strategy was welcomed.")
    item.get_by_role("button", name=re.compile("^Record a decision")).click()
    page.get_by_label("What was decided").fill("The strategy is adopted.")
    coordinator.when_they_press("Record the decision")
    coordinator.then_the_page_says(board.decided)
    item.get_by_role("button", name=re.compile("^Agree an action")).click()
    page.get_by_label("What will be done").fill("Send the strategy to all schools")
    owner = page.get_by_label("Owner")
    owner.select_option(label=str(owner.locator("option", has_text=board.owner_choice).first.text_content()))
    page.get_by_label("Done by").fill("30 April 2027")
    coordinator.when_they_press("Agree the action")
    coordinator.then_the_page_says("is agreed.")
    return str(page.locator("a.q-row", has_text="Send the strategy").first.text_content()).partition(":")[0]


def closes_the_register(coordinator: Visitor, meeting: Meeting) -> None:
    coordinator.given_the_register_of(meeting)
    coordinator.when_they_follow("Close the register")
    coordinator.when_they_press("Close the register")
    coordinator.then_the_page_says("The register is closed.")


def sends_the_minutes(coordinator: Visitor, board: Board) -> None:
    coordinator.then_the_page_says("The strategy was welcomed.")
    coordinator.when_they_follow("Check and send minutes")
    coordinator.page.get_by_role("button", name=re.compile("^Send minutes")).click()
    coordinator.then_the_page_says(board.minutes_on_time)


def is_reminded_by_post(coordinator: Visitor, mail_server: MailServer, board: Board) -> None:
    call_command("run_due")
    told = [subject for to, subject in mail_server.kept if "coordinator@example.org" in to]
    assert any("agenda and papers" in subject.lower() and "31 March" in subject for subject in told), told
    coordinator.when_they_open(f"/p/{board.address.split('/')[2]}/outbox/")
    coordinator.then_the_page_says("The agenda and papers")


def reports_on_their_action(member: Visitor, reference: str) -> None:
    member.when_they_open("/")
    member.page.get_by_role("link", name=re.compile(f"^{reference}")).click()
    member.page.get_by_label("What has happened").fill("Half of the schools have it.")
    member.when_they_press("Add the update")
    member.then_the_page_says("Half of the schools have it.")


@pytest.mark.parametrize("board", BOARDS, ids=[board.name for board in BOARDS])
def test_a_meeting_goes_from_its_agenda_to_the_attendance_of_the_year(
    stage: Stage, visitor: MakeVisitor, settings: Settings, mail_server: MailServer, report: Path, board: Board
) -> None:
    meeting = stage.planned_meeting(board.name, on=ON)
    here = f"{board.address}meetings/{meeting.address}/"
    coordinator, member, chair = visitor(), visitor(board.owner), visitor(board.chair)
    coordinator.when_they_open(f"{here}agenda/")
    puts_the_agenda_together(coordinator, board, report)
    member.when_they_open(here)
    member.then_the_page_does_not_say("Neglect strategy")

    settings.CLOCK_STOPPED_AT = clock(23, 8, 31)
    # One coordinator keeps the meetings of all journeys, and would be spared most of that day's reminders.
    settings.REMINDERS_A_DAY = 1000
    is_reminded_by_post(coordinator, mail_server, board)
    settings.CLOCK_STOPPED_AT = clock(24, 16, 30)
    coordinator.when_they_open(f"{here}agenda/")
    publishes_it(coordinator)
    coordinator.then_the_accessibility_baseline_is_met()
    member.when_they_open(here)
    member.then_the_page_says("Neglect strategy")

    settings.CLOCK_STOPPED_AT = clock(31, 10, 30)
    takes_the_register(coordinator, meeting, board)
    coordinator.when_they_open(f"{here}record/")
    reference = records_what_was_agreed(coordinator, board)
    settings.CLOCK_STOPPED_AT = clock(31, 12, 30)
    closes_the_register(coordinator, meeting)

    settings.CLOCK_STOPPED_AT = clock(7, 11, month=4)
    coordinator.when_they_open(f"{here}minutes/")
    sends_the_minutes(coordinator, board)
    coordinator.then_the_accessibility_baseline_is_met()
    member.when_they_open(f"{here}minutes/")
    member.then_the_page_says("The strategy is adopted.")
    reports_on_their_action(member, reference)

    chair.when_they_open(f"{board.address}attendance/2027/")
    expect(chair.page.locator("table").first).to_contain_text("31 Mar")
    chair.then_the_accessibility_baseline_is_met()
