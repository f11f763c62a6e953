"""Remarks beside a verdict: what was overridden, unknown, not checked or not counted, and why."""

from collections.abc import Mapping
from datetime import datetime

from partnership.rules.plain_dates import listed, plain_time
from partnership.rules.quorum.facts import Attendee, DeputyCheck
from partnership.rules.quorum.preparation import Place

OVERRIDING = ("seats", "vacancies", "excluded", "disqualified", "conflicted")


def who(row: Attendee) -> str:
    """The name, or words that say which row is meant."""
    if row.name:
        return row.name
    if row.number > 1:
        return f"{row.number} people"
    return f"Somebody from {row.organisation}" if row.organisation else "Somebody without a name"


def on_labels(row: Attendee, *, is_declared: bool) -> str:
    """What the terms do not know of how a row is labelled."""
    if not is_declared:
        return f'These terms do not say what "{row.capacity}" counts as, so {who(row)} is not counted.'
    named = listed([f'"{label}"' for label in row.unknown])
    return f"{who(row)}: these terms do not name {named}; counted as plain heads."


def on_deputy(row: Attendee, place: Place | None, *, is_counted: bool) -> str:
    """What is known of a deputy who is not plainly a proper one; "" where these terms do not mind."""
    if row.deputy_check is DeputyCheck.NOT_CHECKED:
        return f"{who(row)} is counted; whether they are a proper deputy has not been checked."
    seat = f" for {place.seat.name}" if place else ""
    return "" if is_counted else f"{who(row)} is not counted: not a proper deputy{seat} under these terms."


def remote(row: Attendee) -> str:
    return f"{who(row)} is not counted: these terms do not count those who attend remotely."


def same_place(row: Attendee) -> str:
    return f"{who(row)} is here for a place that is already counted, so is not counted again."


def overridden(sizes: Mapping[str, int]) -> str:
    """Which sizes were given with the attendance instead of taken from the seats; "" for none."""
    given = [f"{name} {sizes[name]}" for name in OVERRIDING if name in sizes]
    return f"Given with the attendance, not taken from the list of seats: {listed(given)}." if given else ""


def as_at_opening(opened: datetime) -> str:
    return f"This quorum is tested at the start, so it is judged as at the opening, {plain_time(opened.timetz())}."


def not_started() -> str:
    return "The number to start has not been reached yet, so the lower number to go on does not apply."


def opening_not_recorded() -> str:
    return "The opening of the meeting is not recorded, so this is judged at the moment asked about."
