"""What is to be done before a meeting, on its day and after it: by which date, by which clause, and how far it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from meetings.duties import FEATURES
from meetings.models import Meeting, MeetingStatus, ReplyAnswer
from meetings.presenters.words import clock_time
from meetings.queries import DatedRule, Preparation
from meetings.queries.signatures import SIGNED, Signing
from partnership.clock import LONDON
from partnership.models import Obligation
from partnership.navigation import address_of
from partnership.rules.book.duty_rule_sentences import time_words
from partnership.rules.clauses import Clause, cited
from partnership.rules.deadlines.deadlines import DeadlineKind, Direction
from partnership.rules.plain_dates import counted, listed, plain_time, short_date
from partnership.rules.signing import not_signed

PAPERS = "papers"
MINUTES = tuple(feature for feature in FEATURES if feature != PAPERS)
# Local practices that say by when replies are looked at: one task here.
REPLIES_BY = ("reply", "forecast")
SOON = 3
BEFORE = "before"
LONGEST_NUMBER = 2


@dataclass(frozen=True, slots=True)
class Tag:
    """Where a task stands: the words, and the name of the colour and the sign that repeat them."""

    words: str
    tag: str = ""


DONE, NOT_STARTED = Tag("Completed", "plain"), Tag("Not started")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One line of a list. `tag` is None where nobody keeps its state here; `is_locked` while it cannot begin."""

    on: date | None
    name: str
    hint: str
    rel: str = ""
    rel_css: str = ""
    href: str = ""
    tag: Tag | None = None
    is_locked: bool = False

    @property
    def date_words(self) -> str:
        return short_date(self.on) if self.on else "No date"

    @property
    def short(self) -> str:
        """The name inside a sentence."""
        return f"{self.name[:1].lower()}{self.name[1:]}"

    @property
    def is_done(self) -> bool:
        return self.tag is not None and self.tag == DONE

    @property
    def is_next(self) -> bool:
        """Whether somebody could go on with it now."""
        return bool(self.href) and self.tag is not None and not self.is_done and not self.is_locked

    @property
    def is_late(self) -> bool:
        return self.tag is not None and self.tag.tag == "no"


@dataclass(frozen=True, slots=True)
class Phase:
    """One of the three lists."""

    id: str
    title: str
    note: str
    tasks: tuple[Task, ...]


def phases(prep: Preparation, *, today: date) -> tuple[Phase, ...]:
    """Before, on the day, after; none for a cancelled meeting."""
    meeting = prep.meeting
    if meeting.status == MeetingStatus.CANCELLED:
        return ()
    stated = list(_stated(prep, today))
    before = [_agenda(prep, today), _replies(prep, today), *(task for side, task in stated if side < 0)]
    on_the_day = [_register(prep, today), _record(prep), *(task for side, task in stated if side == 0)]
    after = [_minutes(prep, today), *(task for side, task in stated if side > 0)]
    return (
        Phase(BEFORE, "Before", _progress(before), tuple(sorted(before, key=_by_date))),
        Phase("day", "On the day", _where(meeting), tuple(on_the_day)),
        Phase("after", "After", "", tuple(sorted(after, key=_by_date))),
    )


def next_task(lists: Iterable[Phase], meeting: Meeting) -> Task | None:
    """The first that somebody could go on with; from its day on, what is to be done before it is past."""
    has_begun = meeting.opened_at is not None
    return next(
        (task for phase in lists if not has_begun or phase.id != BEFORE for task in phase.tasks if task.is_next), None
    )


def clause_words(*clauses: Clause | None) -> str:
    """`Clause d`, `Clauses d and e`, `Quoracy and Membership`; empty for none."""
    given = list(dict.fromkeys(clause for clause in clauses if clause is not None))
    if len(given) == 1:
        words = cited(given[0])
        return words[:1].upper() + words[1:]
    refs = list(dict.fromkeys(clause.ref for clause in given))
    if not refs:
        return ""
    is_short = all(len(ref) <= LONGEST_NUMBER for ref in refs)
    return f"{'Clauses ' if is_short else ''}{listed(refs)}"


def relative(on: date, today: date) -> tuple[str, str]:
    """`in 2 days`, `today`, `12 days ago`; and the colour for what is near."""
    days = (on - today).days
    if days < 0:
        return f"{counted(-days, 'day')} ago", ""
    css = "q-rel--soon" if days <= SOON else ""
    return ("today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"), css


# --- the dates of the terms -------------------------------------------------------------------------------------------


def _stated(prep: Preparation, today: date) -> Iterator[tuple[int, Task]]:
    """Each date of the terms that no task of ours stands for, with the side of the meeting on which it falls."""
    for each in prep.rules:
        if each.rule.id in FEATURES or (each.rule.kind is DeadlineKind.LOCAL_PRACTICE and each.rule.id in REPLIES_BY):
            continue
        rel, css = relative(each.on, today) if each.on else ("", "")
        if each.rule.id == SIGNED and prep.signing is not None:
            yield _side(each, prep.meeting), _signing(prep, prep.signing, each, today)
            continue
        task = Task(on=each.on, rel=rel, rel_css=css, name=each.rule.duty, hint=_hint(each))
        yield _side(each, prep.meeting), task


def _side(each: DatedRule, meeting: Meeting) -> int:
    if each.on is None:
        return -1 if each.rule.direction is Direction.BEFORE else 1
    return (each.on > meeting.on) - (each.on < meeting.on)


def _hint(each: DatedRule, *more: str) -> str:
    """`Clause k, at least 3 weeks before the meeting.`, and why it has no date where it has none."""
    by = f", by {plain_time(each.due.at)}" if each.due and each.due.at else ""
    rule = f"{clause_words(each.rule.clause)}, {time_words(each.rule)}{by}."
    return " ".join(part for part in (rule, each.why_undated, *more) if part)


def _rule(prep: Preparation, ids: Sequence[str]) -> DatedRule | None:
    return next((each for each in prep.rules if each.rule.id in ids), None)


# --- before -----------------------------------------------------------------------------------------------------------


def _agenda(prep: Preparation, today: date) -> Task:
    dated, kept = _rule(prep, (PAPERS,)), prep.kept.get(PAPERS)
    items = prep.agenda.size
    contents = f"{counted(items, 'item')}, {counted(prep.agenda.pages_in_all, 'page')}." if items else "No items yet."
    to_send = sum(each.item.published_in_id is None for each in prep.agenda.items)
    to_send += sum(not gap.is_published for gap in prep.agenda.gaps)
    tag: Tag | None
    if prep.agenda.is_sent and (kept is None or kept.met_on is not None):
        tag = Tag(f"{to_send} to send", "soon") if to_send else DONE
    elif prep.meeting.closed_at is not None:
        tag = _open_tag(kept, today)
    else:
        tag = _open_tag(kept, today) or (Tag("Not sent", "soon") if items else NOT_STARTED)
    due = kept.due_on if kept else dated.on if dated else None
    rel, css = _kept_rel(kept, due, today)
    return Task(
        on=due,
        rel=rel,
        rel_css=css,
        name="Send the agenda and papers",
        href=address("agenda", prep.meeting),
        hint=_hint(dated, contents) if dated else f"No clause sets a date for the agenda. {contents}",
        tag=tag,
    )


def _replies(prep: Preparation, today: date) -> Task:
    dated = _rule(prep, REPLIES_BY)
    terms = prep.register.terms
    root = next(iter(terms.quorum.rules), None) if terms else None
    clauses = clause_words(root.clause if root else None, terms.deputies.clause if terms and terms.deputies else None)
    is_over = prep.meeting.opened_at is not None
    silent = len(prep.silent)
    has_any = len(prep.held_seats) > silent
    tag = DONE if is_over or not silent else Tag(f"{silent} to ask", "soon")
    on = dated.on if dated else prep.meeting.on
    rel, css = relative(on, today) if on else ("", "")
    return Task(
        on=on,
        rel="" if is_over else rel,
        rel_css="" if is_over or tag is DONE else css,
        name="Check who is coming",
        href=address("meeting_reply", prep.meeting),
        hint=" ".join(part for part in (f"{clauses}." if clauses else "", reply_counts(prep)) if part),
        tag=tag if has_any or not is_over else None,
    )


def reply_counts(prep: Preparation) -> str:
    """`9 coming, 2 sending a deputy, 1 sent apologies, 3 have not told us.`"""
    if prep.meeting.opened_at is not None and len(prep.silent) == len(prep.held_seats):
        return "Nobody had replied when the register opened."
    parts = [
        f"{len(prep.answered(ReplyAnswer.COMING))} coming",
        f"{len(prep.answered(ReplyAnswer.DEPUTY))} sending a deputy",
    ]
    if away := len(prep.answered(ReplyAnswer.APOLOGIES)):
        parts.append(f"{away} sent apologies")
    if silent := len(prep.silent):
        parts.append(f"{silent} {'has' if silent == 1 else 'have'} not told us")
    return f"{', '.join(parts)}."


# --- on the day -------------------------------------------------------------------------------------------------------


def _register(prep: Preparation, today: date) -> Task:
    meeting, terms = prep.meeting, prep.register.terms
    root = next(iter(terms.quorum.rules), None) if terms else None
    clause = clause_words(root.clause if root else None)
    says, tag, rel_css = "", None, ""
    if meeting.closed_at:
        says, tag = f"Closed at {clock_time(meeting.closed_at)}.", DONE
    elif meeting.opened_at:
        says, tag = f"Open since {clock_time(meeting.opened_at)}.", Tag("Open", "yes")
    elif today < meeting.on:
        says = "Opens on the day."
    else:
        tag = NOT_STARTED if today == meeting.on else Tag("Not taken", "no")
    rel = plain_time(meeting.starts_at)
    if tag is not None and tag.tag == "no":
        rel, rel_css = relative(meeting.on, today)[0], "q-rel--no"
    return Task(
        on=meeting.on,
        rel=rel,
        rel_css=rel_css,
        name="Take the register and watch the quorum",
        href=address("register", meeting) if tag else "",
        hint=" ".join(part for part in (f"{clause}." if clause else "", says) if part),
        tag=tag,
        is_locked=tag is None,
    )


def _record(prep: Preparation) -> Task:
    meeting, terms = prep.meeting, prep.register.terms
    clause = clause_words(*(rule.clause for rule in terms.decisions)) if terms else ""
    items = prep.agenda.size
    tag = None
    if meeting.opened_at is not None:
        tag = Tag(f"{prep.taken} of {counted(items, 'item')}", "soon") if prep.taken else NOT_STARTED
        tag = DONE if items and prep.taken >= items and meeting.closed_at else tag
    return Task(
        on=meeting.on,
        name="Record discussion, decisions and actions",
        href=address("record", meeting) if tag else "",
        hint=f"{clause}." if clause else "",
        tag=tag,
        is_locked=tag is None,
    )


def _signing(prep: Preparation, signing: Signing, dated: DatedRule, today: date) -> Task:
    """The agreement signed at the meeting: who has not, once somebody attends; before that, whether there is a text."""
    meeting, missing = prep.meeting, not_signed(signing.signers)
    rel, css = relative(dated.on, today) if dated.on else ("", "")
    tag, href, more = None, "", ""
    if signing.agreement is None:
        tag, href = Tag("No text yet", "soon"), reverse("confidentiality", args=address_of(meeting.board))
        more = "The text of the agreement is not here yet."
    elif signing.asked:
        words = f"{len(missing)} not signed"
        tag = Tag(words, "no" if today > meeting.on else "soon") if missing else DONE
        href = address("signatures", meeting)
        more = f"{len(signing.asked) - len(missing)} of {len(signing.asked)} signed."
    hint = _hint(dated, *((more,) if more else ()))
    return Task(on=dated.on, rel=rel, rel_css=css, name=dated.rule.duty, hint=hint, tag=tag, href=href)


# --- after ------------------------------------------------------------------------------------------------------------


def _minutes(prep: Preparation, today: date) -> Task:
    dated = _rule(prep, MINUTES)
    kept = prep.kept.get(dated.rule.id) if dated else None
    due = kept.due_on if kept else dated.on if dated else None
    tag, sent = None, ""
    if prep.minutes is not None:
        at = prep.minutes.sent_at.astimezone(LONDON)
        tag, sent = DONE, f"Version {prep.minutes.version} sent on {short_date(at.date())}."
    elif prep.meeting.closed_at:
        tag = _open_tag(kept, today) or NOT_STARTED
    rel, css = _kept_rel(kept, due, today) if tag else ("", "")
    return Task(
        on=due,
        rel=rel,
        rel_css=css,
        name=f"Send {FEATURES[dated.rule.id]}" if dated else "Send the minutes",
        href=address("minutes", prep.meeting) if tag else "",
        hint=_hint(dated, sent) if dated else f"No clause sets a date for the minutes. {sent}".strip(),
        tag=tag,
        is_locked=tag is None,
    )


# --- in words ---------------------------------------------------------------------------------------------------------


def address(name: str, meeting: Meeting) -> str:
    """The page of that name for the meeting."""
    return reverse(name, args=(*address_of(meeting.board), meeting.address))


def _open_tag(kept: Obligation | None, today: date) -> Tag | None:
    """How late a duty is that nobody has met; None while it is not."""
    days = (today - kept.due_on).days if kept and kept.is_open else 0
    return Tag(f"{counted(days, 'day')} late", "no") if days > 0 else None


def _kept_rel(kept: Obligation | None, due: date | None, today: date) -> tuple[str, str]:
    """`on time`, `2 days late`, `waived`, or how far away it is."""
    if due is None:
        return "", ""
    if kept is not None and kept.waived_at is not None:
        return "waived", ""
    if kept is not None and kept.met_on is not None:
        late = (kept.met_on - due).days
        return (f"{counted(late, 'day')} late", "q-rel--no") if late > 0 else ("on time", "")
    words, css = relative(due, today)
    return words, "q-rel--no" if kept is not None and due < today else css


def _by_date(task: Task) -> tuple[bool, date]:
    return task.on is None, task.on or date.max


def _progress(tasks: Iterable[Task]) -> str:
    with_state = [task for task in tasks if task.tag is not None]
    return f"{sum(task.is_done for task in with_state)} of {len(with_state)} completed"


def _where(meeting: Meeting) -> str:
    place = [part for part in (meeting.place, "by video" if meeting.video_link else "") if part]
    return f"{short_date(meeting.on)}, {listed(place)}" if place else short_date(meeting.on)
