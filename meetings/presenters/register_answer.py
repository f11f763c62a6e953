"""The answer at the top of a register, its reasons with the failing one first, and its strip of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from django.urls import reverse

from meetings.live_quoracy import Quoracy
from meetings.presenters.words import clock_time, minutes_words
from meetings.queries import Register
from partnership.navigation import address_of
from partnership.rules.clauses import Clause
from partnership.rules.plain_dates import counted, listed, plain_date
from partnership.rules.quorum.answers import Answer, Finding, Outcome
from partnership.rules.quorum.departures import EndsIf, EndsIfStatus
from partnership.rules.quorum.facts import Attendee
from partnership.rules.quorum.fewest import Fewest, FewestStatus
from partnership.rules.quorum.forecast import Expectation
from partnership.rules.quorum.terms import Strength
from partnership.rules.quorum.timeline import Span
from partnership.rules.quorum.whole_meeting import is_quorate_throughout

GROUPS = frozenset({"all", "any", "at_least"})
NAMES_SHOWN = 3
CSS = {
    Outcome.QUORATE: "",
    Outcome.NOT_QUORATE: "q-quorum--no",
    Outcome.NOT_QUORATE_UNLESS_DETERMINED: "q-quorum--no",
    Outcome.NOT_STATED: "q-quorum--soon",
}
TITLES = {
    Outcome.QUORATE: "Quorate",
    Outcome.NOT_QUORATE: "Not quorate",
    Outcome.NOT_QUORATE_UNLESS_DETERMINED: "Not quorate",
    Outcome.NOT_STATED: "No quorum stated",
}
# Of a meeting ahead: nothing is quorate yet, and nothing has failed that somebody could still mend.
EXPECTED_CSS = {
    Expectation.EXPECTED: "",
    Expectation.NOT_CERTAIN: "q-quorum--soon",
    Expectation.NOT_EXPECTED: "q-quorum--no",
    Expectation.NOT_STATED: "q-quorum--soon",
}
EXPECTED_TITLES = {
    Expectation.EXPECTED: "Quorum expected",
    Expectation.NOT_CERTAIN: "Not certain",
    Expectation.NOT_EXPECTED: "Quorum not expected",
    Expectation.NOT_STATED: "No quorum stated",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One test, answered, as printed."""

    is_met: bool
    is_only_expected: bool
    title: str
    detail: str
    clause: str
    reading: str


@dataclass(frozen=True, slots=True)
class AnswerCard:
    """The answer and all that stands around it."""

    title: str
    css: str
    sentence: str
    lines: tuple[str, ...]
    since: str
    consequences: tuple[str, ...]
    reasons: tuple[Reason, ...]
    notes: tuple[str, ...]
    clause: Clause | None
    version: str
    constitution_href: str
    reasons_title: str = "Why"


def answer_card(register: Register, quoracy: Quoracy, *, now: datetime) -> AnswerCard:
    """The core's answer with what stands around it on the page."""
    answer = quoracy.answer
    leaves = [finding for finding in answer.tests if finding.kind not in GROUPS and finding.is_applied]
    is_closed = register.meeting.closed_at is not None
    title, css = _title_and_css(quoracy, is_closed=is_closed)
    return AnswerCard(
        title=title,
        css=css,
        sentence=quoracy.sentence,
        lines=_lines(register, quoracy, leaves),
        since="" if is_closed else _since(answer, quoracy.spans, now),
        consequences=answer.consequences if answer.is_quorate is False and not quoracy.is_forecast else (),
        reasons=tuple(_reason(finding, answer) for finding in sorted(leaves, key=_failing_first)),
        notes=answer.notes,
        clause=answer.tests[0].clause if answer.tests else None,
        version=_version(register),
        constitution_href=reverse("constitution", args=address_of(register.meeting.board)),
        reasons_title="When it closed" if is_closed else "Why",
    )


def _title_and_css(quoracy: Quoracy, *, is_closed: bool) -> tuple[str, str]:
    if quoracy.expected is not None:
        return EXPECTED_TITLES[quoracy.expected], EXPECTED_CSS[quoracy.expected]
    if is_closed and is_quorate_throughout(quoracy.spans) is False:
        return "Not quorate throughout", CSS[Outcome.NOT_QUORATE]
    return TITLES[quoracy.answer.outcome], CSS[quoracy.answer.outcome]


def not_answered(register: Register, why: str) -> AnswerCard:
    """The card for a meeting about which the core cannot say anything."""
    return _plain_card(register, "No answer", "Whether this meeting is quorate cannot be said.", why)


def counts_only(register: Register) -> AnswerCard:
    """The card for readers to whom replies are told in numbers alone."""
    return _plain_card(
        register, "Who is coming", "The replies so far, in numbers.", "Names are for members and the team."
    )


def _plain_card(register: Register, title: str, sentence: str, line: str) -> AnswerCard:
    return AnswerCard(
        title=title,
        css=CSS[Outcome.NOT_STATED],
        sentence=sentence,
        lines=(line,),
        since="",
        consequences=(),
        reasons=(),
        notes=(),
        clause=None,
        version=_version(register),
        constitution_href=reverse("constitution", args=address_of(register.meeting.board)),
    )


def _failing_first(finding: Finding) -> int:
    return 1 if finding.passed else 2 if finding.strength is Strength.EXPECTED else 0


def _version(register: Register) -> str:
    version = register.constitution
    return f"Version {version.version}, in force from {plain_date(version.in_force_from)}." if version else ""


# --- the lines under the answer ---------------------------------------------------------------------------------------


def _lines(register: Register, quoracy: Quoracy, leaves: Sequence[Finding]) -> tuple[str, ...]:
    if quoracy.is_forecast:
        return ("A forecast from the replies so far.",)
    if quoracy.answer.is_quorate is False:
        return (*_enough_lines(leaves), *fewest_lines(quoracy.fewest, register))
    return tuple(_ending_lines(quoracy.ends_if, quoracy.answer.heads))


def _enough_lines(leaves: Sequence[Finding]) -> list[str]:
    """Of a meeting that is not quorate: that the number is enough, when it is."""
    numbers = [finding for finding in leaves if finding.kind in {"count", "share"} and finding.passed]
    return [f"{finding.sentence.rstrip('.')}, so the number is enough." for finding in numbers[:1]]


def fewest_lines(fewest: Fewest | None, register: Register) -> list[str]:
    if fewest is None:
        return []
    if fewest.status is FewestStatus.FOUND:
        people = counted(fewest.size or 0, "person", "people")
        names = listed([_name_with_deputy(attendee, register) for attendee in fewest.people])
        return [f"{people} would make it quorate. Ask {names}."]
    if fewest.status is FewestStatus.IMPOSSIBLE:
        return ["Nobody who is named for the seats could make it quorate."]
    if fewest.status is FewestStatus.NOT_COMPUTED:
        return ["The fewest people to ask are not computed: this rule has too many ways to be met."]
    return []


def _name_with_deputy(attendee: Attendee, register: Register) -> str:
    """`Ch Supt Morgan Vale (or Supt Sam Lee, deputy)`."""
    for row in register.seats:
        held = row.held
        if held and held.representative and held.representative.person.name == attendee.name and held.deputies:
            return f"{attendee.name} (or {held.deputies[0].person.name}, deputy)"
    return attendee.name


def _ending_lines(ending: EndsIf | None, heads: int) -> list[str]:
    """`It ends if Maren Holloway or Priya Raman leaves, or 3 of the others together.`"""
    if ending is None or ending.status is EndsIfStatus.NOT_QUORATE:
        return []
    if ending.status is EndsIfStatus.STANDS:
        return ["It stands, whoever leaves."]
    if ending.status is EndsIfStatus.NOT_COMPUTED:
        return ["Whose leaving would end it is not computed: this rule has too many ways to be met."]
    if heads > 1 and len(ending.people) == heads:
        return [f"It ends if any one of the {heads} leaves."]
    ways = [f"{listed([person.name for person in ending.people], last='or')} leaves"] if ending.people else []
    others = "the others" if ending.people else "those present"
    if ending.others is not None:
        ways.append(
            f"{ending.others} of {others} leave together" if not ways else f"{ending.others} of {others} together"
        )
    return [f"It ends if {', or '.join(ways)}."]


def _since(answer: Answer, spans: Sequence[Span], now: datetime) -> str:
    """`Not quorate since 11:12am, 12 minutes.`"""
    if not spans or answer.is_quorate is None:
        return ""
    same = list(takewhile(lambda span: span.answer.outcome is answer.outcome, reversed(spans)))
    started = same[-1].starts_at if same else None
    if started is None or started > now:
        return ""
    lasted = int((now - started) / timedelta(minutes=1))
    so_far = f", {minutes_words(lasted)}" if lasted else ""
    return f"{TITLES[answer.outcome]} since {clock_time(started)}{so_far}."


# --- the reasons ------------------------------------------------------------------------------------------------------


def _reason(finding: Finding, answer: Answer) -> Reason:
    root = answer.tests[0]
    return Reason(
        is_met=finding.passed,
        is_only_expected=finding.strength is Strength.EXPECTED,
        title=finding.sentence.rstrip("."),
        detail=_detail(finding),
        clause="" if finding.clause == root.clause else f"{finding.clause.citation}: {finding.clause.words}",
        reading=finding.reading.chosen if finding.reading and not finding.passed else "",
    )


def _detail(finding: Finding) -> str:
    """Who meets it, or what is missing."""
    if not finding.passed:
        return f"Missing: {listed(finding.missing)}." if finding.missing else ""
    if finding.kind in {"office", "organisations"} and finding.present:
        shown = list(finding.present[:NAMES_SHOWN])
        more = len(finding.present) - len(shown)
        return f"{listed([*shown, f'{more} more'] if more else shown)}."
    return ""
