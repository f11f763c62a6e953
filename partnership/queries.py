"""What can be asked of partnerships, boards and their constitutions. Every function takes the date it asks about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from partnership import access
from partnership.access import Action, Kind
from partnership.clock import LONDON
from partnership.constitutions.build import load
from partnership.models import Board, Constitution, Partnership, User
from partnership.rules.constitution import Constitution as Terms


def constitution_in_force(*, board: Board, on: date) -> Constitution | None:
    """The version in force on that date; None before the board's first one."""
    return Constitution.objects.filter(board=board).begun(on).first()


def constitutions_in_force(*, days: Iterable[tuple[int, date]]) -> dict[tuple[int, date], Constitution]:
    """The version in force on each (board's id, date) that has one. One query, however many days and boards."""
    asked = set(days)
    latest = max((on for _, on in asked), default=date.min)
    versions: dict[int, list[Constitution]] = {}
    for version in Constitution.objects.filter(board__in={board for board, _ in asked}).begun(latest):
        versions.setdefault(version.board_id, []).append(version)
    found = {
        (board, on): next((version for version in versions.get(board, ()) if version.in_force_from <= on), None)
        for board, on in asked
    }
    return {day: version for day, version in found.items() if version is not None}


def constitution_versions(*, board: Board) -> list[Constitution]:
    """Every version, the latest first."""
    return list(Constitution.objects.filter(board=board).order_by("-in_force_from"))


def body_names(*, partnership: Partnership, user: access.Asker, on: date) -> dict[str, str]:
    """How constitutions call the partnership's groups: each group's name by the id that its own terms give it.

    Only groups whose terms the person may read. One query.
    """
    readable = Constitution.objects.visible_to(user, on).filter(board__partnership=partnership)
    versions = readable.select_related("board").order_by("in_force_from")
    return {terms_of(constitution=version).body.id: version.board.name for version in versions}


@dataclass(frozen=True, slots=True)
class Adoption:
    """By whom a version was entered, when, and why."""

    by: str
    on: date
    reason: str


def adoption_of(*, constitution: Constitution, user: access.Asker, on: date) -> Adoption | None:
    """The act by which a version was adopted; None for whoever may not look back. One query."""
    rows = access.visible_history(Constitution, to=user, on=on).filter(id=constitution.pk)
    first = rows.select_related("history_user").order_by("history_date", "history_id").first()
    if first is None:
        return None
    return Adoption(str(first.history_user), first.history_date.astimezone(LONDON).date(), first.history_change_reason)


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


# What a board found for a reader tells of the pages that not all its readers may open. The overview is for whoever may
# take the attendance with names away: chair, vice-chair, scrutineer and the team. Members read that attendance and may
# not take it away, so that an overview is not theirs.
PAGE_RIGHTS = {
    "may_read_actions": (Kind.ACTIONS, Action.READ),
    "may_read_attendance": (Kind.ATTENDANCE, Action.READ),
    "may_read_contacts": (Kind.CONTACT_DETAILS, Action.READ),
    "may_oversee": (Kind.ATTENDANCE, Action.DOWNLOAD),
}


def own_boards(*, user: access.Asker, on: date) -> list[Board]:
    """The boards on which the person sits or works, partnership by partnership, with what each opens to them."""
    # A meeting is read only on one's own boards, and only those who keep a board's meetings may call them.
    asked = {"may_administer": (Kind.MEETING, Action.WRITE), **PAGE_RIGHTS}
    boards = Board.objects.permitting(user, Action.READ, Kind.MEETING, on).visible_to(user, on)
    boards = access.with_answers(boards, user, asked, on)
    return list(boards.select_related("partnership").order_by("partnership__name", "position", "name"))


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
