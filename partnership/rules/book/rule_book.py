"""A whole constitution as people read it: chapters of rules, each a sentence beside its clause and reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from partnership.rules.book import arrangement_sentences as arrangements
from partnership.rules.book import duty_rule_sentences as duties
from partnership.rules.book import rule_sentences as sentences
from partnership.rules.clauses import Clause, Reading
from partnership.rules.constitution import Accountability, Constitution, Statement
from partnership.rules.quorum.terms import Counting, Group, QuorumTerms, Seat, Test, YesNoRule


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInWords:
    """One rule: its sentence, what else there is to say, its clause and reading, and the parts inside it.

    A part without a clause of its own stands on its parent's and has None here. `family` says among which ids its own
    is permanent: those of all rules, or of the seats, offices or capacities.
    """

    id: str
    sentence: str
    clause: Clause | None
    reading: Reading | None
    details: tuple[str, ...] = ()
    parts: tuple[RuleInWords, ...] = ()
    family: str = "rules"

    @property
    def key(self) -> tuple[str, str]:
        """By what the rule is known in every version."""
        return self.family, self.id

    @property
    def is_plain(self) -> bool:
        """Whether its sentence is all there is to say of it."""
        return self.clause is None and self.reading is None and not self.parts

    @property
    def number(self) -> int:
        """How many rules this is, its parts included."""
        return 1 + sum(part.number for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """The rules about one thing; none when the source says nothing of it (`not_stated`)."""

    id: str
    title: str
    rules: tuple[RuleInWords, ...]
    not_stated: str = ""

    @property
    def number(self) -> int:
        """How many rules stand in it."""
        return sum(rule.number for rule in self.rules)


NOT_STATED = {
    "quorum": "These terms state no quorum.",
    "inquorate": "These terms do not say what a meeting without a quorum may do.",
    "deputies": "These terms do not say who may come in a member's place.",
    "deadlines": "These terms set no deadline.",
    "frequency": "These terms do not say how often the group meets.",
    "attendance": "These terms ask for no rate of attendance.",
    "decisions": "These terms do not say how decisions are made.",
    "urgent_decisions": "These terms do not say who decides what cannot wait for a meeting.",
    "standing_items": "These terms name no standing item of the agenda.",
    "documents": "These terms do not say who receives which document.",
    "signatories": "These terms do not say who signs a version.",
    "purpose": "These terms state no purpose.",
    "accountable_to": "These terms do not say to whom the group answers.",
    "seats": "These terms do not list the members.",
}


def rule_book(constitution: Constitution, *, bodies: Mapping[str, str] = arrangements.NO_NAMES) -> tuple[Chapter, ...]:
    """Every chapter that has rules, or on which the source is known to be silent, in reading order.

    `bodies` gives the names, by id, of other bodies that the rules speak of; without one its id is shown.
    """
    terms = constitution.quorum
    written: tuple[tuple[str, str, Iterable[RuleInWords]], ...] = (
        ("quorum", "Quorum", _quorum(terms)),
        ("counting", "Who counts", _who_counts(terms)),
        ("inquorate", "Without a quorum", _without_a_quorum(terms)),
        ("seats", "Members", map(_seat, terms.seats)),
        ("deputies", "Deputies", _deputies(constitution)),
        ("deadlines", "Deadlines", _deadlines(constitution)),
        ("frequency", "How often it meets", _frequency(constitution)),
        ("attendance", "Attendance", _attendance(constitution)),
        ("decisions", "Decisions", _decisions(constitution)),
        ("urgent_decisions", "Urgent decisions", _urgent_decisions(constitution)),
        ("written_resolutions", "Written resolutions", _written_resolutions(constitution)),
        ("delegations", "Delegation", _delegations(constitution, bodies)),
        ("standing_items", "Standing items", _standing_items(constitution)),
        ("documents", "Who receives what", _documents(constitution)),
        ("signatories", "Who signs a version", _signatories(constitution)),
        ("purpose", "What the group is for", _purpose(constitution)),
        ("accountable_to", "Accountability", _accountability(constitution)),
        ("support", "Support and other provisions", map(_statement, constitution.support + constitution.provisions)),
    )
    chapters = (
        Chapter(
            id=section,
            title=title,
            rules=(rules := tuple(each)),
            not_stated="" if rules or section not in constitution.not_stated else NOT_STATED.get(section, ""),
        )
        for section, title, each in written
    )
    return tuple(chapter for chapter in chapters if chapter.rules or chapter.not_stated)


# --- quorum -----------------------------------------------------------------------------------------------------------


def _quorum(terms: QuorumTerms) -> Iterable[RuleInWords]:
    for rule in terms.rules:
        yield RuleInWords(
            id=rule.id,
            sentence=sentences.quorum_sentence(rule, terms),
            clause=rule.clause,
            reading=rule.reading,
            details=(sentences.tested_sentence(rule), *_dated(sentences.period_words(rule.in_force))),
            parts=_parts(rule.test, terms),
        )
    if terms.determination:
        rule_words = sentences.determination_sentence(terms.determination, terms)
        yield _in_words(terms.determination.id, rule_words, terms.determination.clause, terms.determination.reading)


def _dated(words: str) -> tuple[str, ...]:
    return (f"It is in force {words}.",) if words else ()


def _parts(test: Test, terms: QuorumTerms) -> tuple[RuleInWords, ...]:
    if not isinstance(test, Group):
        return ()
    return tuple(
        RuleInWords(
            id=part.id,
            sentence=sentences.part_sentence(part, terms),
            clause=part.clause,
            reading=part.reading,
            parts=_parts(part, terms),
        )
        for part in test.of
    )


def _who_counts(terms: QuorumTerms) -> Iterable[RuleInWords]:
    for capacity in terms.capacities.values():
        words = sentences.capacity_sentence(capacity)
        yield _in_words(capacity.id, words, capacity.clause, capacity.reading, family="capacities")
    for office in terms.offices.values():
        words = sentences.office_sentence(office)
        yield _in_words(office.id, words, office.clause, office.reading, family="offices")
    yield from _counting(terms.counting, terms)


def _counting(counting: Counting, terms: QuorumTerms) -> Iterable[RuleInWords]:
    if (conflict := counting.conflicted) is not None:
        yield _in_words(conflict.id, sentences.conflict_sentence(conflict), conflict.clause, conflict.reading)
    plain: tuple[tuple[YesNoRule | None, str, str], ...] = (
        (
            counting.suspended_in_base,
            "A suspended member stays in the number the quorum is worked out from.",
            "A suspended member is taken off the number the quorum is worked out from.",
        ),
        (
            counting.remote_counts,
            "Someone who joins remotely counts as present.",
            "Someone who joins remotely is not counted.",
        ),
        (
            counting.improper_deputy_counts,
            "A deputy who falls short of the rule still counts.",
            "A deputy who falls short of the rule is recorded and not counted.",
        ),
        (
            counting.unit_counts_once,
            "A household or body counts once, however many of it come.",
            "Every person of a household or body counts.",
        ),
    )
    for rule, yes, no in plain:
        if rule is not None:
            yield _in_words(rule.id, yes if rule.value else no, rule.clause, rule.reading)
    if (same := counting.same_organisation) is not None:
        words = f"Several people of one organisation count {same.value}."
        yield _in_words(same.id, words, same.clause, same.reading)
    for separate in counting.separate_offices:
        names = [terms.offices[each].name if each in terms.offices else each for each in separate.offices]
        words = f"One person does not fill more than one of these offices at a meeting: {', '.join(names)}."
        yield _in_words(separate.id, words, separate.clause, separate.reading)


def _without_a_quorum(terms: QuorumTerms) -> Iterable[RuleInWords]:
    for rule in terms.inquorate:
        yield _in_words(rule.id, sentences.inquorate_sentence(rule), rule.clause, rule.reading)


# --- the rest ---------------------------------------------------------------------------------------------------------


def _seat(seat: Seat) -> RuleInWords:
    number = f"{seat.count} " if seat.count > 1 else ""
    as_what = f", as {seat.capacity.replace('-', ' ')}" if seat.capacity != "member" else ""
    return _in_words(seat.id, f"{number}{seat.name}{as_what}.", seat.clause, seat.reading, family="seats")


def _deputies(constitution: Constitution) -> Iterable[RuleInWords]:
    if (rule := constitution.deputies) is not None:
        yield _in_words(rule.id, duties.deputy_sentence(rule), rule.clause, rule.reading)


def _deadlines(constitution: Constitution) -> Iterable[RuleInWords]:
    for rule in constitution.deadlines:
        yield _in_words(rule.id, duties.deadline_sentence(rule), rule.clause, rule.reading)


def _frequency(constitution: Constitution) -> Iterable[RuleInWords]:
    for rule in constitution.frequency:
        yield _in_words(rule.id, duties.frequency_sentence(rule), rule.clause, rule.reading)


def _attendance(constitution: Constitution) -> Iterable[RuleInWords]:
    if (policy := constitution.attendance) is not None:
        yield _in_words(policy.id, duties.attendance_sentence(policy), policy.clause, policy.reading)
    for rule in constitution.absences:
        yield _in_words(rule.id, duties.absence_sentence(rule), rule.clause, rule.reading)


def _decisions(constitution: Constitution) -> Iterable[RuleInWords]:
    for rule in constitution.decisions:
        yield _in_words(rule.id, duties.decision_sentence(rule, constitution.quorum), rule.clause, rule.reading)


def _urgent_decisions(constitution: Constitution) -> Iterable[RuleInWords]:
    for rule in constitution.urgent_decisions:
        words = arrangements.urgent_sentence(rule, constitution.quorum)
        yield _in_words(rule.id, words, rule.clause, rule.reading)


def _written_resolutions(constitution: Constitution) -> Iterable[RuleInWords]:
    for rule in constitution.written_resolutions:
        yield _in_words(rule.id, arrangements.written_sentence(rule), rule.clause, rule.reading)


def _delegations(constitution: Constitution, bodies: Mapping[str, str]) -> Iterable[RuleInWords]:
    for rule in constitution.delegations:
        yield _in_words(rule.id, arrangements.delegation_sentence(rule, bodies), rule.clause, rule.reading)


def _standing_items(constitution: Constitution) -> Iterable[RuleInWords]:
    for rule in constitution.standing_items:
        yield _in_words(rule.id, arrangements.standing_item_sentence(rule), rule.clause, rule.reading)


def _documents(constitution: Constitution) -> Iterable[RuleInWords]:
    for rule in constitution.documents:
        words = arrangements.distribution_sentence(rule, constitution.quorum)
        yield _in_words(rule.id, words, rule.clause, rule.reading)


def _signatories(constitution: Constitution) -> Iterable[RuleInWords]:
    if (rule := constitution.signatories) is not None:
        words = arrangements.signatories_sentence(rule, constitution.quorum)
        yield _in_words(rule.id, words, rule.clause, rule.reading)


def _purpose(constitution: Constitution) -> Iterable[RuleInWords]:
    yield from map(_statement, constitution.purpose + constitution.objectives + constitution.responsibilities)


def _statement(statement: Statement) -> RuleInWords:
    """The words of a statement are its rule, so the sentence is the clause's own paraphrase."""
    return _in_words(statement.id, statement.clause.words, statement.clause, statement.reading)


def _accountability(constitution: Constitution) -> Iterable[RuleInWords]:
    if (rule := constitution.accountable_to) is not None:
        yield _accounts(rule)
    yield from map(_accounts, constitution.mutual_accountability)


def _accounts(rule: Accountability) -> RuleInWords:
    return _in_words(rule.id, rule.clause.words, rule.clause, rule.reading)


def _in_words(
    rule_id: str, sentence: str, clause: Clause | None, reading: Reading | None, *, family: str = "rules"
) -> RuleInWords:
    return RuleInWords(id=rule_id, sentence=sentence, clause=clause, reading=reading, family=family)
