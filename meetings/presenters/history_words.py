"""How the history of meetings, agenda items and actions reads, as the rest of a sentence after its author's name."""

from __future__ import annotations

from partnership.change_history import NOTHING, Change, Entry
from partnership.presenters.history import Told, Words


def _by_name(entry: Entry) -> dict[str, Change]:
    return {change.name: change for change in entry.changes}


def _when(changes: dict[str, Change], side: str) -> str:
    """Date and time of one side of a move; what did not change is left out."""
    day, hour = changes.get("on"), changes.get("starts_at")
    said = [getattr(one, side) for one in (day, hour) if one is not None]
    return " at ".join(said)


def _meeting(entry: Entry) -> Told | None:
    changes = _by_name(entry)
    if entry.how == "+":
        place = f", {changes['place'].now}" if "place" in changes else ""
        return Told(f"called the meeting for {_when(changes, 'now')}{place}")
    if "status" in changes and "closed_at" not in changes:
        return Told("cancelled the meeting", gives_reason=True)
    if "on" in changes or "starts_at" in changes:
        return Told(f"moved the meeting from {_when(changes, 'was')} to {_when(changes, 'now')}", gives_reason=True)
    for field, phrase in (
        ("closed_at", "closed the register"),
        ("begun_at", "recorded that the meeting began"),
        ("opened_at", "opened the register"),
    ):
        if field in changes:
            return Told(phrase)
    return None


def _reply(entry: Entry) -> Told | None:
    changes = _by_name(entry)
    if entry.how == "-" or "answer" not in changes:
        return None
    reason = f", saying “{changes['reason'].now}”" if "reason" in changes and changes["reason"].now != NOTHING else ""
    return Told(f"replied for {entry.about}: {changes['answer'].now.lower()}{reason}")


def _publication(entry: Entry) -> Told | None:
    return Told("sent the agenda out") if entry.how == "+" else None


def _item(entry: Entry) -> Told | None:
    changes = _by_name(entry)
    if entry.how == "+":
        return Told(f"put “{changes['title'].now}” on the agenda") if "title" in changes else None
    if "published_in" in changes and changes["published_in"].was == NOTHING:
        return Told("sent the item out with the agenda")
    if "withdrawn_at" in changes and changes["withdrawn_at"].was == NOTHING:
        return Told("withdrew the item", gives_reason=True)
    if set(changes) == {"position"}:
        return Told(f"moved the item from place {changes['position'].was} to {changes['position'].now} of the agenda")
    return None


def _paper(entry: Entry) -> Told | None:
    changes = _by_name(entry)
    if entry.how == "+":
        return Told(f"added the paper “{entry.about}”")
    if "published_in" in changes:
        return Told(f"sent the paper “{entry.about}” out with the agenda")
    if "withdrawn_at" in changes:
        return Told(f"withdrew the paper “{entry.about}”", gives_reason=True)
    return None


def _action(entry: Entry) -> Told | None:
    changes = _by_name(entry)
    if entry.how == "+":
        due = f", due on {changes['due_on'].now}" if "due_on" in changes else ""
        owner = f", for {changes['owner'].now} to do" if "owner" in changes else ""
        return Told(f"entered the action{owner}{due}")
    if "status" in changes:
        phrase = {"Closed": "closed the action", "Asked to close": "asked to close the action"}
        return Told(phrase.get(changes["status"].now, "opened the action again"), entry.done != "Asked to close")
    said = [
        f"{words} from {changes[field].was} to {changes[field].now}"
        for field, words in (("owner", "handed the action over"), ("due_on", "moved its date"))
        if field in changes
    ]
    return Told(" and ".join(said), gives_reason=True) if said else None


def _update(entry: Entry) -> Told | None:
    return Told("reported on the action") if entry.how == "+" else None


def _constitution(entry: Entry) -> Told | None:
    changes = _by_name(entry)
    if entry.how != "+":
        return None
    since = f", in force from {changes['in_force_from'].now}" if "in_force_from" in changes else ""
    return Told(f"adopted {entry.about}{since}", gives_reason=True)


WORDS: Words = {
    "meetings.meeting": _meeting,
    "meetings.reply": _reply,
    "meetings.agendapublication": _publication,
    "meetings.agendaitem": _item,
    "meetings.paper": _paper,
    "meetings.action": _action,
    "meetings.actionupdate": _update,
    "partnership.constitution": _constitution,
}
