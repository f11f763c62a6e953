"""The groups of a partnership."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from partnership import access, clock
from partnership.access import Action, Kind
from partnership.models import Board, Partnership
from partnership.queries import boards_of

COPIES_AND_ERASES, READS_TRAIL = (Kind.PERSONAL_DATA, Action.READ), (Kind.AUDIT_OF_ACCOUNTS, Action.READ)
READS_WORDINGS = (Kind.WORDINGS, Action.READ)


def partnership(request: HttpRequest, partnership_slug: str) -> HttpResponse:
    """Every group of the partnership; the reader's own ones lead to their pages."""
    today = clock.today()
    here = access.get_visible_or_404(Partnership.objects.all(), request.user, today, slug=partnership_slug)
    boards = boards_of(partnership=here, user=request.user, on=today)
    own = Board.objects.permitting(request.user, Action.READ, Kind.MEETING, today)
    rights = access.rights_on(request.user, here, (COPIES_AND_ERASES, READS_TRAIL, READS_WORDINGS), today)
    context = {
        "partnership": here,
        "boards": boards,
        "may_mark": access.may(request.user, Action.WRITE, here, on=today),
        "is_team": access.permitted(
            Board.objects.filter(partnership=here), to=request.user, action=Action.READ, kind=Kind.MESSAGES, on=today
        ).exists(),
        "may_copy_and_erase": COPIES_AND_ERASES in rights,
        "may_read_wordings": READS_WORDINGS in rights,
        "may_read_trail": READS_TRAIL in rights,
        "own_boards": set(own.filter(partnership=here).values_list("pk", flat=True)),
    }
    return render(request, "partnership/partnership.html", context)
