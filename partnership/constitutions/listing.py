"""An answer as lines of plain text: the verdict, then test by test with clause and reading."""

from __future__ import annotations

from collections.abc import Iterator

from partnership.rules.clauses import Clause, Reading
from partnership.rules.constitution import Constitution
from partnership.rules.plain_dates import counted
from partnership.rules.quorum.answers import Answer, Finding
from partnership.rules.quorum.terms import Strength


def summary(constitution: Constitution) -> str:
    """`14 rules, 3 readings`."""
    rules, readings = len(constitution.rules), len(constitution.readings)
    return f"{counted(rules, 'rule')}, {counted(readings, 'reading')}"


def answer_lines(answer: Answer) -> Iterator[str]:
    """The sentence of the answer first; every further line is indented by its depth in the tree."""
    yield answer.sentence
    said: tuple[Clause, Reading | None] | None = None
    for finding in answer.tests:
        margin = "  " * (finding.path.count("/") + 1)
        yield f"{margin}[{_mark(finding)}] {finding.sentence or finding.name or finding.id}"
        if (finding.clause, finding.reading) != said:
            yield from _source(finding.clause, finding.reading, margin + "    ")
        said = (finding.clause, finding.reading)
    yield from (f"  Note: {note}" for note in answer.notes)
    yield from (f"  Then: {consequence}" for consequence in answer.consequences)


def _mark(finding: Finding) -> str:
    if not finding.is_applied:
        return "not asked"
    if finding.strength is Strength.EXPECTED:
        return "met" if finding.passed else "expected, not met"
    return "met" if finding.passed else "not met"


def _source(clause: Clause, reading: Reading | None, margin: str) -> Iterator[str]:
    yield f"{margin}{clause.ref}: {clause.words}"
    if reading is not None:
        why = f" ({reading.why})" if reading.why else ""
        yield f"{margin}Reading: {reading.chosen}{why}"
