"""A member's own record on a board, and mistakes reported in it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from meetings.models import Meeting
from membership.models import Appointment
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.models import Board
from partnership.navigation import address_of, on_board
from partnership.views.finding import board_at, reader_of
from reviews.attendance import year_parts
from reviews.forms.mistakes import AnswerForm, MistakeForm
from reviews.models import MistakeReport
from reviews.operations import AnsweredAlready, answer_mistake, report_mistake
from reviews.presenters.my_agency import ALL_OF_IT, places_of, report_rows, seat_records
from reviews.queries import registers_until
from reviews.queries.mistakes import held_meetings, reports_on, seats_on_board


def my_agency(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """What the reader's seats came to this year; a mistake in it is reported here."""
    board, person, today = board_at(request, partnership_slug, board_slug), reader_of(request), clock.today()
    if not board.may_read_attendance:
        access.conceal(board)
    held = seats_on_board(board=board, person=person, on=today)
    meetings = held_meetings(board=board, user=person, year=today.year, on=today)
    may_report = bool(held) and access.may(person, Action.OWN, board, Kind.MISTAKES, today)
    form = MistakeForm(request.POST if request.method == "POST" else None, places=places_of(held, meetings))
    if request.method == "POST":
        access.require(person, Action.OWN, board, Kind.MISTAKES, today)
        if form.is_valid():
            _report(request, form, held)
            messages.success(request, "Your partnership team is told. Their answer comes to this page.")
            return HttpResponseRedirect(request.path)
    reports = [each for each in reports_on(board=board, user=person, on=today) if each.person == person]
    context = {
        "form": form,
        "may_report": may_report,
        "year": today.year,
        "reports": report_rows(reports),
        **_record(board, held, today),
        **on_board(board, page="attendance"),
    }
    return render(request, "reviews/my_agency.html", context, status=400 if form.errors else 200)


def mistakes(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """Every mistake reported on the board, for the team: what waits for an answer first."""
    board = board_at(request, partnership_slug, board_slug)
    access.require(request.user, Action.READ, board, Kind.MISTAKES, clock.today())
    rows = report_rows(reports_on(board=board, user=request.user, on=clock.today()))
    return render(request, "reviews/mistakes.html", {"reports": rows, **on_board(board, page="attendance")})


def mistake(request: HttpRequest, partnership_slug: str, board_slug: str, number: int) -> HttpResponse:
    """One report, answered with words."""
    board = board_at(request, partnership_slug, board_slug)
    reports = MistakeReport.objects.filter(board=board).select_related("person", "seat", "meeting")
    found = access.get_visible_or_404(reports, request.user, clock.today(), pk=number)
    access.require(request.user, Action.WRITE, found, on=clock.today())
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_mistake(report=found, answer=form.cleaned_data["answer"], by=reader_of(request))
        except AnsweredAlready as meanwhile:
            form.add_error(None, str(meanwhile))
            found.refresh_from_db()
        else:
            messages.success(request, f"{found.person.name} reads your answer on their page.")
            return HttpResponseRedirect(reverse("mistakes", args=address_of(board)))
    context = {"form": form, "report": report_rows([found])[0], **on_board(board, page="attendance")}
    return render(request, "reviews/mistake.html", context, status=400 if form.errors else 200)


def _record(board: Board, held: list[Appointment], today: date) -> dict[str, Any]:
    if not held:
        return {"seats": []}
    registers = registers_until(board=board, until=date(today.year + 1, 1, 1), today=today)
    parts = year_parts(registers, year=today.year, today=today)
    return {"seats": seat_records(held, parts=parts, registers=registers)}


def _report(request: HttpRequest, form: MistakeForm, held: list[Appointment]) -> None:
    """The form offers only seats of the reader and meetings of the board. Raises Http404 for one gone meanwhile."""
    key, _, number = form.cleaned_data["where"].rpartition(" ")
    seat = next(each.seat for each in held if each.seat.key == key)
    meeting = None
    if number != ALL_OF_IT:
        meeting = Meeting.objects.visible_to(request.user).filter(board=seat.board, pk=number).first()
        if meeting is None:
            raise Http404
    report_mistake(seat=seat, meeting=meeting, text=form.cleaned_data["text"], by=reader_of(request))
