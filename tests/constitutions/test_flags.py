"""Each rule beside the thresholds (a flag, a capacity, a consequence) changes an answer of its body."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pytest

from tests.constitutions.bodies import BODIES, Form, answer, constitution_of, entries, form_of, loaded

# The rules that the sources' own list marks as not tested by the cases, by the body that has them.
FLAGGED = {
    "iow-scp-board": ("the partners are part of the half", "the cabinet member is an observer"),
    "gscp-education": ("the chair may determine quoracy",),
    "gscp-management": ("the chair picks which items proceed",),
    "swindon-conference": ("the chair may exceptionally go on", "no two conferences in a row without a quorum"),
    "wales-federated-gb": ("the quorum is tested at every vote",),
    "dcat-trust": ("the quorum is tested at every vote",),
    "rcw-board": ("the quorum is tested at each vote",),
    "nm-condo-board": ("the beginning decides",),
    "cohousing-westwood": ("one count per household",),
    "seniornet": ("at the second call those present are a quorum", "a requisitioned meeting lapses"),
    "abc": ("at the second call those present are a quorum", "the quorum holds throughout"),
    "sau-senate": ("two in five are enough to go on",),
    "sbs-board": ("with one away for an interest the remaining are a quorum",),
    "asf-members": ("the beginning decides", "emeritus members are no heads"),
}


class Flag(NamedTuple):
    """A rule of a body, a register that it decides, and how to take it out of the file."""

    body: str
    rule: str
    said: Form

    @property
    def register(self) -> Form:
        register: Form = self.said["register"]
        return register

    @property
    def without(self) -> Form:
        """The body's file with the rule removed or changed."""
        form = form_of(self.body)
        for change in self.said["change"]:
            if isinstance(change, dict):
                put(form, change["at"], change["to"])
            else:
                remove(form, change)
        return form


FLAGS = tuple(
    Flag(entry["body"], rule["rule"], rule)
    for name in ("flags_in_the_uk.yaml", "flags_elsewhere.yaml")
    for entry in entries(name)
    for rule in entry["rules"]
)
OUTCOMES = tuple(flag for flag in FLAGS if "answer" in flag.said)
CONSEQUENCES = tuple(flag for flag in FLAGS if "consequence" in flag.said)
NARROWED = tuple(flag for flag in FLAGS if "no_consequence" in flag.said)


def named(flag: Flag) -> str:
    return f"{flag.body}: {flag.rule}"


def test_every_body_has_a_rule_here_and_no_flag_is_forgotten() -> None:
    assert {flag.body for flag in FLAGS} == set(BODIES)
    assert len(OUTCOMES) + len(CONSEQUENCES) + len(NARROWED) == len(FLAGS) == 86
    assert {(body, rule) for body, rules in FLAGGED.items() for rule in rules} <= {flag[:2] for flag in FLAGS}


@pytest.mark.parametrize("flag", OUTCOMES, ids=named)
def test_the_rule_changes_the_outcome(flag: Flag) -> None:
    honoured = answer(constitution_of(flag.body).quorum, flag.register)
    ignored = answer(loaded(flag.without).quorum, flag.register)
    assert honoured.outcome == flag.said["answer"], honoured.sentence
    assert ignored.outcome == flag.said["otherwise"], ignored.sentence
    assert honoured.outcome != ignored.outcome


@pytest.mark.parametrize("flag", CONSEQUENCES, ids=named)
def test_the_rule_says_what_an_inquorate_meeting_may_do(flag: Flag) -> None:
    honoured = answer(constitution_of(flag.body).quorum, flag.register)
    ignored = answer(loaded(flag.without).quorum, flag.register)
    assert not honoured.is_quorate
    (sentence,) = (said for said in honoured.consequences if said.startswith(words_of(flag, "consequence")))
    assert [said for said in honoured.consequences if said != sentence] == list(ignored.consequences)


@pytest.mark.parametrize("flag", NARROWED, ids=named)
def test_the_condition_keeps_a_consequence_from_other_meetings(flag: Flag) -> None:
    honoured = answer(constitution_of(flag.body).quorum, flag.register)
    ignored = answer(loaded(flag.without).quorum, flag.register)
    (sentence,) = (said for said in ignored.consequences if said.startswith(words_of(flag, "no_consequence")))
    assert [said for said in ignored.consequences if said != sentence] == list(honoured.consequences)


@pytest.mark.parametrize("body", [body for body in BODIES if "deputy" in constitution_of(body).quorum.capacities])
def test_whether_deputies_count_changes_an_answer(body: str) -> None:
    """In a register that is quorate with everybody a deputy, or would be if deputies counted."""
    form = form_of(body)
    registers = [as_deputies(case) for entry in entries("real_quorum_cases.yaml") if entry["body"] == body
                 for case in entry["cases"] if case["quorate"]]  # fmt: skip
    (deputy,) = (one for one in form["capacities"] if one["id"] == "deputy")
    before = [answer(constitution_of(body).quorum, register).is_quorate for register in registers]
    deputy["counts"] = deputy["represents"] = deputy["votes"] = "no" if deputy["counts"] == "yes" else "yes"
    after = [answer(loaded(form).quorum, register).is_quorate for register in registers]
    assert any(was is not now for was, now in zip(before, after, strict=True))


# --- changing a file ------------------------------------------------------------------------------


def put(form: Form, path: Sequence[str], value: Any) -> None:
    around = under(form, path[:-1])
    around[path[-1]] = value


def remove(form: Form, path: Sequence[str]) -> None:
    around = under(form, path[:-1])
    if isinstance(around, list):
        around.remove(under(form, path))
    else:
        del around[path[-1]]


def under(form: Form, path: Sequence[str]) -> Any:
    """What stands at a path of keys; an item of a list goes by its id."""
    here: Any = form
    for part in path:
        here = next(item for item in here if item["id"] == part) if isinstance(here, list) else here[part]
    return here


def words_of(flag: Flag, key: str) -> str:
    """The words of the consequence that the flag names, without their full stop."""
    rules = constitution_of(flag.body).quorum.inquorate
    (words,) = (rule.words for rule in rules if rule.id == flag.said[key])
    assert words
    return words.rstrip(".")


def as_deputies(case: Form) -> Form:
    present = [{**row, "as": "deputy"} if row["as"] == "member" else row for row in case["present"]]
    return {**case, "present": present}
