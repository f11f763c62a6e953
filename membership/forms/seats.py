"""What the acts on a seat send back. Each form says from which state of the seat it was drawn (`seen`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms

from membership.models import Appointment, Grade
from partnership.forms.addresses import AddressField
from partnership.forms.days import DayField
from partnership.models import User
from partnership.names import plain_name
from partnership.rules.attendance.deputies import DeputyRule, Requirement

LONGEST_REASON, LONGEST_NAME = 300, 150
UNREADABLE = dict.fromkeys(("required", "invalid"), "This form could not be read. Open the page again.")
SOMEBODY_NEW = ""
AUTHORITY = (("yes", "Yes"), ("no", "No"), ("", "Nobody has said yet"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a seat lets be chosen: people known in the partnership, grades of its agency, the rule on deputies."""

    people: Sequence[tuple[int, str]] = ()
    grades: Sequence[tuple[int, str]] = ()
    member: str = ""
    rule: DeputyRule | None = None
    initial: dict[str, Any] = field(default_factory=dict)


class SeatForm(forms.Form):
    """What every act on a seat begins with."""

    seen = forms.IntegerField(widget=forms.HiddenInput, error_messages=UNREADABLE)

    def __init__(self, data: Any = None, *, choices: Choices) -> None:
        super().__init__(data, initial=choices.initial)
        self.offered = choices
        grade = self.fields.get("grade")
        if isinstance(grade, forms.ChoiceField):
            grade.choices = [("", "Not known"), *choices.grades]
            if not choices.grades:
                del self.fields["grade"]

    @property
    def chosen_grade(self) -> Grade | None:
        """The grade chosen, as a row."""
        chosen = self.cleaned_data.get("grade")
        return Grade.objects.filter(pk=chosen).first() if chosen else None


def text_field(label: str, *, required: str = "", longest: int = LONGEST_REASON) -> forms.CharField:
    """A line of words; `required` is the sentence that asks for it."""
    messages = {"max_length": f"Use at most {longest} characters."} | ({"required": required} if required else {})
    return forms.CharField(
        label=label,
        max_length=longest,
        required=bool(required),
        error_messages=messages,
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-!-width-two-thirds"}),
    )


def _grade() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label="Grade on the agency's own ladder",
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"invalid_choice": "Choose a grade of this agency."},
    )


def invite_field() -> forms.BooleanField:
    """Whether an invitation to sign in goes out with the act."""
    return forms.BooleanField(
        label="Invite them to sign in, if they have not been here before",
        required=False,
        initial=True,
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
    )


class PersonForm(SeatForm):
    """Somebody known in the partnership, or somebody new by name and address; one account for one address."""

    invite = invite_field()

    who = forms.TypedChoiceField(
        label="Who",
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"invalid_choice": "Choose one of the people."},
    )
    name = text_field("Name of somebody new", longest=LONGEST_NAME)
    email = AddressField(
        label="Work e-mail address of somebody new",
        required=False,
        error_messages={
            "invalid": "Enter an e-mail address, like name@example.org.",
            "max_length": "Use at most 254 characters.",
        },
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-!-width-two-thirds", "inputmode": "email"}),
    )

    def __init__(self, data: Any = None, *, choices: Choices) -> None:
        super().__init__(data, choices=choices)
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)
        who.choices = [(SOMEBODY_NEW, "Somebody new, named below"), *choices.people]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        name, email = plain_name(cleaned.get("name") or ""), cleaned.get("email")
        is_said = cleaned.get("who") is not None
        if is_said and (name or email):
            self.add_error("who", "Choose somebody, or name somebody new: not both.")
        if not is_said and "who" not in self.errors:
            if not name and "name" not in self.errors:
                self.add_error("name", "Choose who it is, or enter the name of somebody new.")
            if not email and "email" not in self.errors:
                self.add_error("email", "Enter their work e-mail address.")
        if not self.errors and self.known is not None and (self.known.is_system or not self.known.is_active):
            self.add_error("who" if is_said else "email", "That account is closed. Choose or enter somebody else.")
        return cleaned

    @property
    def person_name(self) -> str:
        """How the person is called, before they are entered."""
        chosen = self.cleaned_data.get("who")
        return dict(self.offered.people).get(chosen, "") if chosen else plain_name(self.cleaned_data["name"])

    @property
    def known(self) -> User | None:
        """The person, where they have an account; by their address, whoever's partnership entered it."""
        if self.cleaned_data.get("who"):
            return User.objects.filter(pk=self.cleaned_data["who"]).first()
        return User.objects.filter(email=self.cleaned_data["email"]).first()


class AppointForm(PersonForm):
    starts_on = DayField("Enter their first day.", label="First day")
    ends_on = DayField(label="Last day (leave empty while it is open)", required=False)
    grade = _grade()


class HandOverForm(PersonForm):
    starts_on = DayField("Enter the successor's first day.", label="First day of the successor")
    grade = _grade()
    reason = text_field("Why the seat changes hands", required="Say why the seat changes hands.")


class DeputyForm(PersonForm):
    """A deputy to be named: what the board's own rule asks of one, and nothing else."""

    starts_on = DayField("Enter their first day.", label="First day")
    ends_on = DayField(label="Last day (leave empty while it is open)", required=False)
    grade = _grade()
    authority = forms.ChoiceField(
        required=False,
        choices=AUTHORITY,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the answers."},
    )
    declared_by = text_field("Who declared that", longest=LONGEST_NAME)
    deputy_reason = text_field("Why this deputy is named")

    def __init__(self, data: Any = None, *, choices: Choices) -> None:
        super().__init__(data, choices=choices)
        member = choices.member or "the member"
        self.fields["authority"].label = f"Does the deputy have the same decision-making authority as {member}?"

    @property
    def asks_authority(self) -> bool:
        rule = self.offered.rule
        return rule is not None and rule.authority is not Requirement.NOT_ASKED

    @property
    def shows_reason(self) -> bool:
        """Asked for only once the terms ask for it, or where one was given."""
        return bool(self["deputy_reason"].errors or self["deputy_reason"].value())

    @property
    def has_same_authority(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["authority"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("authority") and not (cleaned.get("declared_by") or "").strip():
            self.add_error("declared_by", "Say who declared it.")
        return cleaned


class EndForm(SeatForm):
    ends_on = DayField("Enter the last day.", label="Last day")
    reason = text_field("Why it ends", required="Say why it ends.")


class CorrectForm(SeatForm):
    starts_on = DayField("Enter the first day.", label="First day")
    ends_on = DayField(label="Last day (leave empty while it is open)", required=False)
    grade = _grade()
    reason = text_field("Why you correct it", required="Say why you correct it.")


class LeaveForm(SeatForm):
    starts_on = DayField("Enter the first day of leave.", label="First day of leave")
    ends_on = DayField(label="Last day of leave (leave empty while nobody knows)", required=False)
    reason = text_field("Reason (optional)")


class BackForm(SeatForm):
    ends_on = DayField("Enter the last day of leave.", label="Last day of leave")


class VacantForm(SeatForm):
    starts_on = DayField("Enter from when.", label="Vacant from")
    reason = text_field("Why the seat is left vacant", required="Say why the seat is left vacant.")


class MayCommitForm(SeatForm):
    """That the person may speak for their organisation, commit it and hold it to account."""

    on = DayField("Enter when it was confirmed.", label="Confirmed on")
    confirmed_by = text_field("Who confirmed it", required="Say who confirmed it.", longest=LONGEST_NAME)


class DeclareForm(SeatForm):
    """What was declared of a deputy who is named already."""

    asks_authority = True
    on = DayField("Enter when it was declared.", label="Declared on")
    authority = forms.ChoiceField(
        label="Does the deputy have the same decision-making authority?",
        choices=AUTHORITY[:2],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose yes or no."),
    )
    declared_by = text_field("Who declared that", required="Say who declared it.", longest=LONGEST_NAME)


def days_of(appointment: Appointment) -> dict[str, Any]:
    """What a correction starts from."""
    return {
        "starts_on": appointment.starts_on,
        "ends_on": appointment.last_day,
        "grade": appointment.grade_id,
    }
