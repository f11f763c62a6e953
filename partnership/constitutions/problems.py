"""What is wrong with a file: one value a problem, one sentence each."""

from __future__ import annotations

from dataclasses import dataclass

Path = tuple[str | int, ...]
LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake. `line` and `column` count from 1; `key` is the place in the file
    ("quorum[1].share.at_least", items counted from 1, empty for the file as a whole).
    """

    line: int
    column: int
    key: str
    sentence: str
    found: str = ""
    expected: str = ""

    def __str__(self) -> str:
        return f"{self.line}: {self.key}: {self.sentence}" if self.key else f"{self.line}: {self.sentence}"


class BadFile(Exception):
    """The file is refused whole; `problems` holds all that was found, in the order of its lines."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def key_of(path: Path) -> str:
    """The place of a value as people read it: ("quorum", 0, "count") is "quorum[1].count"."""
    words = ""
    for part in path:
        words += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if words else part
    return words


def quoted(value: object) -> str:
    """A value as the file has it, shortened: words in quotation marks, numbers bare."""
    if isinstance(value, str):
        one_line = " ".join(value.split())
        return f'"{one_line if len(one_line) <= LONGEST_SHOWN else one_line[: LONGEST_SHOWN - 1] + "…"}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return "nothing" if value is None else str(value)
