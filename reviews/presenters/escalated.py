"""A line on the chair's page for each duty that is escalated to them, or late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from partnership.models import Board
from partnership.rules.clauses import cited
from partnership.rules.plain_dates import counted, plain_date
from reviews.presenters.addresses import of_board
from reviews.presenters.home_parts import Tag
from reviews.queries.late import Escalated
from reviews.queries.week import DueThing


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that needs the reader."""

    what: str
    href: str
    hint: str
    tag: Tag | None


def escalated_duties(escalated: Escalated, board: Board, today: date) -> Iterator[Matter]:
    """The longest late first; what there is no room for, and has not been late for months, is counted in one line."""
    for thing in escalated.shown:
        yield _matter(thing, today)
    more = escalated.in_all - len(escalated.shown) - len(escalated.long_late)
    if more:
        yield Matter(
            what=f"{counted(more, 'more duty', 'more duties')} late or escalated to you",
            href=of_board("ledger", board),
            hint="All of them are in the ledger.",
            tag=None,
        )


def long_late(thing: DueThing, today: date) -> Matter:
    return _matter(thing, today)


def _matter(thing: DueThing, today: date) -> Matter:
    due_on, is_one = thing.obligation.due_on, thing.wording.is_one
    what, late = thing.wording.what, (today - due_on).days
    verb = ("was" if is_one else "were") if late > 0 else ("is" if is_one else "are")
    return Matter(
        what=f"{what[:1].upper()}{what[1:]} for {thing.wording.of_what}",
        href=thing.address,
        hint=f"{verb.capitalize()} due on {plain_date(due_on)}, {cited(thing.rule.clause)}.",
        tag=Tag(f"{counted(late, 'day')} late", "no") if late > 0 else Tag("Not done yet", "soon"),
    )
