"""What the terms let, or make, an inquorate meeting do, in words with times."""

from datetime import timedelta

from partnership.rules.plain_dates import counted, plain_time
from partnership.rules.quorum.base import Body
from partnership.rules.quorum.conditions import holds
from partnership.rules.quorum.terms import Inquorate, InquorateRule

HOUR = timedelta(hours=1)

DEFAULT_WORDS = {
    Inquorate.ADJOURN: "The meeting is adjourned",
    Inquorate.ADJOURN_UNTIL_QUORATE: "Those present may adjourn until there is a quorum",
    Inquorate.WAIT: "The meeting waits for a quorum",
    Inquorate.DISCUSS_ONLY: "Those present may discuss but not decide",
    Inquorate.CHAIR_PICKS_ITEMS: "The chair decides which items go ahead",
    Inquorate.LIMITED_POWERS: "Those present may act only within limited powers",
    Inquorate.RATIFY_LATER: "The meeting may go on; its decisions wait to be ratified",
    Inquorate.LAPSE: "The meeting lapses",
    Inquorate.DISSOLVE: "The meeting is dissolved",
    Inquorate.INTERIM_PLAN: "An interim plan is made",
    Inquorate.NO_TWO_IN_A_ROW: "Two inquorate meetings in a row should not be held",
}


def consequences(body: Body) -> tuple[str, ...]:
    """One sentence or two for each consequence that applies to this meeting, in file order."""
    return tuple(in_words(rule, body) for rule in body.prepared.terms.inquorate if holds(rule.when, body))


def in_words(rule: InquorateRule, body: Body) -> str:
    """The rule's own words, or plain ones for its kind; who ratifies; until when to wait."""
    words = (rule.words or DEFAULT_WORDS[rule.kind]).strip().rstrip(".")
    if rule.by and rule.by.lower() not in words.lower():
        words = f"{words} (by {_named(rule.by, body)})"
    if rule.wait is None:
        return f"{words}."
    length = _length(rule.wait)
    opened = body.facts.meeting.opened_at
    if opened is None:
        return f"{words}: wait {length}."
    until = plain_time((opened + rule.wait).timetz())
    return f"{words}: wait {length}, until {until}."


def _named(office: str, body: Body) -> str:
    known = body.prepared.terms.offices.get(office)
    return f"the {known.name}" if known else office


def _length(wait: timedelta) -> str:
    if wait % HOUR == timedelta(0):
        return counted(wait // HOUR, "hour")
    return counted(wait // timedelta(minutes=1), "minute")
