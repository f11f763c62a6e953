"""The tree of a file: scalars, lists and mappings, each knowing where it stands in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from partnership.constitutions.problems import BadFile, Path, Problem, key_of

LONGEST_WHOLE_NUMBER = 9
WHOLE_NUMBER = re.compile(r"[-+]?[0-9]+")
DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")

Value = str | int | float | bool | list["Value"] | dict[str, "Value"] | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the text: line and column counted from 1, `index` in characters from 0."""

    line: int
    column: int
    index: int = 0


@dataclass(slots=True)
class Scalar:
    text: str
    is_quoted: bool
    mark: Mark
    end: int = 0
    is_block: bool = False

    @property
    def value(self) -> Value:
        """What YAML 1.2 makes of it, except that dates, `yes` and `no` stay words here."""
        return self.text if self.is_quoted else plain_value(self.text)


@dataclass(slots=True)
class Listing:
    mark: Mark
    is_flow: bool = False
    end: int = 0
    items: list[Tree] = field(default_factory=list)

    @property
    def value(self) -> Value:
        return [item.value for item in self.items]


@dataclass(slots=True)
class Mapping:
    mark: Mark
    is_flow: bool = False
    end: int = 0
    keys: dict[str, Mark] = field(default_factory=dict)
    items: dict[str, Tree] = field(default_factory=dict)

    @property
    def value(self) -> Value:
        return {key: item.value for key, item in self.items.items()}


Tree = Scalar | Listing | Mapping


def plain_value(text: str) -> Value:
    """A bare scalar by the core schema of YAML 1.2."""
    if text in {"", "~", "null", "Null", "NULL"}:
        return None
    if text in {"true", "True", "TRUE", "false", "False", "FALSE"}:
        return text.lower() == "true"
    if WHOLE_NUMBER.fullmatch(text):
        return int(text) if len(text) <= LONGEST_WHOLE_NUMBER else text
    if DECIMAL.fullmatch(text):
        return float(text.replace(".inf", "inf").replace(".nan", "nan")) if len(text) <= LONGEST_WHOLE_NUMBER else text
    return text


@dataclass(slots=True)
class Document:
    """A file that is YAML: its tree, and what was already found wrong in it.

    `refused` holds the places that have a problem of their own, so that a later check does not
    report the same mistake a second time. `kept` is for a document from which items were taken: by
    section, the place each one left had in the file.
    """

    tree: Tree
    problems: list[Problem] = field(default_factory=list)
    refused: set[Path] = field(default_factory=set)
    kept: dict[str, list[int]] = field(default_factory=dict)

    def node(self, path: Path) -> Tree | None:
        """The value at that place, if there is one."""
        here: Tree | None = self.tree
        for part in path:
            if isinstance(here, Mapping) and isinstance(part, str):
                here = here.items.get(part)
            elif isinstance(here, Listing) and isinstance(part, int) and part < len(here.items):
                here = here.items[part]
            else:
                return None
        return here

    def mark(self, path: Path, *, of_key: bool = False) -> Mark:
        """Where that value (or its key) begins; of a missing one, where its surroundings begin."""
        around = self.node(path[:-1]) if path else None
        if of_key and isinstance(around, Mapping) and path[-1] in around.keys:
            return around.keys[str(path[-1])]
        found = self.node(path)
        return found.mark if found else self.mark(path[:-1], of_key=True) if path else Mark(1, 1)

    def add(self, path: Path, sentence: str, *, found: str = "", expected: str = "", of_key: bool = False) -> None:
        """Note a problem at that place, unless it, or what is around it, is already refused."""
        if any(path[:length] in self.refused for length in range(len(path) + 1)):
            return
        mark = self.mark(path, of_key=of_key)
        key = key_of(self._as_in_file(path))
        self.problems.append(Problem(mark.line, mark.column, key, sentence, found, expected))

    def refuse(self, path: Path, sentence: str, *, found: str = "", expected: str = "", of_key: bool = False) -> None:
        """`add`, and nothing more is said about that place."""
        self.add(path, sentence, found=found, expected=expected, of_key=of_key)
        self.refused.add(path)

    def _as_in_file(self, path: Path) -> Path:
        if len(path) > 1 and isinstance(path[1], int) and path[0] in self.kept:
            return (path[0], self.kept[str(path[0])][path[1]], *path[2:])
        return path

    def raise_if_bad(self) -> None:
        if self.problems:
            raise BadFile(tuple(dict.fromkeys(self.problems)))
