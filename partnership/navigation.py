"""What the frame of every page needs: the reader's boards, and the pages of the board they are on.

Addresses of pages above this app are named in strings, as in `partnership/urls.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from partnership import clock
from partnership.models import Board
from partnership.queries import own_boards

BOARD_PAGES = (
    ("Board", "board"),
    ("Overview", "overview"),
    ("Meetings", "meetings"),
    ("Actions", "actions"),
    ("Attendance", "attendance"),
    ("Members", "members"),
    ("Constitution", "constitution"),
)
# Pages that not every reader of the board may open, by the answer that the board brings.
MAY_READ = {"overview": "may_oversee", "actions": "may_read_actions", "attendance": "may_read_attendance"}
# Under this name a request keeps its reader's own boards.
OWN_BOARDS = "quorate_own_boards"
# Under this name, that its reader owes a second step: the frame names none of their boards before it.
OWES_SECOND_STEP = "quorate_owes_second_step"


@dataclass(frozen=True, slots=True)
class BoardPage:
    """One entry of a board's navigation."""

    name: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class BoardLink:
    """One entry of the list by which a reader goes from board to board."""

    board: Board
    name: str
    href: str


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the boards on which the reader sits or works, asked for only when a page draws them."""
    return {"boards_to_switch": SimpleLazyObject(lambda: [_link(board) for board in own_boards_of(request)])}


def _link(board: Board) -> BoardLink:
    name = f"{board.partnership.short_name}: {board.short_name}"
    return BoardLink(board, name, board_page_href("board", *address_of(board)))


@lru_cache(maxsize=4096)
def board_page_href(page: str, *words: str) -> str:
    """The address of a page that every page links to: put together once, for it follows from these words alone."""
    return reverse(page, args=words)


def own_boards_of(request: HttpRequest) -> list[Board]:
    """The reader's own boards (`queries.own_boards`), asked for once a request: the frame and the page share them."""
    known: list[Board] | None = getattr(request, OWN_BOARDS, None)
    if known is None:
        known = [] if getattr(request, OWES_SECOND_STEP, False) else own_boards(user=request.user, on=clock.today())
        setattr(request, OWN_BOARDS, known)
    return known


def on_board(board: Board, *, page: str) -> dict[str, Any]:
    """Context of any page of a board; `page` is the name of the address that stands for the current section.

    The board comes from `views.finding.board_at`. A page that its reader may not open is not linked.
    """
    return {
        "board": board,
        "board_pages": [
            BoardPage(name=name, href=board_page_href(address, *address_of(board)), is_current=address == page)
            for name, address in BOARD_PAGES
            if address not in MAY_READ or getattr(board, MAY_READ[address])
        ],
    }


def address_of(board: Board) -> tuple[str, str]:
    """The two words that stand for a board in every address of it."""
    return board.partnership.slug, board.slug
