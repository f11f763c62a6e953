"""The audit trail: everybody their own, the chair a group's, the manager a partnership's."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from partnership import access, clock
from partnership.access import Action, Kind
from partnership.audit.reading import IN_A_FILE, Narrowing, own_trail, page_of, trail_of_board, trail_of_partnership
from partnership.models import AuditEvent, Partnership, User
from partnership.navigation import address_of, on_board
from partnership.own_history import history_of_person
from partnership.presenters.audit import trail_file, trail_page
from partnership.presenters.history import history_page
from partnership.presenters.history_words import WORDS
from partnership.views.finding import board_at


def own(request: HttpRequest) -> HttpResponse:
    """What is recorded about the reader: what they did, were refused and took away, and what others did about them."""
    context = {"heading": "What is recorded about me", "is_own": True}
    return _shown(request, own_trail(user=_reader(request)), context)


def own_history(request: HttpRequest) -> HttpResponse:
    """How the reader's own details, standings and grants came about, as sentences."""
    page = history_page(
        history_of_person(person=_reader(request)),
        of_what="Your details, standings and grants",
        back_href=reverse("own_record"),
        back_words="What is recorded about me",
        words=WORDS,
        asked=request.GET.get("page", ""),
    )
    return render(request, "partnership/history.html", {"page": page})


def of_partnership(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """What was done in a partnership."""
    here = _partnership(request, partnership_slug)
    trail = trail_of_partnership(partnership=here, user=request.user, on=clock.today())
    may_download = access.may(request.user, Action.DOWNLOAD, here, Kind.AUDIT_OF_ACCOUNTS, clock.today())
    file_href = reverse("partnership_audit_file", args=(here.slug,)) if may_download else ""
    return _shown(request, trail, {"heading": "Audit trail", "partnership": here, "file_href": file_href})


def partnership_file(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """The same for a spreadsheet, narrowed as the page was."""
    here = _partnership(request, partnership_slug)
    trail = trail_of_partnership(partnership=here, user=request.user, on=clock.today(), action=Action.DOWNLOAD)
    return _file(request, trail, here.slug)


def of_board(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """What was done in a group."""
    board = board_at(request, partnership_slug, board_slug)
    trail = trail_of_board(board=board, user=request.user, on=clock.today())
    file_href = reverse("board_audit_file", args=address_of(board))
    context = {"heading": "Audit trail", "file_href": file_href, **on_board(board, page="overview")}
    return _shown(request, trail, context)


def board_file(request: HttpRequest, partnership_slug: str, board_slug: str) -> HttpResponse:
    """The same for a spreadsheet."""
    board = board_at(request, partnership_slug, board_slug)
    trail = trail_of_board(board=board, user=request.user, on=clock.today(), action=Action.DOWNLOAD)
    return _file(request, trail, board.slug)


def _shown(request: HttpRequest, trail: QuerySet[AuditEvent], context: dict[str, object]) -> HttpResponse:
    asked = Narrowing.from_query(request.GET.dict())
    events, has_older = page_of(trail, asked)
    page = trail_page(events, asked, has_older=has_older)
    return render(request, "partnership/audit.html", {**context, "page": page})


def _file(request: HttpRequest, trail: QuerySet[AuditEvent], name: str) -> HttpResponse:
    narrowed = Narrowing.from_query(request.GET.dict()).of(trail)
    response = HttpResponse(trail_file(narrowed[:IN_A_FILE]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="audit-{name}-{clock.today().isoformat()}.csv"'
    return response


def _partnership(request: HttpRequest, slug: str) -> Partnership:
    return access.get_visible_or_404(Partnership.objects.all(), request.user, clock.today(), slug=slug)


def _reader(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise TypeError("Only a signed-in person reaches their own record.")
    return request.user
