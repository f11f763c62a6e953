"""Who hears at a step: whom the duty concerns, people in the roles that the terms name, and whom their words mean.

A step never tells nobody: where nobody is what the terms name, the team hears, and its message says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from partnership.models import Obligation, User
from partnership.obligations import causes
from partnership.obligations.holders import held_by_word
from partnership.obligations.hours import TEAM_ROLES, Step, told_steps
from partnership.obligations.team import overseers_of
from partnership.rights import Role


@dataclass(frozen=True, slots=True)
class Hearers:
    """Of one obligation on one day. `may_hear` is asked of everybody whom it does not concern."""

    concerned: tuple[User, ...]
    by_role: Mapping[Role, list[User]]
    by_word: Mapping[str, list[User]]
    may_hear: Callable[[User], bool]

    def at(self, step: Step) -> list[User]:
        """Everybody who hears at that step, each once."""
        people = [*(self.concerned if step.is_reminder else ())]
        beyond = [person for role in sorted(step.roles) for person in self.by_role.get(role, ())]
        beyond += [person for word in step.words for person in self.by_word.get(word, ())]
        if self.nobody_is(step):
            beyond += self.team
        people += [person for person in beyond if person in people or self.may_hear(person)]
        return list({person.pk: person for person in people}.values())

    def at_any(self, steps: Iterable[Step]) -> list[User]:
        """Whom it concerns, and everybody who hears at one of these."""
        people = [*self.concerned, *(person for step in steps for person in self.at(step))]
        return list({person.pk: person for person in people}.values())

    def nobody_is(self, step: Step) -> tuple[str, ...]:
        """The words of that step which tell nobody: there is no such person, or they may not hear of it."""
        vacant = tuple(
            role.label.lower() for role in sorted(step.roles - TEAM_ROLES) if not self._any_of(self.by_role.get(role))
        )
        return (*vacant, *(word for word in step.words if not self._any_of(self.by_word.get(word))))

    @property
    def team(self) -> list[User]:
        return [person for role in sorted(TEAM_ROLES) for person in self.by_role.get(role, ())]

    def _any_of(self, people: Iterable[User] | None) -> bool:
        return any(person in self.concerned or self.may_hear(person) for person in people or ())


def hearers_of(obligations: Iterable[Obligation], on: date) -> dict[int, Hearers]:
    """Who may hear of each, by the obligation's id. Their number costs no queries."""
    those = list(obligations)
    recipients, overseers = causes.recipients_of(those, on), overseers_of(those, on)
    asked: dict[str, list[Obligation]] = {}
    escalated: dict[int, Obligation] = {}
    for each in those:
        for step in told_steps(each):
            for word in step.words:
                asked.setdefault(word, []).append(each)
            if step.words or step.roles:
                escalated[each.pk] = each
    needed = {each.pk: each for found in asked.values() for each in found}
    needed |= {pk: each for pk, each in escalated.items() if causes.is_of_one_person(each)}
    rows = causes.loaded(needed.values()) if needed else {}
    held = held_by_word(asked, rows, on)
    return {
        each.pk: Hearers(
            concerned=tuple(recipients.get(each.pk, ())),
            by_role=overseers[each.pk],
            by_word={word: found[each.pk] for word, found in held.items() if each.pk in found},
            may_hear=_asker(each, rows.get(each.pk), on),
        )
        for each in those
    }


def _asker(obligation: Obligation, row: object, on: date) -> Callable[[User], bool]:
    if not causes.is_of_one_person(obligation):
        return lambda _: True
    # Of what is the group's, everybody named by the terms hears.
    may_hear = causes.cause_of(obligation.cause_type).may_hear if causes.is_of_one_person(obligation) else None
    if may_hear is None or row is None:
        return lambda _: False
    known: dict[int, bool] = {}

    def asked(person: User) -> bool:
        if person.pk not in known:
            known[person.pk] = may_hear(row, person, on)
        return known[person.pk]

    return asked
