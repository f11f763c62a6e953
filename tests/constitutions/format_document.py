"""The examples of docs/constitution-format.md: each a few sections of a file, who came, and the answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from itertools import takewhile
from pathlib import Path

from partnership.constitutions.attendance_file import LONDON, load_attendance
from partnership.constitutions.build import load
from partnership.management.commands.constitution import Asked, answer_to
from partnership.rules.deadlines.calendars import Division
from partnership.rules.deadlines.deadlines import CLOCK_UNITS
from partnership.rules.deadlines.due_dates import due_on
from partnership.rules.plain_dates import long_date, plain_time
from partnership.working_days import working_days

DOCUMENT = Path(__file__).parents[2] / "docs" / "constitution-format.md"
BLOCK = re.compile(r"^```(yaml attendance|yaml|answer|due)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SECTION = re.compile(r"^(?=[a-z_]+:)", re.MULTILINE)


@dataclass(frozen=True)
class Example:
    line: int
    sections: str
    attendance: str
    answer: str
    due: str

    def text(self, whole: str) -> str:
        """The sections of this example in the place of those of the first file."""
        sections = {**by_name(whole), **by_name(self.sections)}
        return "".join(sections.values())

    def computed(self, whole: str) -> str:
        """What the command would say: a line a case, and what follows when it is not quorate."""
        terms = load(self.text(whole).encode()).quorum
        lines = []
        for case in load_attendance(self.attendance.encode(), terms):
            answer = answer_to(terms, case, Asked(None, None, None, None))
            lines.append(f"{case.name}: {answer.sentence}")
            lines += [f"  Then: {consequence}" for consequence in answer.consequences]
        return "".join(f"{line}\n" for line in lines)

    def due_dates(self, whole: str) -> str:
        """The lines of a block of due dates, computed: the id of a deadline and the day it is counted from.

        Amounts of minutes and hours are counted from 10am.
        """
        constitution = load(self.text(whole).encode())
        rules = {rule.id: rule for rule in constitution.deadlines}
        lines = []
        for line in self.due.splitlines():
            rule_id, on = line.partition(":")[0].split(", ")
            rule = rules[rule_id]
            calendar = working_days(Division(rule.calendar or constitution.calendar or Division.ENGLAND_AND_WALES))
            at = time(10) if rule.unit in CLOCK_UNITS else None
            due = due_on(rule, date.fromisoformat(on), calendar, anchor_at=at, tz=LONDON)
            limit = "not before " if due.is_earliest else "by "
            opens = f"from {long_date(due.opens_on)} " if due.opens_on else ""
            lines.append(
                f"{rule_id}, {on}: {opens}{limit}{long_date(due.on)}{f', {plain_time(due.at)}' if due.at else ''}"
            )
        return "".join(f"{line}\n" for line in lines)


def by_name(text: str) -> dict[str, str]:
    return {part.split(":", 1)[0]: part for part in SECTION.split(text) if part.strip()}


def examples(text: str) -> Iterator[Example]:
    blocks = [(text.count("\n", 0, found.start()) + 1, found[1], found[2]) for found in BLOCK.finditer(text)]
    for index, (line, kind, content) in enumerate(blocks):
        if kind == "yaml":
            following = {kind: content for _, kind, content in _until_the_next(blocks[index + 1 :])}
            parts = (following.get(part, "") for part in ("yaml attendance", "answer", "due"))
            yield Example(line, content, *parts)


def _until_the_next(blocks: list[tuple[int, str, str]]) -> Iterator[tuple[int, str, str]]:
    return takewhile(lambda block: block[1] != "yaml", blocks)
