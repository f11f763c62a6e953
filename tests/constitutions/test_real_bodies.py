"""The quorum rules of 32 real public bodies: one file a body, every given case answered as its words do."""

from collections import Counter

import pytest

from partnership.rules.quorum.answers import Outcome
from partnership.rules.quorum.terms import QuorumTerms
from tests.constitutions.bodies import BODIES, RealCase, answer, cases_in, constitution_of
from tests.constitutions.threshold_mutants import mutants

GIVEN = tuple(cases_in("real_quorum_cases.yaml"))
FURTHER = tuple(cases_in("further_quorum_cases.yaml"))


def named(case: RealCase) -> str:
    return case.name if case.name.startswith(case.body) else f"{case.body}: {case.name}"


def test_no_body_and_no_case_goes_missing() -> None:
    assert len(BODIES) == 32
    assert len(GIVEN) == 113
    assert {case.body for case in GIVEN} == set(BODIES)
    assert min(Counter(case.body for case in GIVEN).values()) == 3
    assert max(Counter(named(case) for case in GIVEN + FURTHER).values()) == 1


@pytest.mark.parametrize("body", BODIES)
def test_the_file_is_valid_and_says_what_it_is(body: str) -> None:
    constitution = constitution_of(body)
    assert constitution.body.id == body
    assert constitution.quorum.rules


@pytest.mark.parametrize("case", GIVEN + FURTHER, ids=named)
def test_the_file_answers_as_its_words_do(case: RealCase) -> None:
    answered = answer(constitution_of(case.body).quorum, case.register)
    assert answered.outcome is not Outcome.NOT_STATED
    assert answered.is_quorate is case.is_quorate, answered.sentence


# --- thresholds moved by one step -----------------------------------------------------------------

ON_THE_LINE = "no given register stands exactly on the number, or just beside it"
OTHER_QUESTION = "every given register is of another kind of meeting, or of its opening"
NEVER_ALONE = "no given register lacks this part and has all the others"
NOBODY_THERE = "where one person is enough, nobody is still too few: an empty room is never quorate"

# The mutants that no given case tells from the rule and a further case does.
TOLD_BY_FURTHER_CASES = {
    "abc": {"second-call: min 2": OTHER_QUESTION},
    "asf-members": dict.fromkeys(("class-quorum: 1/4", "class-quorum: 2/5", "class-quorum: more than"), OTHER_QUESTION),
    "bcp-hwb": dict.fromkeys(("councillor: min 0", "dph-there: min 0"), NEVER_ALONE),
    "blaby-hinckley-csp-scrutiny": dict.fromkeys(("blaby: min 2", "blaby: min 4"), ON_THE_LINE),
    "dcat-trust": {"third: 2/5": ON_THE_LINE},
    "horningsham-pc": dict.fromkeys(
        (
            "third-of-all: 1/4",
            "third-of-all: 2/5",
            "third-of-all: more than",
            "third-of-rest: 1/4",
            "third-of-rest: when 1/4",
            "third-of-rest: when at least",
        ),
        ON_THE_LINE,
    ),
    "ietf-llc": {"quorum: 3/5": ON_THE_LINE},
    "india-chs": dict.fromkeys(("committee: 2/5", "committee: 3/5", "committee: at least"), OTHER_QUESTION),
    "iow-scp-board": {
        "half: 2/5": ON_THE_LINE,
        "half: 3/5": ON_THE_LINE,
        "half: more than": ON_THE_LINE,
        "scrutineer-there: min 0": NEVER_ALONE,
    },
    "nm-condo-board": dict.fromkeys(("owners: 1/4", "owners: 1/6", "owners: more than"), OTHER_QUESTION),
    "pct-2000": {
        "non-officer: min 0": NEVER_ALONE,
        "non-officer: min 2": ON_THE_LINE,
        "third: more than": ON_THE_LINE,
    },
    "sau-senate": dict.fromkeys(("to-go-on: 1/2", "to-go-on: 1/3", "to-go-on: more than"), OTHER_QUESTION),
    "sbs-board": {"quorum: step 2 min 6": ON_THE_LINE},
    "seniornet": {"second-call: min 2": OTHER_QUESTION},
    "wmca": {"five: min 4": NEVER_ALONE},
}
# The mutants that no register at all can tell from the rule.
SAME_RULE = {
    "abc": {"second-call: min 0": NOBODY_THERE},
    "seniornet": {"second-call: min 0": NOBODY_THERE},
}


@pytest.mark.parametrize("body", BODIES)
def test_a_moved_threshold_fails_a_given_case(body: str) -> None:
    labels = {label for label, _ in mutants(constitution_of(body).quorum)}
    untold = set(TOLD_BY_FURTHER_CASES.get(body, {})) | set(SAME_RULE.get(body, {}))
    assert survivors(body, GIVEN) == untold
    assert labels - untold


@pytest.mark.parametrize("body", BODIES)
def test_with_the_further_cases_every_moved_threshold_fails_one(body: str) -> None:
    assert survivors(body, GIVEN + FURTHER) == set(SAME_RULE.get(body, {}))


def survivors(body: str, cases: tuple[RealCase, ...]) -> set[str]:
    """The mutants of a body for which each of its cases still comes out right."""
    own = [case for case in cases if case.body == body]
    all_mutants = mutants(constitution_of(body).quorum)
    return {label for label, terms in all_mutants if all(is_right(terms, case) for case in own)}


def is_right(terms: QuorumTerms, case: RealCase) -> bool:
    return answer(terms, case.register).is_quorate is case.is_quorate
