from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

DATA = Path(__file__).parents[1] / "data"
ROOT = DATA.parents[1]
SAMPLE = DATA / "sample.yaml"
QUORATE = """\
meeting: {on: 2026-04-22}
present: [{seat: chair}, {org: council}, {org: police}, {seat: health, left: "11:00"}]
"""


class Ran:
    """What a command wrote, and the status it ended with."""

    def __init__(self, *arguments: str) -> None:
        out, err = io.StringIO(), io.StringIO()
        self.status = 0
        try:
            call_command("constitution", *arguments, stdout=out, stderr=err)
        except SystemExit as ended:
            self.status = int(str(ended.code))
        except CommandError as error:
            self.status = error.returncode
            err.write(str(error))
        self.out, self.err = out.getvalue(), err.getvalue()


@pytest.fixture
def attendance(tmp_path: Path) -> Path:
    file = tmp_path / "april.yaml"
    file.write_text(QUORATE)
    return file


def test_check_says_how_many_rules_and_readings() -> None:
    ran = Ran("check", str(SAMPLE))
    assert (ran.status, ran.out, ran.err) == (0, f"{SAMPLE}: ok: 24 rules, 1 reading\n", "")


def test_check_names_file_line_key_and_sentence(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(SAMPLE.read_text().replace("base: seats", "base: chairs").replace("min: 2", "min: 0"))
    ran = Ran("check", str(SAMPLE), str(bad))
    assert ran.status == 1
    assert ran.out == f"{SAMPLE}: ok: 24 rules, 1 reading\n"
    first, second = ran.err.splitlines()
    assert first.startswith(f'{bad}:43: quorum[1].all[1].share.base: Expected "seats" or ')
    assert second == f"{bad}:49: quorum[2].count.min: Expected a number of at least 1, found 0."


def test_check_finds_bodies_that_answer_to_each_other(tmp_path: Path) -> None:
    other = tmp_path / "executive.yaml"
    text = SAMPLE.read_text().replace("body: riverside-executive", "body: riverside-x")
    text = text.replace("id: riverside-board", "id: riverside-executive").replace("riverside-x", "riverside-board")
    other.write_text(text)
    ran = Ran("check", str(SAMPLE), str(other))
    assert ran.status == 1
    assert ran.err == (
        "These bodies answer to each other in a circle: riverside-board → riverside-executive → riverside-board.\n"
    )


def test_quorum_says_the_verdict_then_clause_by_clause(attendance: Path) -> None:
    ran = Ran("quorum", str(SAMPLE), "--attendance", str(attendance))
    assert ran.status == 0
    assert ran.out.splitlines() == [
        "Quorate: 4 of 5 members present (3 needed).",
        "  [met] All 3 parts are met.",
        "      6: Half of the members with the chair and each partner.",
        "      Reading: The chair must be there. (It says should.)",
        "    [met] 4 of 5 members present (3 needed).",
        "    [met] The chair is present.",
        "    [met] Riverside Council, Riverside Police and Riverside ICB are represented.",
    ]


def test_quorum_at_a_time_and_what_may_follow(attendance: Path) -> None:
    ran = Ran("quorum", str(SAMPLE), "--attendance", str(attendance), "--at", "11:30")
    assert ran.status == 0
    assert ran.out.startswith(
        "Not quorate unless the chair determines otherwise: Riverside ICB is not represented.\n  [not met] "
    )
    assert "    [not met] Riverside ICB is not represented.\n" in ran.out
    assert "  Then: It is held again" in ran.out


def test_quorum_as_json(attendance: Path) -> None:
    ran = Ran("quorum", str(SAMPLE), "--attendance", str(attendance), "--json", "--phase", "vote", "--at", "10:00")
    answer = json.loads(ran.out)
    assert (ran.status, answer["outcome"], answer["phase"], answer["heads"]) == (0, "quorate", "vote", 4)
    assert [test["path"] for test in answer["tests"]] == ["quorum", "quorum/half", "quorum/led", "quorum/partners"]
    assert "agrees" not in answer


def test_quorum_for_business_and_item(tmp_path: Path) -> None:
    file = tmp_path / "april.yaml"
    file.write_text('meeting: {on: 2026-04-22}\npresent: [{org: police, withdrew_from: [{item: "4"}]}]\n')
    ran = Ran("quorum", str(SAMPLE), "--attendance", str(file), "--item", "4", "--json")
    assert (json.loads(ran.out)["phase"], json.loads(ran.out)["heads"]) == ("item", 0)


def test_cases_are_held_against_the_answers_they_state(tmp_path: Path) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text(
        "- {case: right, present: [{n: 1}], quorate: no, why: One is not enough.}\n"
        "- {case: wrong, present: [{n: 1}], quorate: yes}\n"
        "- {case: silent, present: [{n: 1}]}\n"
    )
    ran = Ran("quorum", str(SAMPLE), "--attendance", str(file))
    assert ran.status == 0
    assert "  Agrees with the case. One is not enough.\n" in ran.out
    assert "  Differs from the case.\n" in ran.out
    assert ran.out.endswith("2 cases: 1 agree, 1 differ.\n")
    data = json.loads(Ran("quorum", str(SAMPLE), "--attendance", str(file), "--json").out)
    assert [case.get("agrees") for case in data] == [True, False, None]


def test_a_bad_attendance_file_ends_with_1(tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("present:\n  - {who: Ada}\n")
    ran = Ran("quorum", str(SAMPLE), "--attendance", str(file))
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(f'{file}:2: present[1].who: "who" is not a key here; ')


def test_a_bad_constitution_ends_with_1(attendance: Path) -> None:
    ran = Ran("quorum", str(attendance), "--attendance", str(attendance))
    assert ran.status == 1
    assert f'{attendance}:1: format: The key "format" is missing.\n' in ran.err


def test_a_size_nobody_gives_ends_with_1(tmp_path: Path) -> None:
    constitution, file = tmp_path / "linear.yaml", tmp_path / "cases.yaml"
    constitution.write_text(SAMPLE.read_text().replace("count: {min: 2}", "linear: {by: committee, times: 2}"))
    file.write_text("- present: []\n- {meeting: {call: second}, present: [{n: 3}]}\n")
    ran = Ran("quorum", str(constitution), "--attendance", str(file))
    assert ran.status == 1
    assert ran.err.startswith(f"{file}:2: membership: ")
    assert "committee" in ran.err


def test_a_time_without_a_date_ends_with_1(tmp_path: Path) -> None:
    file = tmp_path / "april.yaml"
    file.write_text("present: []\n")
    ran = Ran("quorum", str(SAMPLE), "--attendance", str(file), "--at", "10:00")
    assert (ran.status, ran.err) == (
        1,
        f'{file}:1: meeting.on: A time needs the date of the meeting: write "meeting: {{on: 2026-04-01}}".\n',
    )


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    ran = Ran("check", str(tmp_path / "nowhere.yaml"))
    assert (ran.status, ran.err) == (2, f"{tmp_path}/nowhere.yaml cannot be read: No such file or directory.")


def test_only_one_file_can_be_standard_input() -> None:
    ran = Ran("quorum", "-", "--attendance", "-")
    assert (ran.status, ran.err) == (2, "Only one of the two files can be standard input.")


@pytest.mark.parametrize(
    "arguments",
    [[], ["weigh"], ["check"], ["quorum", "x"], ["quorum", "x", "--attendance", "y", "--at", "25:00"]],
    ids=" ".join,
)
def test_wrong_usage_is_refused(arguments: list[str]) -> None:
    assert Ran(*arguments).status != 0


def test_the_schema_is_printed() -> None:
    assert json.loads(Ran("schema").out)["title"] == "Quorate constitution"


@pytest.mark.processes
def test_as_a_process_it_reads_standard_input_and_needs_no_database() -> None:
    def run(*arguments: str, given: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", "constitution", *arguments]
        return subprocess.run(command, input=given, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)

    good = run("check", "-", given=SAMPLE.read_text())
    assert (good.returncode, good.stdout, good.stderr) == (0, "-: ok: 24 rules, 1 reading\n", "")
    bad = run("check", "-", given="- a\n- b\n")
    assert (bad.returncode, bad.stdout) == (1, "")
    assert "Traceback" not in bad.stderr
    assert run("weigh", given="").returncode == 2
    missing = run("quorum", "-", "--attendance", str(DATA / "nowhere.yaml"), given=SAMPLE.read_text())
    assert missing.returncode == 2
