"""What is done to a register on a page of its own: opening, closing, one row in full, somebody added, its history."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from meetings.forms import GuestForm, RowForm, TimesForm
from meetings.models import AttendsAs, Meeting, Mode, Presence
from meetings.operations import (
    AlreadyHere,
    AlreadyOpened,
    AttendanceClash,
    NobodyNamed,
    NotPlanned,
    NotYetTheDay,
    RegisterNotOpen,
    TimesOverlap,
    add_guest,
    close_register,
    correct_times,
    open_register,
    record_attendance,
)
from meetings.presenters.confidentiality import paragraphs_of, unsigned_words
from meetings.presenters.history import days_of
from meetings.presenters.register import clash_problem, register_page
from meetings.presenters.sign_in_sheet import declarations_of, sign_in_sheet
from meetings.queries import RegisterRow, history_of_register, register_of
from meetings.queries.signatures import SIGNED, agreement_in_force
from meetings.views.registers import OpenPage, author, page_of, page_to_write, signing_shown
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.navigation import on_board
from partnership.rules.plain_dates import counted

REFUSED = (AlreadyHere, NobodyNamed, RegisterNotOpen, TimesOverlap)


@require_POST
def open_page(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> HttpResponse:
    """Open the register: a row for every seat, apologies filled in from the replies."""
    page = page_to_write(request, partnership_slug, board_slug, address)
    try:
        open_register(meeting=page.meeting, by=author(request))
    except (AlreadyOpened, NotPlanned, NotYetTheDay) as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, "The register is open.")
    return HttpResponseRedirect(page.href)


def close_page(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> HttpResponse:
    """Check what the register says, then close it."""
    page = page_to_write(request, partnership_slug, board_slug, address)
    if request.method == "POST":
        try:
            close_register(meeting=page.meeting, by=author(request))
        except RegisterNotOpen as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, "The register is closed.")
        return HttpResponseRedirect(page.href)
    register = register_of(meeting=page.meeting)
    signing = signing_shown(page, register)
    drawn = register_page(register, rights=page.rights, now=clock.now(), posted={}, signing=signing)
    blank = [row.seat for group in drawn.groups for row in group.rows if not row.letter and row.choices]
    context = {
        "drawn": drawn,
        "blank": blank,
        "signed": [each for each in declarations_of(register) if each.id != SIGNED],
        "unsigned": unsigned_words(signing) if signing else "",
        "clause": signing.rule.clause.citation if signing and signing.rule else "",
        "attended": counted(sum(row.has_attended for row in register.seats), "person", "people"),
        **on_board(page.meeting.board, page="meetings"),
    }
    return render(request, "meetings/register_close.html", context)


def row(request: HttpRequest, partnership_slug: str, board_slug: str, address: str, row_id: int) -> HttpResponse:
    """One row in full: who came, how, when they came and left."""
    page = page_to_write(request, partnership_slug, board_slug, address)
    found = _row_of(page.meeting, row_id)
    attendance = found.attendance
    if attendance is None:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = RowForm(posted, row=attendance, held=found.held) if found.held else None
    times = [TimesForm(posted, presence=each, meeting=page.meeting) for each in found.presences]
    problem = ""
    if posted is not None and _are_valid(form, times):
        try:
            _write_row(request, page, form, times, found.presences)
        except AttendanceClash as clash:
            theirs = clash_problem(clash).clashes[0].theirs
            problem = f"Somebody else changed this row: it now says “{theirs}”. Check it and save again to keep yours."
            form = _drawn_again(request, page.meeting, row_id)
        except (*REFUSED, forms.ValidationError) as refused:
            problem = refused.messages[0] if isinstance(refused, forms.ValidationError) else str(refused)
        else:
            messages.success(request, "The register is saved.")
            return HttpResponseRedirect(f"{page.href}#row-{attendance.pk}")
    context = {
        "page": page,
        "found": found,
        "form": form,
        "times": times,
        "problem": problem,
        "has_errors": problem or (posted is not None and not _are_valid(form, times)),
        "shows_reasons": page.rights.shows_reasons,
        **on_board(page.meeting.board, page="meetings"),
    }
    return render(request, "meetings/register_row_page.html", context, status=400 if context["has_errors"] else 200)


def _row_of(meeting: Meeting, row_id: int) -> RegisterRow:
    """The row of this meeting's register. Raises Http404."""
    for each in register_of(meeting=meeting).rows:
        if each.attendance and each.attendance.pk == row_id:
            each.attendance.meeting = meeting
            return each
    raise Http404


def _are_valid(form: RowForm | None, times: list[TimesForm]) -> bool:
    checked = [each.is_valid() for each in ([form] if form else []) + times]
    return all(checked)


@transaction.atomic
def _write_row(
    request: HttpRequest, page: OpenPage, form: RowForm | None, times: list[TimesForm], presences: tuple[Presence, ...]
) -> None:
    """The times first, then the row: a form drawn before either changed is refused whole."""
    by = author(request)
    if form is not None:
        record_attendance(meeting=page.meeting, rows=[form.entry()], by=by)
    for time, presence in zip(times, presences, strict=True):
        if time.has_changed() and Presence.objects.filter(pk=presence.pk).exists():
            correct_times(
                presence=presence,
                arrived_at=time.cleaned_data["arrived_at"],
                left_at=time.cleaned_data.get("left_at"),
                by=by,
            )


def _drawn_again(request: HttpRequest, meeting: Meeting, row_id: int) -> RowForm:
    """The form as it was sent, on the row's present version, so that saving again keeps what was typed."""
    found = _row_of(meeting, row_id)
    data = request.POST.copy()
    data["version"] = str(found.version)
    if found.attendance is None:
        raise Http404
    return RowForm(data, row=found.attendance, held=found.held)


def add(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> HttpResponse:
    """Add somebody who is there without a seat."""
    page = page_to_write(request, partnership_slug, board_slug, address)
    form = GuestForm(request.POST if request.method == "POST" else None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            add_guest(
                meeting=page.meeting,
                attends_as=AttendsAs(form.cleaned_data["attends_as"]),
                name=form.cleaned_data["name"],
                mode=Mode(form.cleaned_data["mode"]),
                by=author(request),
            )
        except REFUSED as refused:
            problem = str(refused)
        else:
            messages.success(request, f"{form.cleaned_data['name']} is on the register.")
            return HttpResponseRedirect(page.href)
    status = 400 if problem or form.errors else 200
    context = {"page": page, "form": form, "problem": problem, **on_board(page.meeting.board, page="meetings")}
    return render(request, "meetings/register_add.html", context, status=status)


def history(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> HttpResponse:
    """Who changed what on the register, and when."""
    page = page_of(request, partnership_slug, board_slug, address)
    access.require(request.user, Action.READ, page.meeting, Kind.HISTORY)
    entries = history_of_register(meeting=page.meeting, user=request.user, on=clock.today())
    context = {
        "page": page,
        "days": days_of(entries, page.rights),
        **on_board(page.meeting.board, page="meetings"),
    }
    return render(request, "meetings/register_history.html", context)


def sheet(request: HttpRequest, partnership_slug: str, board_slug: str, address: str) -> HttpResponse:
    """A sheet to sign in the room: a line for every seat, on paper."""
    page = page_of(request, partnership_slug, board_slug, address)
    register = register_of(meeting=page.meeting)
    is_asked = any(each.id == SIGNED for each in declarations_of(register))
    text = agreement_in_force(board=page.meeting.board) if is_asked else None
    context = {
        "sheet": sign_in_sheet(register),
        "text": text,
        "paragraphs": paragraphs_of(text.text) if text else (),
        **on_board(page.meeting.board, page="meetings"),
    }
    return render(request, "meetings/register_sheet.html", context)
