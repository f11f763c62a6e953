"""Taking up a draft again after another version was adopted: its changes, put onto the text of that version."""

from __future__ import annotations

from dataclasses import dataclass

from partnership.constitutions.declared import OWN_IDS, RULES
from partnership.constitutions.editing import AlreadyThere, LastPart, add_rule, remove_rule, replace_rule
from partnership.constitutions.rule_places import Place, places


@dataclass(frozen=True, slots=True)
class Merged:
    """The text with the draft's changes in it; `both`: rules that both changed, where its words stand."""

    text: str
    both: tuple[str, ...]


def merged(base: str, draft: str, latest: str) -> Merged:
    """What the draft changed of `base`, changed in `latest`. The result may be refused by `load`: read it again.

    Raises `BadFile` when one of them is no YAML of ours.
    """
    was, ours, theirs = _by_key(base), _by_key(draft), _by_key(latest)
    text, both = latest, []
    for key in {**was, **ours}:
        before, mine, now = was.get(key), ours.get(key), theirs.get(key)
        if _same(before, mine) or _same(mine, now):
            continue
        if not _same(before, now):
            both.append(key[1])
        text = _put(text, mine, now)
    return Merged(text, tuple(both))


def _by_key(text: str) -> dict[tuple[str, str], Place]:
    return {(place.family, place.id): place for place in places(text)}


def _same(one: Place | None, other: Place | None) -> bool:
    return (one.value if one else None) == (other.value if other else None)


def _put(text: str, mine: Place | None, now: Place | None) -> str:
    try:
        if mine is None:
            return remove_rule(text, now.id, family=now.family) if now is not None else text
        if now is None:
            return add_rule(text, mine.section, mine.value)
    except (AlreadyThere, LastPart):
        return text
    family = mine.section if mine.section in OWN_IDS else RULES
    return replace_rule(text, mine.id, mine.value, family=family)
