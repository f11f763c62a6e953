"""From the judged tree to the few phrases that make the verdict's sentence."""

from partnership.rules.quorum.terms import Combination, Group
from partnership.rules.quorum.tree import NUMBERS, Judged


def successes(node: Judged) -> list[str]:
    """Why it is quorate: the number that decides where everybody is counted, or else each test met."""
    if node.deciding is not None and node.deciding.counts_everybody:
        return [node.deciding.phrase]
    if not isinstance(node.test, Group):
        return [node.phrase]
    met = [part for part in node.parts if part.decides and part.finding.passed]
    return [phrase for part in met for phrase in successes(part)]


def reasons(node: Judged) -> list[str]:
    """Why it is not: each test that fails, numbers first because they are short."""
    failing = [part for part in node.parts if part.decides and not part.finding.passed]
    if not failing:
        return [node.phrase]
    if isinstance(node.test, Group) and node.test.combination is Combination.ALL:
        numbers = [part for part in failing if part.finding.kind in NUMBERS]
        others = [part for part in failing if part.finding.kind not in NUMBERS]
        return [phrase for part in (*numbers, *others) for phrase in reasons(part)]
    if node.deciding is not None and all(_is_number_of_everybody(part) for part in failing):
        return [node.deciding.phrase]
    return [node.wanted]


def _is_number_of_everybody(node: Judged) -> bool:
    return node.finding.kind in NUMBERS and node.deciding is not None and node.deciding.counts_everybody
