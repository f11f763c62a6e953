"""What every page of a board begins with: the board its address names, if the reader may know of it."""

from __future__ import annotations

from django.http import HttpRequest

from partnership import access, clock
from partnership.models import Board, User
from partnership.navigation import own_boards_of
from partnership.queries import PAGE_RIGHTS


def board_at(request: HttpRequest, partnership_slug: str, board_slug: str) -> Board:
    """The board of an address. Raises Http404 when there is none, or none that the reader may know of."""
    today = clock.today()
    for own in own_boards_of(request):
        if (own.partnership.slug, own.slug) == (partnership_slug, board_slug):
            return own
    # Every page of a board draws its navigation: what that must know comes with the board, not by a further query.
    boards = Board.objects.select_related("partnership", "accountable_to")
    boards = access.with_answers(boards, request.user, PAGE_RIGHTS, today)
    return access.get_visible_or_404(boards, request.user, today, slug=board_slug, partnership__slug=partnership_slug)


def reader_of(request: HttpRequest) -> User:
    """Who asks, on a page that only somebody signed in reaches."""
    if not isinstance(request.user, User):
        raise TypeError("Only a signed-in person reaches this page.")
    return request.user
