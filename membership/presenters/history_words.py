"""How the history of seats and appointments reads, as the rest of a sentence after its author's name."""

from __future__ import annotations

from partnership.change_history import NOTHING, Entry
from partnership.presenters.history import Told, Words

# What is recorded of somebody who holds a seat already; who may not read it is told that it was recorded.
RECORDED = {
    "has_same_authority",
    "declared_on",
    "declared_by",
    "grade",
    "deputy_reason",
    "may_commit_on",
    "may_commit_by",
}


def _appointment(entry: Entry) -> Told | None:
    changes = {change.name: change for change in entry.changes}
    if entry.how == "+":
        kind = changes["kind"].now.lower() if "kind" in changes else "holder"
        since = f" from {changes['starts_on'].now}" if "starts_on" in changes else ""
        return Told(f"appointed {entry.about} as {kind}{since}")
    if "until" in changes and changes["until"].now != NOTHING:
        # Stored half-open: the first day without it.
        return Told(f"ended the appointment of {entry.about}, the first day without it {changes['until'].now}", True)
    if set(changes) <= RECORDED:
        return Told(f"recorded what was said of {entry.about}")
    return None


def _seat(entry: Entry) -> Told | None:
    return Told("entered the seat") if entry.how == "+" else None


WORDS: Words = {
    "membership.appointment": _appointment,
    "membership.seat": _seat,
}
