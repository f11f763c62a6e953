"""Where a rule comes from, and how its words were read.

Every rule of a constitution carries a `Clause`; a rule whose words allow more
than one meaning also carries a `Reading`. Answers pass both on unchanged, so
that whoever reads a verdict can open the words it rests on.
"""

from dataclasses import dataclass

# A letter, a number, or a number with a letter.
LONGEST_NUMBER = 2


@dataclass(frozen=True, slots=True)
class Clause:
    """`ref` as the source numbers it ("b", "App. 1 §8"); `words` is our paraphrase."""

    ref: str
    words: str

    @property
    def citation(self) -> str:
        """How it is cited by itself: `Clause d`, `Support 3`."""
        words = cited(self)
        return f"{words[:1].upper()}{words[1:]}"


@dataclass(frozen=True, slots=True)
class Reading:
    """The meaning chosen where the words leave it open, why, and what was set aside."""

    chosen: str
    why: str = ""
    others: tuple[str, ...] = ()


def cited(clause: Clause) -> str:
    """`clause d`, `clauses u, v, w`, `clause y; Groups`; a reference that names its own place, `Support 3`, stays."""
    parts = [part.strip() for part in clause.ref.replace(";", ",").split(",")]
    if any(len(part) > LONGEST_NUMBER for part in parts):
        return f"clause {clause.ref}" if len(parts[0]) <= LONGEST_NUMBER else clause.ref
    return f"{'clause' if len(parts) == 1 else 'clauses'} {clause.ref}"
