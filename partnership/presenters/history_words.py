"""How the history of a person's own details, standings and grants reads, after its author's name."""

from __future__ import annotations

from partnership.change_history import NOTHING, Entry
from partnership.presenters.history import Told, Words


def _user(entry: Entry) -> Told | None:
    changes = {change.name: change for change in entry.changes}
    if entry.how == "+":
        return Told("entered you")
    if "is_active" in changes:
        return Told("closed your account" if changes["is_active"].now == "no" else "opened your account again", True)
    return None


def _standing(entry: Entry) -> Told | None:
    changes = {change.name: change for change in entry.changes}
    if entry.how == "-":
        return Told("took a standing of yours away", gives_reason=True)
    if entry.how == "+":
        where = changes["board"].now if "board" in changes else changes["partnership"].now
        since = f" from {changes['starts_on'].now}" if "starts_on" in changes else ""
        return Told(f"made you {changes['role'].now.lower()} of {where}{since}")
    if "until" in changes and changes["until"].now != NOTHING:
        return Told(f"ended a standing of yours, the first day without it {changes['until'].now}", gives_reason=True)
    return None


def _grant(entry: Entry) -> Told | None:
    changes = {change.name: change for change in entry.changes}
    if entry.how == "+":
        return Told(f"granted you “{changes['codename'].now}” on {changes['board'].now}", gives_reason=True)
    return Told("ended a grant of yours", gives_reason=True)


WORDS: Words = {
    "partnership.user": _user,
    "partnership.standing": _standing,
    "partnership.grant": _grant,
}
