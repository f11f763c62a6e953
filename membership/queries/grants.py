"""Time-limited access to a board that no seat gives."""

from __future__ import annotations

from partnership.models import Board, Grant


def grants_on(*, board: Board) -> list[Grant]:
    """Everything that was ever granted on the board, the latest first. One query."""
    granted = Grant.objects.filter(board=board).select_related("person", "granted_by")
    return list(granted.order_by("-starts_on", "-pk"))
