"""The constitution of a board: the version in force, past versions, what changed between two, each as its file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from meetings.models import Meeting
from meetings.presenters.constitution import constitution_page, governed, version_words
from meetings.presenters.constitution_changes import changes_between
from meetings.queries import Register, register_of, upcoming_meetings
from partnership import access, clock
from partnership.access import Action, Kind
from partnership.constitutions.comparison import compared
from partnership.models import Board, Constitution
from partnership.navigation import address_of, on_board
from partnership.queries import adoption_of, body_names, terms_of
from partnership.rules.deadlines.calendars import Division
from partnership.views.finding import board_at
from partnership.working_days import working_days

LOOKS_BACK = (Kind.HISTORY, Action.READ)
READS_DRAFT = (Kind.CONSTITUTION_DRAFT, Action.READ)
READS_ACKNOWLEDGEMENTS = (Kind.ACKNOWLEDGEMENTS, Action.READ)
ASKED = (
    (Kind.FORECAST, Action.READ),
    (Kind.CONSTITUTION_DRAFT, Action.WRITE),
    LOOKS_BACK,
    READS_DRAFT,
    READS_ACKNOWLEDGEMENTS,
)


def constitution(
    request: HttpRequest, partnership_slug: str, board_slug: str, version: int | None = None
) -> HttpResponse:
    """The version in force today, or the one that the address names."""
    board = board_at(request, partnership_slug, board_slug)
    today = clock.today()
    versions = _versions(request, board)
    shown = _shown(versions, version)
    rights = access.rights_on(request.user, board, ASKED, today)
    page = None
    if shown is not None:
        meetings = upcoming_meetings(board=board, user=request.user, today=today)
        upcoming = governed(shown, versions, meetings)
        page = constitution_page(
            shown=shown,
            terms=terms_of(constitution=shown),
            versions=versions,
            upcoming=upcoming,
            register=_register(upcoming) if ASKED[0] in rights else None,
            calendar=working_days(Division(board.partnership.get_bank_holidays_display())),
            bodies=body_names(partnership=board.partnership, user=request.user, on=today),
            adoption=adoption_of(constitution=shown, user=request.user, on=today),
            today=today,
        )
    context = {
        "page": page,
        "may_propose": ASKED[1] in rights,
        "history_href": reverse("constitution_history", args=address_of(board)) if LOOKS_BACK in rights else "",
        "may_read_draft": READS_DRAFT in rights,
        "may_read_acknowledgements": READS_ACKNOWLEDGEMENTS in rights,
        **on_board(board, page="constitution"),
    }
    return render(request, "meetings/constitution.html", context)


def compare(request: HttpRequest, partnership_slug: str, board_slug: str, older: int, newer: int) -> HttpResponse:
    """What changed between two versions, rule by rule."""
    board = board_at(request, partnership_slug, board_slug)
    today = clock.today()
    versions = _versions(request, board)
    before, after = _named(versions, older), _named(versions, newer)
    bodies = body_names(partnership=board.partnership, user=request.user, on=today)
    context = {
        "changes": changes_between(compared(before.text, after.text, bodies=bodies)),
        "newer": after,
        "older_name": f"Version {before.version}",
        "newer_name": f"Version {after.version}",
        "older_period": version_words(before, versions, today),
        "newer_period": version_words(after, versions, today),
        **on_board(board, page="constitution"),
    }
    return render(request, "meetings/constitution_compare.html", context)


def constitution_file(request: HttpRequest, partnership_slug: str, board_slug: str, version: int) -> HttpResponse:
    """One version as the text file that was adopted, to the letter."""
    board: Board = board_at(request, partnership_slug, board_slug)
    adopted = access.get_visible_or_404(Constitution.objects.all(), request.user, board=board, version=version)
    access.require(request.user, Action.DOWNLOAD, adopted)
    response = HttpResponse(adopted.text, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{board.slug}-version-{version}.yaml"'
    return response


def _versions(request: HttpRequest, board: Board) -> list[Constitution]:
    """The versions that the reader may see, the latest first."""
    readable = Constitution.objects.visible_to(request.user, clock.today())
    versions = list(readable.filter(board=board).order_by("-in_force_from"))
    for each in versions:
        each.board = board
    return versions


def _shown(versions: list[Constitution], version: int | None) -> Constitution | None:
    """The named version (Http404 when there is none), else the one in force, else the first still to come."""
    if version is not None:
        return _named(versions, version)
    begun = [each for each in versions if each.in_force_from <= clock.today()]
    return begun[0] if begun else next(reversed(versions), None)


def _named(versions: list[Constitution], version: int) -> Constitution:
    """Raises Http404."""
    for each in versions:
        if each.version == version:
            return each
    raise Http404


def _register(upcoming: Meeting | None) -> Register | None:
    return register_of(meeting=upcoming) if upcoming is not None else None
