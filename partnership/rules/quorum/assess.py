"""Is the meeting quorate, and why? Start here.

`assess` takes the terms of one body, the facts of one meeting and a moment, and answers in five
steps, each a module of its own:

1. `selection` — which of the body's quorum rules is asked, and as at which moment;
2. `heads` — who is here and counts, represents an organisation, may fill an office;
3. `base` — what a fraction is a fraction of;
4. `tree` — the rule's tests one by one (`number_tests`, `people_tests`), joined in groups;
5. `sentences` and `consequences` — the verdict in words, and what may happen when it is no.

Two things can change what the tests say: members who withdraw for an interest (`Conflict`), and a
chair who may determine that the meeting goes ahead (`DeterminationRule`). Both are below.

Nothing here reads a clock: a moment is given, or None for "everybody listed".
"""

from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

from partnership.rules.quorum import notes, sentences
from partnership.rules.quorum.answers import Answer, Outcome
from partnership.rules.quorum.base import Body, seats_known
from partnership.rules.quorum.conditions import holds
from partnership.rules.quorum.consequences import consequences
from partnership.rules.quorum.facts import Determined, Facts, precedes
from partnership.rules.quorum.heads import Room, room_of
from partnership.rules.quorum.measured import Asked
from partnership.rules.quorum.moments import changes
from partnership.rules.quorum.offices import ways_to_fill
from partnership.rules.quorum.people_tests import represented_by
from partnership.rules.quorum.preparation import prepared
from partnership.rules.quorum.register import gather
from partnership.rules.quorum.selection import selected
from partnership.rules.quorum.terms import Conflict, DeterminationRule, Phase, QuorumRule, QuorumTerms, Scope
from partnership.rules.quorum.tree import Address, Judged, findings, judged
from partnership.rules.quorum.verdict import reasons, successes

# Named here because reaching a member through its enumeration is slow before Python 3.12.
START = Phase.START
HOLD = Phase.HOLD
QUORATE = Outcome.QUORATE
NOT_COUNTED = Conflict.NOT_COUNTED
BASE_SHRINKS = Conflict.BASE_SHRINKS
STILL_COUNTED = Conflict.STILL_COUNTED


class Moment(NamedTuple):
    """When and what is asked: the instant, the phase of the meeting, the item, a remark on these."""

    at: datetime | None
    phase: Phase
    item: str | None
    note: str = ""


def assess(
    terms: QuorumTerms,
    facts: Facts,
    *,
    at: datetime | None = None,
    phase: Phase = Phase.HOLD,
    item: str | None = None,
    business: str | None = None,
) -> Answer:
    """Whether the meeting is quorate at `at`, in that phase, for that item and kind of business.

    `at` None takes everybody listed as here. Raises SizeNotGiven when a rule depends on a size
    that neither the facts nor the seats give.
    """
    moment = Moment(at, phase, item)
    chosen = selected(terms, facts.meeting, phase=phase, business=business)
    if chosen is None:
        return _nothing_stated(_body(terms, facts, moment), moment)
    if chosen.is_as_at_opening:
        moment = _opening(facts, moment)
    elif not _has_started(terms, facts, chosen.rule, moment):
        unstarted = assess(terms, facts, at=at, phase=START, item=item, business=business)
        return replace(unstarted, notes=(notes.not_started(), *unstarted.notes))
    return _answered(chosen.rule, _body(terms, facts, moment), moment)


# --- the moment ---------------------------------------------------------------------------------


def _opening(facts: Facts, moment: Moment) -> Moment:
    """The opening in place of the moment asked about."""
    opened = facts.meeting.opened_at
    if opened is None:
        return moment._replace(note=notes.opening_not_recorded() if moment.at else "")
    return Moment(opened, moment.phase, None, notes.as_at_opening(opened))


def _has_started(terms: QuorumTerms, facts: Facts, rule: QuorumRule, moment: Moment) -> bool:
    """Whether a lower number to go on may be used: the number to start has been reached.

    Always so where the terms have no rule of their own for the start, or no times are known.
    """
    opened = facts.meeting.opened_at
    if moment.phase is START or moment.at is None or opened is None:
        return True
    start = selected(terms, facts.meeting, phase=START, business=None)
    if start is None or start.rule is rule or START not in start.rule.applies.phases:
        return True
    moments = [opened, *(one for one in changes(facts) if precedes(opened, one) and not precedes(moment.at, one))]
    return any(assess(terms, facts, at=one, phase=START).is_quorate for one in moments)


# --- the room -----------------------------------------------------------------------------------


def _body(terms: QuorumTerms, facts: Facts, moment: Moment) -> Body:
    """The register at the moment, and what an interest in the item does there."""
    ready = prepared(terms)
    plain = Body(ready, facts, gather(ready, facts, at=moment.at, item=moment.item), NOT_COUNTED)
    rule = terms.counting.conflicted
    return plain._replace(conflict=rule.effect) if rule is not None and holds(rule.when, plain) else plain


def _room(body: Body) -> Room:
    gathering = body.gathering
    still_count = gathering.withdrawn if body.conflict is STILL_COUNTED else ()
    return room_of(body.prepared.terms.counting, gathering.here + still_count)


def _judged(rule: QuorumRule, body: Body, room: Room) -> Judged:
    """The rule's tests, with offices shared out in the way that serves them best."""
    terms = body.prepared.terms
    floor = terms.counting.conflicted.floor if terms.counting.conflicted else 0
    if body.conflict is not BASE_SHRINKS:
        floor = 0
    represented = represented_by(room)
    around = Address("", "", rule.clause, rule.reading)
    ways = [
        judged(rule.test, Asked(body, room, way, represented, floor), around)
        for way in ways_to_fill(rule.test, terms, room)
    ]
    return ways[0] if len(ways) == 1 else max(ways, key=_how_far_met)


def _how_far_met(root: Judged) -> tuple[bool, int]:
    return root.finding.passed, sum(finding.passed for finding in findings(root))


# --- the answer ---------------------------------------------------------------------------------


def _answered(rule: QuorumRule, body: Body, moment: Moment) -> Answer:
    room = _room(body)
    root = _judged(rule, body, room)
    if not root.finding.is_applied:
        return _nothing_stated(body, moment)
    if root.finding.passed or not root.decides:
        if room.heads or not _asks(root):
            return _answer(
                rule,
                body,
                moment,
                room,
                root,
                QUORATE,
                sentences.quorate(successes(root) or [sentences.nothing_asked(room.heads)]),
            )
        return _failed(rule, body, moment, room, root, [sentences.nobody()])
    whole = _quorate_but_for_interests(rule, body, room)
    if whole is not None:
        words = sentences.remaining_are_quorum(room.heads)
        answer = _answer(rule, body, moment, room, whole, QUORATE, words)
        return replace(answer, margin=Fraction(room.heads - _floor(body)))
    return _failed(rule, body, moment, room, root, reasons(root))


def _quorate_but_for_interests(rule: QuorumRule, body: Body, room: Room) -> Judged | None:
    """The tests with those who withdrew, where the terms make the others a quorum and they would pass."""
    if body.conflict is not Conflict.REMAINING_ARE_QUORUM or room.heads < _floor(body):
        return None
    gathering = body.gathering
    whole = _judged(rule, body, room_of(body.prepared.terms.counting, gathering.here + gathering.withdrawn))
    return whole if gathering.withdrawn and whole.finding.passed else None


def _floor(body: Body) -> int:
    rule = body.prepared.terms.counting.conflicted
    return max(rule.floor if rule else 0, 1)


def _failed(rule: QuorumRule, body: Body, moment: Moment, room: Room, root: Judged, why: list[str]) -> Answer:
    """Not quorate, unless the chair determines otherwise and, where so, has done."""
    terms = body.prepared.terms
    if terms.determination is None:
        return _answer(rule, body, moment, room, root, Outcome.NOT_QUORATE, sentences.not_quorate(why))
    office = (
        terms.offices[terms.determination.by].name
        if terms.determination.by in terms.offices
        else terms.determination.by
    )
    for made in body.facts.determinations:
        if _covers(terms.determination, made, moment):
            words = sentences.determined(office, made.reason, made.at, made.item)
            return _answer(rule, body, moment, room, root, QUORATE, words)
    words = sentences.not_quorate_unless_determined(office, why)
    return _answer(rule, body, moment, room, root, Outcome.NOT_QUORATE_UNLESS_DETERMINED, words)


def _covers(rule: DeterminationRule, made: Determined, moment: Moment) -> bool:
    """By the right office, with a reason, before the moment, for the meeting or for this item."""
    is_in_time = made.at is None or moment.at is None or not precedes(moment.at, made.at)
    is_of_item = made.item == moment.item if rule.scope is Scope.ITEM or made.item is not None else True
    has_item = rule.scope is Scope.MEETING or made.item is not None
    return made.by == rule.by and bool(made.reason.strip()) and is_in_time and is_of_item and has_item


def _asks(node: Judged) -> bool:
    """Whether any test decides, beneath groups that ask for nothing themselves."""
    if not node.decides:
        return False
    if node.parts:
        return any(_asks(part) for part in node.parts)
    return node.finding.kind == "share" or node.finding.needed > 0  # half of nobody is still somebody


def _answer(
    rule: QuorumRule, body: Body, moment: Moment, room: Room, root: Judged, outcome: Outcome, words: str
) -> Answer:
    is_quorate = outcome is QUORATE
    return Answer(
        outcome=outcome,
        sentence=words,
        rule=rule.id,
        phase=moment.phase,
        at=moment.at,
        heads=room.heads,
        base=_base(body, root),
        margin=root.margin,
        tests=tuple(findings(root)),
        notes=_notes(body, moment, room),
        consequences=() if is_quorate else consequences(body),
    )


def _nothing_stated(body: Body, moment: Moment) -> Answer:
    room = _room(body)
    return Answer(
        outcome=Outcome.NOT_STATED,
        sentence=sentences.none_stated(room.heads, states_others=bool(body.prepared.terms.rules)),
        rule=None,
        phase=moment.phase,
        at=moment.at,
        heads=room.heads,
        base=_base(body, None),
        margin=None,
        tests=(),
        notes=_notes(body, moment, room),
    )


def _base(body: Body, root: Judged | None) -> int | None:
    """The base of the share that decides, or the number of seats; None where it is not known."""
    if root is not None and root.deciding is not None:
        share = root.deciding.finding.base
        if share is not None and share.denominator == 1 and root.deciding.counts_everybody:
            return int(share)
    return seats_known(body)


def _notes(body: Body, moment: Moment, room: Room) -> tuple[str, ...]:
    said = (moment.note, notes.overridden(body.facts.sizes), *body.gathering.notes, *room.notes)
    return tuple([note for note in said if note])
