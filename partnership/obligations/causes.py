"""The register of causes: how this layer asks the apps above it about what an obligation hangs on.

An app enters its causes once, when it starts (`apps.py`, ready).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q

from partnership.models import Board, Obligation, User
from partnership.rules.deadlines.deadlines import Deadline


class UnknownCause(Exception):
    """No app has entered that kind of cause."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How a message names what is due: "The agenda and papers", "PSCP Board, 22 April 2027". It names nobody.

    `is_one` where `what` is one thing, that "is" due.
    """

    what: str
    of_what: str
    is_one: bool = False


@dataclass(frozen=True, slots=True)
class Cause:
    """One kind of row that obligations hang on. `model` is its label, such as "meetings.meeting".

    `load` gives the rows of these ids; `recipients` the people to be told on that date, asked for several at once so
    that their number costs no queries; `address` the path of the page where the duty is done. `is_of_one_person`
    marks what falls due for each member apart: the team sees how many, not each; `duties_of_one_person` the same of
    single duties, where others that hang on such a row are the team's. `due_again` counts by when it falls due, from
    the day that is known of the row; None where no day is known, or nothing is counted. `redated` moves what the row
    itself says of it.

    `agency` is the id of the agency whose it is, for words of the terms that mean somebody there. Of what is one
    member's own nobody beyond its people hears unless `may_hear` says of whom, who was named by the terms, they may;
    `wording_beyond` is how a message to such a person names it, where "your" would be wrong.
    """

    model: str
    board: Callable[[Any], Board]
    load: Callable[[Collection[int]], Mapping[int, Any]]
    is_open: Callable[[Any, Obligation], bool]
    recipients: Callable[[Iterable[Obligation], date], Mapping[int, list[User]]]
    address: Callable[[Any, Obligation], str]
    wording: Callable[[Any, Obligation], Wording]
    is_of_one_person: bool = False
    duties_of_one_person: frozenset[str] = frozenset()
    due_again: Callable[[Any, Obligation, Deadline], date | None] | None = None
    redated: Callable[[Any, date, User], None] | None = None
    agency: Callable[[Any], int | None] | None = None
    may_hear: Callable[[Any, User, date], bool] | None = None
    wording_beyond: Callable[[Any, Obligation], Wording] | None = None


_CAUSES: dict[str, Cause] = {}


def enter(cause: Cause) -> None:
    """Make a kind of cause known; entering it again replaces it."""
    _CAUSES[cause.model] = cause


def cause_of(model: str) -> Cause:
    """Raises UnknownCause."""
    try:
        return _CAUSES[model]
    except KeyError:
        raise UnknownCause(f"No application has entered {model} as a cause of obligations.") from None


def of_one_person() -> Q:
    """The obligations of which every member has one of their own."""
    found = Q(cause_type__in=sorted(cause.model for cause in _CAUSES.values() if cause.is_of_one_person))
    for cause in _CAUSES.values():
        if cause.duties_of_one_person:
            found |= Q(cause_type=cause.model, duty__in=sorted(cause.duties_of_one_person))
    return found


def is_of_one_person(obligation: Obligation) -> bool:
    """The same of one obligation."""
    cause = cause_of(obligation.cause_type)
    return cause.is_of_one_person or obligation.duty in cause.duties_of_one_person


def is_told_beyond(obligation: Obligation) -> bool:
    """Whether anybody beyond its own people may ever hear of it."""
    return not is_of_one_person(obligation) or cause_of(obligation.cause_type).may_hear is not None


def key_of(row: Model) -> tuple[str, int]:
    """The model's label and the id, by which an obligation holds on to its cause."""
    return row._meta.label_lower, row.pk


def loaded(obligations: Iterable[Obligation]) -> dict[int, Any]:
    """The cause of each obligation, by the obligation's id; one query for each kind of cause."""
    found: dict[int, Any] = {}
    for model, those in _by_model(obligations).items():
        rows = cause_of(model).load({obligation.cause_id for obligation in those})
        found |= {obligation.pk: rows.get(obligation.cause_id) for obligation in those}
    return found


def recipients_of(obligations: Iterable[Obligation], on: date) -> dict[int, list[User]]:
    """Whom each obligation concerns on that date, by the obligation's id."""
    found: dict[int, list[User]] = {}
    for model, those in _by_model(obligations).items():
        found |= cause_of(model).recipients(those, on)
    return found


def _by_model(obligations: Iterable[Obligation]) -> dict[str, list[Obligation]]:
    by_model: dict[str, list[Obligation]] = {}
    for obligation in obligations:
        by_model.setdefault(obligation.cause_type, []).append(obligation)
    return by_model
