"""Before the day: will the meeting be quorate if those come who have said so, and whom to ask if not."""

from dataclasses import dataclass

from partnership.rules.quorum import sentences
from partnership.rules.quorum.answers import Answer, Outcome
from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.facts import Attendee, Facts
from partnership.rules.quorum.fewest import Fewest, FewestStatus, fewest_people
from partnership.rules.quorum.terms import Phase, QuorumTerms


@dataclass(frozen=True, slots=True)
class Forecast:
    """The answer as it would be at the start; the fewest people to ask besides; one or two sentences."""

    answer: Answer
    fewest: Fewest
    sentence: str


def forecast(terms: QuorumTerms, facts: Facts, could_come: tuple[Attendee, ...] = ()) -> Forecast:
    """The quorum at the start of a meeting to which everybody in `facts` has said they will come.

    `could_come` are those one could still ask: who has not replied, and the deputies of those who
    sent apologies. Raises SizeNotGiven as `assess` does.
    """
    answer = assess(terms, facts, phase=Phase.START)
    fewest = fewest_people(terms, facts, could_come, phase=Phase.START)
    return Forecast(answer, fewest, _in_words(terms, answer, fewest))


def _in_words(terms: QuorumTerms, answer: Answer, fewest: Fewest) -> str:
    if answer.outcome is Outcome.NOT_STATED:
        return sentences.no_quorum_to_reach(answer.heads)
    if answer.outcome is Outcome.QUORATE:
        return sentences.will_be_quorate(answer.sentence)
    unless = ""
    if answer.outcome is Outcome.NOT_QUORATE_UNLESS_DETERMINED and terms.determination is not None:
        office = terms.offices.get(terms.determination.by)
        unless = office.name if office else terms.determination.by
    said = sentences.will_not_be_quorate(answer.sentence, unless=unless)
    if fewest.status is FewestStatus.FOUND and fewest.size:
        names = [one.name for one in fewest.people if one.name]
        return f"{said} {sentences.would_make_it_quorate(names, fewest.size)}"
    return f"{said} {sentences.nobody_could()}" if fewest.status is FewestStatus.IMPOSSIBLE else said
