"""What the page of a reply sends back: three answers of one weight, and what the terms ask about a deputy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from meetings.deputy_checks import DeputySaid
from meetings.models import Reply, ReplyAnswer
from membership.models import Appointment
from partnership.models import User
from partnership.rules.attendance.deputies import DeputyRule, Requirement, WhoMayDeputise
from partnership.rules.plain_dates import counted

LONGEST = 300
NOT_KNOWN = ""

UNREADABLE = dict.fromkeys(("required", "invalid"), "This form could not be read. Open the page again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a seat may reply: its deputies, others who could stand in, and the rule on deputies (None: no rule).

    `is_own` when the reader represents the seat, `member` who does; `must_be_said` where what the terms ask about a
    deputy cannot be left open; `shows_reasons` where the reader may read what was said with the answer before.
    """

    member: str
    deputies: Sequence[Appointment]
    others: Sequence[User]
    rule: DeputyRule | None
    is_own: bool
    must_be_said: bool
    shows_reasons: bool

    @property
    def lets_a_deputy(self) -> bool:
        return self.rule is None or self.rule.who is not WhoMayDeputise.NOBODY

    @property
    def asks_authority(self) -> bool:
        return self.rule is not None and self.rule.authority is not Requirement.NOT_ASKED

    @property
    def asks_grade(self) -> bool:
        return self.rule is not None and self.rule.grade is not Requirement.NOT_ASKED

    def people(self) -> dict[int, str]:
        """Whom the seat may send, by the id of the person."""
        named = {deputy.person_id: f"{deputy.person.name}, named deputy" for deputy in self.deputies}
        return named | {person.pk: person.name for person in self.others}

    def is_declared(self, person_id: int) -> bool:
        """Whether that deputy's authority was declared when they were named."""
        return any(deputy.person_id == person_id and deputy.has_same_authority is not None for deputy in self.deputies)


class ReplyForm(forms.Form):
    """The reply of one seat. `seen` is how many replies of the seat the form was drawn from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, error_messages=UNREADABLE)
    answer = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the answers.", "invalid_choice": "Choose one of the answers."},
    )
    who = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose who comes."},
    )
    authority = forms.ChoiceField(
        required=False, widget=forms.RadioSelect, error_messages={"invalid_choice": "Choose yes or no."}
    )
    grade = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose the grade."},
    )
    deputy_reason = forms.CharField(
        label="Why this deputy comes",
        max_length=LONGEST,
        required=False,
        error_messages={"max_length": f"Use at most {LONGEST} characters."},
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-!-width-two-thirds"}),
    )
    reason = forms.CharField(
        label="Reason (optional)",
        max_length=LONGEST,
        required=False,
        error_messages={"max_length": f"Use at most {LONGEST} characters."},
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-!-width-two-thirds"}),
    )

    def __init__(self, data: Any = None, *, offer: Offer, given: Reply | None, seen: int) -> None:
        self.offer = offer
        super().__init__(data, initial=_initial(offer, given, seen))
        for name, label, choices in _choices(offer):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.label, field.choices = label, choices

    @property
    def shows_deputy_reason(self) -> bool:
        """Asked for only once the terms ask for it, or where one was given."""
        return bool(self["deputy_reason"].errors or self["deputy_reason"].value())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") != ReplyAnswer.DEPUTY:
            return cleaned
        person = cleaned.get("who")
        if person is None and "who" not in self.errors:
            self.add_error("who", "Choose who comes." if self.offer.people() else "Nobody is named as your deputy.")
        is_unsaid = not cleaned.get("authority") and person is not None and not self.offer.is_declared(person)
        if self.offer.must_be_said and self.offer.asks_authority and is_unsaid and "authority" not in self.errors:
            self.add_error("authority", "Say whether your deputy has the same decision-making authority as you.")
        return cleaned

    def said(self) -> DeputySaid:
        """What the form says of the deputy."""
        authority = self.cleaned_data["authority"]
        return DeputySaid(
            has_same_authority=None if authority == NOT_KNOWN else authority == "yes",
            grades_lower=self.cleaned_data["grade"],
            reason=self.cleaned_data["deputy_reason"],
        )


def _initial(offer: Offer, given: Reply | None, seen: int) -> dict[str, Any]:
    people = list(offer.people())
    usual = people[0] if offer.deputies or len(people) == 1 else None
    if given is None:
        return {"seen": seen, "who": usual}
    said = {True: "yes", False: "no", None: NOT_KNOWN}[given.said_authority]
    answered = {
        "seen": seen,
        "answer": given.answer,
        "who": given.person_id if given.answer == ReplyAnswer.DEPUTY else usual,
    }
    if not offer.shows_reasons:
        return answered
    return answered | {
        "authority": said,
        "grade": given.said_grades_lower,
        "deputy_reason": given.deputy_reason,
        "reason": given.reason,
    }


def _choices(offer: Offer) -> list[tuple[str, str, list[tuple[Any, str]]]]:
    """The label and the choices of each question, in the words of whoever answers it."""
    member = "you" if offer.is_own else offer.member or "the member"
    answers: list[tuple[Any, str]] = [(ReplyAnswer.COMING.value, f"Yes, {_is_coming(offer)}")]
    if offer.lets_a_deputy:
        answers.append((ReplyAnswer.DEPUTY.value, f"No, {'my' if offer.is_own else 'a'} deputy will come"))
    answers.append((ReplyAnswer.APOLOGIES.value, "No one can come"))
    authority: list[tuple[Any, str]] = [("yes", "Yes"), ("no", "No")]
    if not offer.must_be_said:
        authority.append((NOT_KNOWN, "Not known"))
    return [
        ("answer", "Are you coming?" if offer.is_own else "Who is coming?", answers),
        ("who", "Who comes", list(offer.people().items())),
        ("authority", f"Does the deputy have the same decision-making authority as {member}?", authority),
        ("grade", f"What grade is the deputy, compared with {member}?", _grades(offer.rule)),
    ]


def _is_coming(offer: Offer) -> str:
    return "I am coming" if offer.is_own else f"{offer.member or 'the member'} is coming"


def _grades(rule: DeputyRule | None) -> list[tuple[Any, str]]:
    """As far below as the rule allows, one by one, and then everything beyond that."""
    if rule is None:
        return []
    below = rule.grades_below
    same = "The same grade, or higher" if rule.higher_grade_fits else "The same grade"
    choices = [] if rule.higher_grade_fits else [(-1, "Higher")]
    choices += [(0, same), *((number, f"{counted(number, 'grade')} lower") for number in range(1, below + 1))]
    return [*choices, (below + 1, f"More than {counted(below, 'grade')} lower" if below else "Lower")]
