"""Before the day: will the meeting be quorate if those come who have said so, and whom to ask if not."""

from dataclasses import dataclass
from enum import Enum

from partnership.rules.quorum import sentences
from partnership.rules.quorum.answers import Answer, Finding, Outcome
from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.facts import Attendee, Facts
from partnership.rules.quorum.fewest import Fewest, FewestStatus, fewest_people
from partnership.rules.quorum.terms import Phase, QuorumTerms, Strength

GROUPS = frozenset({"all", "any", "at_least"})


class Expectation(Enum):
    """What a page says of a quorum ahead: while somebody who could come would make it quorate, it is not certain."""

    EXPECTED = "expected"
    NOT_CERTAIN = "not certain"
    NOT_EXPECTED = "not expected"
    NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Forecast:
    """The answer as it would be at the start; the fewest people to ask besides; what is expected, and the words for it.

    `headline` is the shortest way to say it: `Not certain: 2 of 3 statutory safeguarding partners are coming.`;
    `sentence` says besides who is missing and whom to ask. Both begin with what is expected.
    """

    answer: Answer
    fewest: Fewest
    expectation: Expectation
    sentence: str
    headline: str


def forecast(terms: QuorumTerms, facts: Facts, could_come: tuple[Attendee, ...] = ()) -> Forecast:
    """The quorum at the start of a meeting to which everybody in `facts` has said they will come.

    `could_come` are those one could still ask: who has not replied, and the deputies of those who
    sent apologies. Raises SizeNotGiven as `assess` does.
    """
    answer = assess(terms, facts, phase=Phase.START)
    fewest = fewest_people(terms, facts, could_come, phase=Phase.START)
    expectation = _expectation(answer, fewest)
    sentence, headline = _in_words(terms, answer, fewest, expectation), _headline(answer, expectation)
    return Forecast(answer, fewest, expectation, sentence, headline)


def _expectation(answer: Answer, fewest: Fewest) -> Expectation:
    if answer.outcome is Outcome.NOT_STATED:
        return Expectation.NOT_STATED
    if answer.outcome is Outcome.QUORATE:
        return Expectation.EXPECTED
    is_out_of_reach = fewest.status is FewestStatus.IMPOSSIBLE
    return Expectation.NOT_EXPECTED if is_out_of_reach else Expectation.NOT_CERTAIN


def _headline(answer: Answer, expectation: Expectation) -> str:
    """By the test that is furthest from being met: people to be there before the number of them."""
    if answer.outcome is Outcome.NOT_STATED:
        return sentences.no_quorum_to_reach(answer.heads)
    leaves = [found for found in answer.tests if found.kind not in GROUPS and found.is_applied]
    deciding = [found for found in leaves if found.strength is Strength.REQUIRED]
    if answer.outcome is Outcome.QUORATE:
        return sentences.expected(_coming(deciding[-1]) if deciding else "")
    failing = [found for found in deciding if not found.passed] or deciding
    worst = max(failing, key=lambda found: (found.kind in {"office", "organisations"}, found.needed - found.counted))
    return sentences.not_certain(_coming(worst), can_be_mended=expectation is Expectation.NOT_CERTAIN)


def _coming(found: Finding) -> str:
    if found.kind == "office":
        who = found.name or f"the {(found.missing or found.present or ('holder of the office',))[0]}"
        return sentences.somebody_coming(who, is_coming=found.passed)
    if found.kind == "organisations":
        return sentences.so_many_coming(found.counted, found.needed, found.name or "organisations asked for")
    return sentences.so_many_coming(found.counted, found.needed, "needed")


def _in_words(terms: QuorumTerms, answer: Answer, fewest: Fewest, expectation: Expectation) -> str:
    if answer.outcome is Outcome.NOT_STATED:
        return sentences.no_quorum_to_reach(answer.heads)
    if answer.outcome is Outcome.QUORATE:
        return sentences.will_be_quorate(answer.sentence)
    unless = ""
    if answer.outcome is Outcome.NOT_QUORATE_UNLESS_DETERMINED and terms.determination is not None:
        office = terms.offices.get(terms.determination.by)
        unless = office.name if office else terms.determination.by
    can_be_mended = expectation is Expectation.NOT_CERTAIN
    said = sentences.falls_short(answer.sentence, can_be_mended=can_be_mended, unless=unless)
    if fewest.status is FewestStatus.FOUND and fewest.size:
        names = [one.name for one in fewest.people if one.name]
        return f"{said} {sentences.would_make_it_quorate(names, fewest.size)}"
    return said if can_be_mended else f"{said} {sentences.nobody_could()}"
