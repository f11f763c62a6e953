"""What the pages about one agency send back."""

from __future__ import annotations

from typing import Any

from django import forms

from membership.duty_holders import section_11_choices
from membership.models import Agency, AgencyKind, EducationDuty, StatutoryRole, SuccessionKind
from membership.operations.agency_identity import Identity
from membership.queries.agency_register import agencies_known_as
from partnership import clock
from partnership.forms.days import DayField
from partnership.models import Partnership

LONGEST_NAME, LONGEST_REASON, LONGEST_NOTE = 200, 300, 500
NO_DUTY = [("", "None")]


def text_field(label: str, *, missing: str = "", longest: int = LONGEST_NAME, hint: str = "") -> forms.CharField:
    """A line of text; needed where `missing` says what to enter."""
    return forms.CharField(
        label=label,
        required=bool(missing),
        max_length=longest,
        help_text=hint,
        error_messages={"required": missing, "max_length": f"Use at most {longest} characters."},
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-!-width-two-thirds"}),
    )


def reason_field(label: str, missing: str) -> forms.CharField:
    return text_field(label, missing=missing, longest=LONGEST_REASON, hint="It is kept in the history of the agency.")


def choice_field(label: str, choices: Any, missing: str = "", hint: str = "") -> forms.ChoiceField:
    """One of a list; needed where `missing` says to choose."""
    refused = missing or "Choose one of the list."
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=bool(missing),
        help_text=hint,
        error_messages={"required": refused, "invalid_choice": refused},
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )


class SeenForm(forms.Form):
    """A form that says what it was drawn from."""

    seen = forms.CharField(
        widget=forms.HiddenInput,
        max_length=64,
        error_messages=dict.fromkeys(("required", "max_length"), "This form could not be read. Open the page again."),
    )


class PlacedForm(forms.Form):
    """A form on the register of one partnership, in which other agencies are named by name."""

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partnership = partnership

    def agency_called(self, field: str) -> Agency | None:
        """The one agency of the register that bears the name in that field; None for an empty field."""
        name: str = self.cleaned_data.get(field) or ""
        if not name:
            return None
        found = agencies_known_as(name=name, on=clock.today(), partnership=self.partnership)
        if not found:
            raise forms.ValidationError("No agency of this register is known by that name. Copy it from the register.")
        if len(found) > 1:
            raise forms.ValidationError("More than one agency of this register is known by that name.")
        return found[0]


class IdentityForm(PlacedForm):
    """What an agency is besides its names."""

    kind = choice_field("Kind", [("", "Choose"), *AgencyKind.choices], "Choose the kind of agency.")
    statutory_role = choice_field(
        "Statutory role", [("", "Choose"), *StatutoryRole.choices], "Choose its statutory role."
    )
    section_11 = choice_field(
        "Duty under section 11 of the Children Act 2004 (optional)",
        lambda: [*NO_DUTY, *section_11_choices()],
        hint="The kinds of body that have it.",
    )
    education_duty = choice_field(
        "Duty under the Education Act 2002 (optional)",
        EducationDuty.choices,
        hint="Section 175: maintained schools, colleges, local authorities. Section 157: academies and other schools.",
    )
    parent = text_field("Part of (optional)", hint="The name of the agency that it belongs to, as the register has it.")

    def clean_parent(self) -> Agency | None:
        return self.agency_called("parent")

    @property
    def identity(self) -> Identity:
        said = self.cleaned_data
        return Identity(
            AgencyKind(said["kind"]),
            StatutoryRole(said["statutory_role"]),
            said["section_11"],
            EducationDuty(said["education_duty"]),
            said["parent"],
        )


class AddForm(IdentityForm):
    """An agency that is new to the register."""

    name = text_field("Name", missing="Enter its name.")
    aliases = text_field(
        "Also known as (optional)", longest=LONGEST_NOTE, hint="Short forms and other names, with ; between them."
    )
    is_another = forms.BooleanField(required=False, label="It is another organisation with the same name")

    field_order = ("name", "aliases", "kind", "statutory_role", "section_11", "education_duty", "parent", "is_another")

    def clean_aliases(self) -> list[str]:
        names = list(dict.fromkeys(name.strip() for name in self.cleaned_data["aliases"].split(";") if name.strip()))
        if any(len(name) > LONGEST_NAME for name in names):
            raise forms.ValidationError(f"Use at most {LONGEST_NAME} characters for each name.")
        own: str = self.cleaned_data.get("name") or ""
        return [name for name in names if name != own]


class ChangeForm(SeenForm, IdentityForm):
    """What the agency is, said anew."""

    reason = reason_field("Why it changes", "Say why it changes.")


class RenameForm(SeenForm):
    """A further name, and from when."""

    name = text_field("New name", missing="Enter the new name.")
    from_on = DayField(label="From", missing="Enter the day from which it is called so.")


class AliasForm(forms.Form):
    """A further name by which it is known."""

    name = text_field("Also known as", missing="Enter the name.")


class OurNameForm(SeenForm):
    """How the partnership's own pages call it."""

    name = text_field("Our name for it", hint="Leave it empty to use the agency's own name.")


class SucceedForm(PlacedForm):
    """Which agency came after, when, and what went to it."""

    successor = text_field("The agency that came after", missing="Enter the name of the agency that came after.")
    kind = forms.ChoiceField(
        label="What happened",
        choices=SuccessionKind.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose what happened."),
    )
    on = DayField(label="From", missing="Enter the day on which it happened.")
    seats = forms.MultipleChoiceField(
        label="Seats that go to it",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose seats of this agency only."},
    )
    moves_listing = forms.BooleanField(
        required=False, label="Its line on the list of relevant agencies goes to it, too"
    )
    what_moved = text_field("What else moved (optional)", longest=LONGEST_NOTE, hint="Only this partnership reads it.")

    def __init__(self, *args: Any, seats: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["seats"]
        assert isinstance(field, forms.MultipleChoiceField), "declared above"
        field.choices = seats
        if not seats:
            del self.fields["seats"]

    def clean_successor(self) -> Agency | None:
        return self.agency_called("successor")


class ReasonForm(forms.Form):
    """Why something ends."""

    reason = reason_field("Why", "Say why.")


class ListForm(forms.Form):
    """A line of the list of relevant agencies."""

    category = text_field("Heading on the list", missing="Enter the heading, such as health.", longest=100)
    listed_as = text_field("Listed as", missing="Enter the name as the list has it.", longest=250)
    source = text_field("Where the list is", missing="Say where the list is, such as Appendix 2.")
    since = DayField(label="From", missing="Enter the day from which it is listed.")
    note = text_field("Note (optional)", longest=LONGEST_REASON)


class UnlistForm(forms.Form):
    """From when it is off the list, and why."""

    on = DayField(label="From", missing="Enter the day from which it is off the list.")
    reason = reason_field("Why", "Say why it is taken off.")


class OfficerForm(SeenForm):
    """Who answers for the agency."""

    name = text_field("Name", missing="Enter their name.", longest=150)
    post = text_field("Post", missing="Enter their post.", longest=150)
    from_on = DayField(label="From", missing="Enter the day from which they answer for it.")


class EndOfficerForm(forms.Form):
    """From when nobody is named."""

    on = DayField(label="From", missing="Enter the day from which they do not answer for it.")
    reason = reason_field("Why", "Say why.")


class LadderForm(forms.Form):
    """A further ladder."""

    name = text_field("Name of the ladder", missing="Enter a name, such as Officers' ranks.", longest=100)
    grades = forms.CharField(
        label="Grades",
        help_text="One a line, the most senior first.",
        max_length=5_000,
        error_messages={"required": "Enter the grades, one a line.", "max_length": "Use at most 5,000 characters."},
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 8}),
    )

    def clean_grades(self) -> list[str]:
        names = [line.strip() for line in self.cleaned_data["grades"].splitlines() if line.strip()]
        if len({name.casefold() for name in names}) < len(names):
            raise forms.ValidationError("Each grade stands on the ladder once.")
        if any(len(name) > LONGEST_GRADE for name in names):
            raise forms.ValidationError(f"Use at most {LONGEST_GRADE} characters for each grade.")
        return names


LONGEST_GRADE = 100


class RungForm(SeenForm):
    """A further rung, or another name for one."""

    name = text_field("Grade", missing="Enter the grade.", longest=LONGEST_GRADE)
