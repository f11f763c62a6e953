"""What a constitution file declares, so that every reference in it can be held against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from partnership.constitutions.problems import Path, quoted
from partnership.constitutions.tree import Document
from partnership.constitutions.wording import nearest
from partnership.rules.clauses import Clause, Reading
from partnership.rules.constitution import Entry

BUILT_IN = frozenset({"member", "observer", "adviser", "guest"})
WATCHERS = BUILT_IN - {"member"}
RULES = "rules"  # the one family of ids that all rules and tests share
OWN_IDS = frozenset({"organisations", "offices", "capacities", "seats"})
SINGULAR = {"organisations": "organisation", "offices": "office", "capacities": "capacity", "seats": "seat"}


@dataclass(slots=True)
class Declared:
    """Ids by family with the place of each, the categories of the seats, and the list of all rules."""

    document: Document
    incomplete: frozenset[str] = frozenset()  # sections that declare more than could be read
    places: dict[str, dict[str, Path]] = field(default_factory=dict)
    categories: set[str] = field(default_factory=set)
    entries: list[Entry] = field(default_factory=list)

    def note(
        self,
        section: str,
        path: Path,
        id: str,  # noqa: A002 the key of the file
        name: str,
        clause: Clause | None = None,
        reading: Reading | None = None,
    ) -> None:
        """Enter something that has an id. An id used twice in its family is a problem."""
        family = self.places.setdefault(section if section in OWN_IDS else RULES, {})
        if id in family:
            line = self.document.mark((*family[id], "id")).line
            self.document.refuse(
                (*path, "id"), f"The id {quoted(id)} is already that of something on line {line}.", found=id
            )
            return
        family[id] = path
        self.entries.append(Entry(id=id, section=section, name=name, clause=clause, reading=reading))

    def ids(self, family: str) -> list[str]:
        return list(self.places.get(family, {}))

    def check(self, family: str, id: str, path: Path) -> bool:  # noqa: A002 the key of the file
        """Whether that id is declared; when not, that is a problem at `path`."""
        known = [*self.ids(family), *sorted(BUILT_IN if family == "capacities" else ())]
        if id in known or family in self.incomplete:
            return True
        one = SINGULAR.get(family, family)
        self.document.add(path, f"No {one} has the id {quoted(id)}{self._nearest(id, known)}", found=id)
        return False

    def check_each(self, family: str, ids: Sequence[str], path: Path) -> None:
        """`check` for a list, in which nothing may stand twice."""
        for index, one in enumerate(ids):
            if one in ids[:index]:
                self.document.add((*path, index), f"{quoted(one)} is in this list twice.", found=one)
            else:
                self.check(family, one, (*path, index))

    def check_category(self, category: str | None, path: Path) -> None:
        """A category must be one of those the seats have, when the seats have any."""
        if category and self.categories and category not in self.categories and "seats" not in self.incomplete:
            near = self._nearest(category, sorted(self.categories))
            self.document.add(path, f"No seat has the category {quoted(category)}{near}", found=category)

    def _nearest(self, word: str, known: Sequence[str]) -> str:
        near = nearest(word, known)
        return f"; did you mean {quoted(near[0])}?" if near else "."

    def problem(self, path: Path, sentence: str) -> None:
        self.document.add(path, sentence)
