"""Where everybody lands: the home that their standings give them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from meetings.models import Meeting
from meetings.queries import agenda_of, papers_due, registers_of
from membership.queries import seats_on_days
from partnership import clock
from partnership.models import Board, User
from partnership.navigation import own_boards_of
from partnership.obligations.alarm import mail_state
from partnership.presenters.mail_banner import mail_banner
from partnership.queries import constitutions_in_force, partnerships_of, terms_of
from reviews.attendance import year_parts
from reviews.outlook import outlook_of
from reviews.presenters.member_home import Record, member_home, own_record
from reviews.presenters.own_duties import own_duties
from reviews.presenters.team_home import team_home
from reviews.queries import may_read_forecast, meetings_ahead, next_deadlines, registers_until
from reviews.queries.actions import overdue_actions, own_actions
from reviews.queries.own import meeting_with_papers, reply_asked_of, seats_of
from reviews.queries.people import asked_of_person, waiting_of_people
from reviews.queries.week import week_of
from reviews.views import overview


def home(request: HttpRequest) -> HttpResponse:
    """The team's home for who keeps a board, else the overview for who oversees one, else the member's."""
    person = request.user
    if not isinstance(person, User):
        raise TypeError("Only a signed-in person reaches a home page.")
    boards = own_boards_of(request)
    if any(board.may_administer for board in boards):
        return _team(request, person, boards)
    overseen = [board for board in boards if board.may_oversee]
    if overseen:
        return overview.shown(request, overseen[0])
    return _member(request, person, boards)


def _team(request: HttpRequest, person: User, boards: Sequence[Board]) -> HttpResponse:
    """Every board of theirs in one list. What is due, and the seats, are those of the boards they keep."""
    now = clock.now()
    today = now.date()
    kept = [board for board in boards if board.may_administer]
    meetings = meetings_ahead(user=person, today=today)
    told = [meeting for meeting in meetings if may_read_forecast(meeting)]
    terms = constitutions_in_force(days=[(board.pk, today) for board in kept])
    seats = seats_on_days(days=[(board, today) for board in kept])
    page = team_home(
        boards=boards,
        week=week_of(boards=kept, today=today),
        meetings=meetings,
        outlooks={register.meeting.pk: outlook_of(register, now=now) for register in registers_of(meetings=told)},
        deadlines=next_deadlines(meetings=meetings, boards=kept),
        actions=overdue_actions(boards=kept, user=person, today=today),
        seats={board: seats[board.pk, today] for board in kept},
        terms={board_id: terms_of(constitution=version) for (board_id, _), version in terms.items()},
        people=waiting_of_people(boards=kept, on=today),
        now=now,
    )
    banner = mail_banner(mail_state(now=now, machine_now=clock.machine_now()))
    return render(request, "reviews/home_team.html", {"home": page, "mail_banner": banner})


def _member(request: HttpRequest, person: User, boards: Sequence[Board]) -> HttpResponse:
    """What is asked of the person, on every board on which they sit."""
    now = clock.now()
    today = now.date()
    meetings = meetings_ahead(user=person, today=today)
    with_papers = meeting_with_papers(person=person, today=today)
    page = member_home(
        name=person.name,
        boards=boards,
        asked=reply_asked_of(person=person, today=today),
        agenda=agenda_of(meeting=with_papers, user=person, today=today) if with_papers else None,
        papers_due=papers_due(meeting=meetings[0]) if meetings else None,
        actions=own_actions(person=person, today=today),
        meetings=meetings,
        record=_record(person, boards, meetings, today),
        duties=own_duties(asked_of_person(person=person, on=today), today=today),
        now=now,
    )
    context = {"home": page, "partnerships": [] if boards else partnerships_of(user=person, on=today)}
    return render(request, "reviews/home_member.html", context)


def _record(person: User, boards: Sequence[Board], meetings: Sequence[Meeting], today: date) -> Record | None:
    """On the board of the next meeting, else of their first seat, where its attendance is theirs to read."""
    open_to_them = {board.pk: board for board in boards if board.may_read_attendance}
    seats = [held for held in seats_of(person=person, today=today) if held.seat.board_id in open_to_them]
    if not seats:
        return None
    soonest = {meeting.board_id: -number for number, meeting in enumerate(meetings)}
    held = max(seats, key=lambda each: soonest.get(each.seat.board_id, -len(meetings)))
    board = open_to_them[held.seat.board_id]
    registers = registers_until(board=board, until=date(today.year + 1, 1, 1), today=today)
    parts = year_parts(registers, year=today.year, today=today)
    return own_record(held=held, name=person.name, parts=parts, board=board)
