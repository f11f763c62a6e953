"""What can be asked of partnerships, boards and their constitutions. Every function takes the date it asks about."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from partnership import access
from partnership.constitutions.build import load
from partnership.models import Board, Constitution, Partnership, User
from partnership.rules.constitution import Constitution as Terms


def constitution_in_force(*, board: Board, on: date) -> Constitution | None:
    """The version in force on that date; None before the board's first one."""
    return Constitution.objects.filter(board=board).begun(on).first()


def constitution_versions(*, board: Board) -> list[Constitution]:
    """Every version, the latest first."""
    return list(Constitution.objects.filter(board=board).order_by("-in_force_from"))


def terms_of(*, constitution: Constitution) -> Terms:
    """What a version says, as values. Adopted text never changes, so it is read once in each process."""
    return terms_in(text=constitution.text)


@lru_cache(maxsize=512)
def terms_in(*, text: str) -> Terms:
    """What a file says. Raises `problems.BadFile`."""
    return load(text.encode())


def partnerships_of(*, user: access.Asker, on: date) -> list[Partnership]:
    """The partnerships in which the person has a standing, by name."""
    return list(Partnership.objects.visible_to(user, on))


def boards_of(*, partnership: Partnership, user: access.Asker, on: date) -> list[Board]:
    """The partnership's boards that the person may know of, in the partnership's own order."""
    boards = Board.objects.visible_to(user, on).filter(partnership=partnership)
    return list(boards.select_related("partnership", "accountable_to"))


def accountability_line(*, board: Board) -> list[Board]:
    """The boards above this one, the nearest first. One query per level: lines are two or three boards long."""
    line: list[Board] = []
    above = board.accountable_to
    while above is not None and above not in line:
        line.append(above)
        above = above.accountable_to
    return line


def boards_accountable_to(*, board: Board, user: access.Asker, on: date) -> list[Board]:
    """The boards that answer to this one and that the person may know of."""
    return list(Board.objects.visible_to(user, on).filter(accountable_to=board))


def boards_in_mutual_accountability(*, board: Board, user: access.Asker, on: date) -> list[Board]:
    """The boards with which this one holds a mutual accountability."""
    boards = Board.objects.visible_to(user, on)
    pairs = boards.filter(mutual_accounts__other=board) | boards.filter(mutual_accounts_from__one=board)
    return list(pairs.distinct())


def demo_people() -> list[User]:
    """The people who may be picked on the demonstration's sign-in page, by name."""
    return list(User.objects.demo().active().order_by("name"))
