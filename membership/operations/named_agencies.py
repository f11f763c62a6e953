"""What is asked of agencies because a board names them, kept in step with its rules and its agencies."""

from __future__ import annotations

from membership.operations.accountability import ask_for_statements
from membership.operations.acknowledgements import ask_for_acknowledgements
from partnership.models import Board, Partnership, User


def keep_asking(*, board: Board, by: User) -> None:
    """Ask each agency for what the board's terms ask of it, and no longer for what they do not."""
    ask_for_acknowledgements(board=board, by=by)
    ask_for_statements(board=board, by=by)


def keep_asking_in(*, partnership: Partnership, by: User) -> None:
    """The same for every board of a partnership: its list of agencies has changed."""
    for board in Board.objects.filter(partnership=partnership).select_related("partnership").order_by("pk"):
        keep_asking(board=board, by=by)
