"""The group before which the terms bring what is late: by its name among the partnership's, or the group itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from partnership.models import Board, Obligation

# Words for the next meeting of the group whose duty it is.
OWN_MEETING = frozenset({"next Board", "next agenda"})


def group_named(word: str, boards: Iterable[Board], own: Board) -> Board | None:
    """The group that a word of the terms of `own` means; None where it means none of `boards`, or more than one.

    Terms say "Executive Group" of a group whose whole name begins with its partnership's.
    """
    if word in OWN_MEETING:
        return own
    asked, those = word.casefold(), list(boards)
    exact = [board for board in those if asked in {board.name.casefold(), board.short_name.casefold()}]
    found = exact or [board for board in those if board.name.casefold().endswith(f" {asked}")]
    return found[0] if len(found) == 1 else None


def groups_named(words: Iterable[str], obligation: Obligation) -> Mapping[str, Board]:
    """Which of these words mean a group. One query, and none where there are no words."""
    asked = tuple(words)
    boards = list(Board.objects.filter(partnership=obligation.board.partnership_id)) if asked else []
    found = {word: group_named(word, boards, obligation.board) for word in asked}
    return {word: board for word, board in found.items() if board is not None}
