"""`manage.py constitution check|quorum|schema`: constitution files without a database.

Exit status: 0 answered, 1 a file is bad (its problems are listed), 2 wrong usage.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentTypeError
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partnership.constitutions.attendance_file import Case, load_attendance, moment_of
from partnership.constitutions.build import load
from partnership.constitutions.listing import answer_lines, summary
from partnership.constitutions.problems import BadFile, Problem
from partnership.constitutions.schema import json_schema
from partnership.constitutions.text import LIMIT_IN_BYTES
from partnership.rules.constitution import accountability_cycle
from partnership.rules.plain_dates import counted
from partnership.rules.quorum.answer_json import as_json
from partnership.rules.quorum.answers import Answer
from partnership.rules.quorum.assess import assess
from partnership.rules.quorum.base import SizeNotGiven
from partnership.rules.quorum.terms import Phase, QuorumTerms

BAD_FILE = 1
WRONG_USAGE = 2


class Asked(NamedTuple):
    """What the command line asks beyond the files; None leaves it to the attendance file."""

    at: time | None
    phase: Phase | None
    item: str | None
    business: str | None


class Command(BaseCommand):
    help = "Checks constitution files, answers the quorum question from one, or prints the format's JSON Schema."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        tasks = parser.add_subparsers(dest="task", required=True, metavar="check|quorum|schema")
        check = tasks.add_parser("check", help="Say what is wrong with constitution files.")
        check.add_argument("files", nargs="+", metavar="FILE", help='A constitution file; "-" is standard input.')
        quorum = tasks.add_parser("quorum", help="Say whether a meeting is quorate, and why.")
        quorum.add_argument("file", metavar="FILE", help='The constitution file; "-" is standard input.')
        quorum.add_argument("--attendance", required=True, metavar="FILE", help="Who came: one case or a list.")
        quorum.add_argument("--at", type=_time, metavar="HH:MM", help="The time of day asked about.")
        quorum.add_argument("--phase", choices=[str(phase) for phase in Phase], help="The moment asked about.")
        quorum.add_argument("--item", help="The agenda item asked about.")
        quorum.add_argument("--business", help="The kind of business asked about.")
        quorum.add_argument("--json", action="store_true", help="Answer as JSON.")
        tasks.add_parser("schema", help="Print the JSON Schema of the format.")

    def handle(self, *args: Any, **options: Any) -> None:
        match options["task"]:
            case "check":
                self._check(options["files"])
            case "quorum":
                phase = Phase(options["phase"]) if options["phase"] else None
                asked = Asked(options["at"], phase, options["item"], options["business"])
                self._quorum(options["file"], options["attendance"], asked, as_data=options["json"])
            case _:
                self.stdout.write(json.dumps(json_schema(), indent=2, ensure_ascii=False))

    def _check(self, files: Sequence[str]) -> None:
        are_good = True
        answers_to: dict[str, str] = {}
        for file in files:
            try:
                constitution = load(_bytes(file))
            except BadFile as bad:
                are_good = False
                self._list(file, bad.problems)
                continue
            self.stdout.write(f"{file}: ok: {summary(constitution)}")
            if constitution.accountable_to:
                answers_to[constitution.body.id] = constitution.accountable_to.body
        if circle := accountability_cycle(answers_to):
            are_good = False
            self.stderr.write(f"These bodies answer to each other in a circle: {' → '.join([*circle, circle[0]])}.")
        if not are_good:
            sys.exit(BAD_FILE)

    def _quorum(self, file: str, attendance: str, asked: Asked, *, as_data: bool) -> None:
        if file == attendance == "-":
            raise CommandError("Only one of the two files can be standard input.", returncode=WRONG_USAGE)
        try:
            terms = load(_bytes(file)).quorum
        except BadFile as bad:
            self._refuse(file, bad.problems)
        try:
            cases = load_attendance(_bytes(attendance), terms)
            answers = [(case, answer_to(terms, case, asked)) for case in cases]
        except BadFile as bad:
            self._refuse(attendance, bad.problems)
        if as_data:
            data = [_data(case, answer) for case, answer in answers]
            self.stdout.write(json.dumps(data[0] if len(data) == 1 else data, indent=2, ensure_ascii=False))
        else:
            for line in _lines(answers):
                self.stdout.write(line)

    def _list(self, file: str, problems: Sequence[Problem]) -> None:
        for problem in problems:
            self.stderr.write(f"{file}:{problem}")

    def _refuse(self, file: str, problems: Sequence[Problem]) -> NoReturn:
        self._list(file, problems)
        sys.exit(BAD_FILE)


def _bytes(file: str) -> bytes:
    """The beginning of a file, one byte more than is ever accepted."""
    try:
        if file == "-":
            return sys.stdin.buffer.read(LIMIT_IN_BYTES + 1)
        with Path(file).open("rb") as opened:
            return opened.read(LIMIT_IN_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.", returncode=WRONG_USAGE) from error


def _time(text: str) -> time:
    try:
        return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007  a time of day alone
    except ValueError:
        raise ArgumentTypeError(f"{text} is not a time such as 10:30.") from None


def answer_to(terms: QuorumTerms, case: Case, asked: Asked) -> Answer:
    """The answer for one case. Raises `BadFile` when the case lacks what the question needs."""
    at = case.at if asked.at is None else moment_of(case, asked.at)
    item, business = asked.item or case.item, asked.business or case.business
    usual = Phase.ITEM if item else Phase.START if at is None else Phase.HOLD
    phase = asked.phase or case.phase or usual
    try:
        return assess(terms, case.facts, at=at, phase=phase, item=item, business=business)
    except SizeNotGiven as missing:
        raise BadFile((Problem(case.line, 1, "membership", str(missing)),)) from None


def _agrees(case: Case, answer: Answer) -> bool | None:
    """Whether the answer is the one that the case states; None when it states none."""
    if case.quorate is None:
        return None
    return answer.is_quorate == (None if case.quorate == "not stated" else case.quorate)


def _data(case: Case, answer: Answer) -> dict[str, Any]:
    agrees = _agrees(case, answer)
    return {"case": case.name, **as_json(answer), **({} if agrees is None else {"agrees": agrees})}


def _lines(answers: Sequence[tuple[Case, Answer]]) -> Iterator[str]:
    for case, answer in answers:
        first, *rest = answer_lines(answer)
        yield f"{case.name}: {first}" if case.name else first
        yield from rest
        agrees = _agrees(case, answer)
        if agrees is not None:
            why = f" {case.why}" if case.why else ""
            yield f"  {'Agrees with the case.' if agrees else 'Differs from the case.'}{why}"
    stated = [_agrees(case, answer) for case, answer in answers if case.quorate is not None]
    if len(answers) > 1 and stated:
        yield f"{counted(len(stated), 'case')}: {sum(map(bool, stated))} agree, {stated.count(False)} differ."
