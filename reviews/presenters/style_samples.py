"""What the style page shows in its components: one sample of every state, of an invented board."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from meetings.models import Mode, Recorded
from meetings.presenters.meeting_tasks import DONE, NOT_STARTED, Tag, Task
from meetings.presenters.meetings import MeetingRow
from meetings.presenters.register_answer import CSS, EXPECTED_CSS, EXPECTED_TITLES, TITLES, AnswerCard, Reason
from meetings.presenters.register_rows import CHOICES, MODE_WORDS, RowOnPage, choices_of
from meetings.presenters.register_time import DecisionMark, EventOnPage, SpanOnPage, StripOnPage, Tick
from partnership.rules.clauses import Clause
from partnership.rules.quorum.answers import Outcome
from partnership.rules.quorum.forecast import Expectation

HERE = "#samples"
CLAUSE = Clause("Quoracy", "Half of the members are present, and among them should be the chair and every partner.")
TAGS = (
    Tag("Quorate", "yes"),
    Tag("Deputy", "deputy"),
    Tag("Due in 2 days", "soon"),
    Tag("12 days late", "no"),
    NOT_STARTED,
    DONE,
)


def tasks() -> tuple[Task, ...]:
    """A task that is done, due soon, late, not begun, and one that cannot begin."""
    asked = "Clause 11: at least 7 days before"
    return (
        Task(on=date(2027, 3, 18), name="Send the invitation", hint="Clause 10", href=HERE, tag=DONE),
        Task(on=date(2027, 4, 15), name="Publish the agenda", hint=asked, href=HERE, rel="In 2 days",
             rel_css="q-rel--soon", tag=Tag("Due in 2 days", "soon")),
        Task(on=date(2027, 4, 1), name="Send the minutes", hint="Clause 18", href=HERE, rel="12 days late",
             rel_css="q-rel--no", tag=Tag("12 days late", "no")),
        Task(on=date(2027, 4, 20), name="Look at the replies", hint="Local practice", href=HERE, tag=NOT_STARTED),
        Task(on=date(2027, 5, 6), name="Draft the minutes", hint="After the meeting", is_locked=True),
    )  # fmt: skip


def meetings() -> tuple[MeetingRow, ...]:
    """Meetings as lists show them."""
    when = "Thursday 22 April 2027, 10am to midday"
    return (
        MeetingRow(HERE, when, "Council chamber", "", "Register open", "yes"),
        MeetingRow(HERE, when, "Council chamber", "Extraordinary meeting", "Today", "soon"),
        MeetingRow(HERE, when, "Council chamber", "", "Planned", "plain"),
        MeetingRow(HERE, when, "Council chamber", "", "Cancelled", "no"),
    )


def answers() -> tuple[tuple[str, AnswerCard], ...]:
    """The answer in each of its states, under the name of the state."""
    quorate = "Quorate: all 3 statutory safeguarding partners are present."
    without = "Not quorate: Hampshire Constabulary is not represented."
    return (
        ("Quorate", _answer(Outcome.QUORATE, quorate, "It ends if any one of the 3 leaves.", "Quorate since 10:02am.")),
        ("Not quorate", _answer(Outcome.NOT_QUORATE, without, "1 person would make it quorate. Ask Sam Lee.")),
        (
            "Unless determined",
            _answer(Outcome.NOT_QUORATE_UNLESS_DETERMINED, f"{without} The chair may determine that it goes ahead."),
        ),
        ("Not stated", _answer(Outcome.NOT_STATED, "The terms state no quorum. 9 are present.")),
        (
            "Forecast",
            replace(
                _answer(
                    Outcome.NOT_QUORATE,
                    "Not certain. If only those who have said so come, it falls short: "
                    "Hampshire Constabulary is not represented. 1 more person would make it quorate: Sam Lee.",
                    "A forecast from the replies so far.",
                ),
                title=EXPECTED_TITLES[Expectation.NOT_CERTAIN],
                css=EXPECTED_CSS[Expectation.NOT_CERTAIN],
            ),
        ),
    )


def reasons() -> AnswerCard:
    """The reasons with the failing one first, an expectation, a reading, and the clause."""
    card = _answer(Outcome.NOT_QUORATE, "Not quorate: the chair is not present.")
    return AnswerCard(
        title=card.title, css=card.css, sentence=card.sentence, lines=(), since="", consequences=(),
        reasons=(
            Reason(is_met=False, is_only_expected=False, title="The chair is not present", detail="Missing: the chair.",
                   clause="", reading="Whoever takes the chair that day counts."),
            Reason(is_met=True, is_only_expected=False, title="14 of 24 members present", detail="12 needed.",
                   clause="", reading=""),
            Reason(is_met=False, is_only_expected=True, title="The lead member is expected", detail="",
                   clause="App. 1: The lead member attends.", reading=""),
        ),
        notes=("The clause on vacant seats is open to two readings.",), clause=CLAUSE,
        version="Version 2, in force from 1 January 2027.", constitution_href=HERE,
    )  # fmt: skip


def _answer(outcome: Outcome, sentence: str, *lines: str) -> AnswerCard:
    return AnswerCard(
        title=TITLES[outcome], css=CSS[outcome], sentence=sentence, lines=lines, since="", consequences=(), reasons=(),
        notes=(), clause=None, version="", constitution_href=HERE,
    )  # fmt: skip


def strip() -> StripOnPage:
    """A meeting that began without its quorum, lost it once, and goes on."""
    return StripOnPage(
        label="Not quorate from 10am to 10:06am. Quorate from 10:06am to 11:12am. Not quorate from 11:12am to 11:30am. "
        "Quorate from 11:30am to midday. Decisions at items 3, 6 and 7",
        spans=(
            SpanOnPage("0", "4", is_quorate=False),
            SpanOnPage("4", "44", is_quorate=True),
            SpanOnPage("48", "12", is_quorate=False),
            SpanOnPage("60", "20", is_quorate=True),
        ),
        ticks=(Tick("0", "10am", "start"), Tick("40", "11am", "middle"), Tick("80", "midday", "middle")),
        item_marks=("5", "14", "26", "40", "52", "62"),
        decisions=(
            DecisionMark("14", 0, 3, is_quorate=True),
            DecisionMark("54", 0, 6, is_quorate=False),
            DecisionMark("66", 0, 7, is_quorate=True),
            DecisionMark("70", 27, 7, is_quorate=True),
        ),
        rest=SpanOnPage("80", "20", is_quorate=False),
        top=54,
    )


def events() -> tuple[EventOnPage, ...]:
    """What happened: a decision with its label, a departure, a verdict."""
    return (
        EventOnPage("11:19am", "Item 6, decision: The training plan is agreed.", label="Taken while not quorate."),
        EventOnPage("11:12am", "Not quorate: the ICB is not represented.", is_verdict=True),
        EventOnPage("11:12am", "Dr Helen Ackroyd (ICB) left."),
    )


def rows() -> tuple[RowOnPage, ...]:
    """A seat in every state of the register."""
    room, remote = MODE_WORDS[Mode.IN_THE_ROOM], MODE_WORDS[Mode.REMOTE]
    return (
        _row(1, "Partnership chair", "Maren Holloway", "no deputy named", Recorded.PRESENT, f"{room} from 9:52am."),
        _row(2, "Constabulary", "Ch Insp Tess Marlowe", "deputy for Supt Callum Adeyemi", Recorded.DEPUTY,
             f"{remote} from 9:58am."),
        _row(3, "Regulatory services", "Dawn Petrie", "deputy for Colin Ashby", Recorded.DEPUTY, f"{room} from 10am.",
             warning="Not a proper deputy."),
        _row(4, "Adult mental health", "Beth Carrow", "deputy: Simon Pell", Recorded.APOLOGIES, "Sent apologies."),
        _row(5, "Anglican Diocese", "Revd Tomas Lindley", "no deputy named", Recorded.DID_NOT_ATTEND,
             "Did not attend."),
        _row(6, "Voluntary sector", "Yusuf Harland", "no deputy named", Recorded.NOT_RECORDED, "No reply."),
        _row(7, "Primary schools", "Alice Fenmore", "no deputy named", Recorded.PRESENT, "No reply.", is_unsaved=True),
        _row(8, "Integrated Care Board", "Dr Helen Ackroyd", "deputy: Ruth Okonjo", Recorded.PRESENT,
             f"{remote} from 9:58am to 11:12am.", has_left=True),
    )  # fmt: skip


def _row(
    number: int, seat: str, who: str, others: str, recorded: Recorded, note: str, *, warning: str = "",
    has_left: bool = False, is_unsaved: bool = False,
) -> RowOnPage:  # fmt: skip
    letter = dict(CHOICES).get(recorded, "")
    return RowOnPage(
        id=number, version=1, seat=seat, who=who, others=others, letter="" if is_unsaved else letter,
        choices=choices_of(recorded),
        is_remote=False, note=note, warning=warning, has_left=has_left,
        is_here=recorded in {Recorded.PRESENT, Recorded.DEPUTY} and not has_left and not is_unsaved,
        is_coming=False, is_required=False, href=HERE, is_unsaved=is_unsaved,
    )  # fmt: skip
