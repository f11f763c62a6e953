"""The register at one moment: who is here, who has withdrawn for an interest, who is barred.

Each row is joined to the labels of its seat. Whoever is here may count as a head, *represent*
organisations and *fill* offices; each follows from the capacity they attend in. A suspension, an
improper deputy and an interest in the item keep a person from all three.
"""

from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

from partnership.rules.quorum import notes
from partnership.rules.quorum.facts import Attendee, DeputyCheck, Facts
from partnership.rules.quorum.preparation import STAND_INS, Place, Prepared
from partnership.rules.quorum.terms import Capacity, Who, YesNoRule

# Named here because reaching a member through its enumeration is slow before Python 3.12.
IMPROPER = DeputyCheck.IMPROPER
PROPER = DeputyCheck.PROPER


class Here(NamedTuple):
    """One row of the register, joined to the labels of its seat."""

    row: Attendee
    capacity: Capacity
    place: Place | None
    organisation: str | None
    organisations: frozenset[str]
    offices: frozenset[str]
    categories: frozenset[str]

    @property
    def weight(self) -> Fraction:
        """The weight of one vote: the seat's, unless the row says otherwise."""
        own = self.row.votes
        return self.place.seat.votes if self.place is not None and own == 1 else own


class Gathering(NamedTuple):
    """The register at one moment: who is here, who has withdrawn from the item, who is barred.

    `conflicted` are all who have an interest, still in the building or not; `withdrawn` those of
    them who would count if they had none.
    """

    here: tuple[Here, ...]
    withdrawn: tuple[Here, ...]
    conflicted: tuple[Here, ...]
    suspended: tuple[Here, ...]
    notes: tuple[str, ...]


def fits(who: Who, categories: frozenset[str], organisations: frozenset[str]) -> bool:
    """Whether labels lie within `who`."""
    return (
        (who.category is None or who.category in categories)
        and (who.not_category is None or who.not_category not in categories)
        and (not who.organisations or not organisations.isdisjoint(who.organisations))
    )


def is_everyone(who: Who) -> bool:
    """Whether a count takes everybody."""
    return who.category is None and who.not_category is None and not who.organisations


def allows(rule: YesNoRule | None, *, default: bool) -> bool:
    """What a yes-or-no rule says, or the default where the terms have none."""
    return default if rule is None else rule.value


def is_deputy(here: Here) -> bool:
    """Here in somebody else's place."""
    return here.row.capacity in STAND_INS


def gather(prepared: Prepared, facts: Facts, *, at: datetime | None, item: str | None) -> Gathering:
    """Sort the register at that moment, for that item."""
    counting = prepared.terms.counting
    improper_counts = allows(counting.improper_deputy_counts, default=False)
    remote_counts = allows(counting.remote_counts, default=True)
    here: list[Here] = []
    withdrawn: list[Here] = []
    conflicted: list[Here] = []
    suspended: list[Here] = []
    said: list[str] = []
    for row in facts.attendees:
        if row.is_suspended:
            suspended.append(_joined(prepared, row))
            continue
        has_interest = bool(row.withdrawals) and row.is_conflicted(at=at, item=item)
        is_here = row.is_here(at)
        if not is_here and not has_interest:
            continue
        joined = _joined(prepared, row)
        if has_interest:
            conflicted.append(joined)
        if not is_here:
            continue
        if row.unknown or row.capacity not in prepared.capacities:
            said.append(notes.on_labels(row, is_declared=row.capacity in prepared.capacities))
        if row.is_remote and not remote_counts:
            said.append(notes.remote(row))
            continue
        if row.deputy_check is not PROPER:
            is_counted = improper_counts or row.deputy_check is not IMPROPER
            said.append(notes.on_deputy(row, joined.place, is_counted=is_counted))
            if not is_counted:
                continue
        (withdrawn if has_interest else here).append(joined)
    return Gathering(tuple(here), tuple(withdrawn), tuple(conflicted), tuple(suspended), tuple(filter(None, said)))


def _joined(prepared: Prepared, row: Attendee) -> Here:
    """The row with what its seat adds: organisation, offices, categories."""
    capacity = prepared.capacities.get(row.capacity) or prepared.capacities["guest"]
    place = prepared.places.get(row.seat) if row.seat is not None else None
    organisation = row.organisation
    if place is None:
        return Here(row, capacity, None, organisation, prepared.stands_for(organisation), row.offices, row.categories)
    if organisation is None or organisation == place.seat.organisation:
        organisation, organisations = place.seat.organisation, place.organisations
    else:
        organisations = prepared.stands_for(organisation)
    offices = row.offices | place.offices if row.offices else place.offices
    categories = row.categories | place.categories if row.categories else place.categories
    return Here(row, capacity, place, organisation, organisations, offices, categories)
