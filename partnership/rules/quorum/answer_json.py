"""An answer as plain data, for programs: the shape is fixed and documented, numbers exact.

Numbers that may be fractions are strings ("12", "49/4"); instants are ISO 8601 with their offset;
enumerations are their values. `tests` is flat, in the order of the tree: `path` names a test's
place and `group` that of the group around it.
"""

from fractions import Fraction
from typing import Any

from partnership.rules.clauses import Clause, Reading
from partnership.rules.quorum.answers import Answer, Finding


def as_json(answer: Answer) -> dict[str, Any]:
    """The answer as a mapping that `json.dumps` takes as it stands."""
    return {
        "outcome": answer.outcome.value,
        "sentence": answer.sentence,
        "rule": answer.rule,
        "phase": answer.phase.value,
        "at": answer.at.isoformat() if answer.at else None,
        "heads": answer.heads,
        "base": answer.base,
        "margin": _exact(answer.margin),
        "tests": [_test(finding) for finding in answer.tests],
        "notes": list(answer.notes),
        "consequences": list(answer.consequences),
    }


def _test(finding: Finding) -> dict[str, Any]:
    return {
        "path": finding.path,
        "group": finding.group,
        "kind": finding.kind,
        "id": finding.id,
        "name": finding.name,
        "needed": _exact(finding.needed),
        "counted": _exact(finding.counted),
        "base": _exact(finding.base),
        "passed": finding.passed,
        "is_applied": finding.is_applied,
        "strength": finding.strength.value,
        "missing": list(finding.missing),
        "present": list(finding.present),
        "clause": _clause(finding.clause),
        "reading": _reading(finding.reading),
        "sentence": finding.sentence,
    }


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _clause(clause: Clause) -> dict[str, str]:
    return {"ref": clause.ref, "words": clause.words}


def _reading(reading: Reading | None) -> dict[str, Any] | None:
    if reading is None:
        return None
    return {"chosen": reading.chosen, "why": reading.why, "others": list(reading.others)}
