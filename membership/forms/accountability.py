"""What the pages of lead representatives, officers and statements send back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django import forms

from membership.forms.seats import LONGEST_NAME, text_field
from membership.models import DelegatedOfficer
from membership.operations.accountability import Authorities
from partnership.forms.addresses import AddressField
from partnership.forms.days import DayField
from partnership.names import plain_name

LONGEST = 5000
AUTHORITIES = [
    (each.name, str(DelegatedOfficer._meta.get_field(each.name).verbose_name).capitalize())  # type: ignore[union-attr]
    for each in fields(Authorities)
]


class EndForm(forms.Form):
    """The last day of somebody who leads or acts for an agency."""

    ends_on = DayField("Enter the last day.", label="Last day")
    reason = text_field("Why it ends", required="Say why it ends.")


class OfficerForm(forms.Form):
    """An officer who acts for a statutory partner, how far, from when to when."""

    agency = forms.ChoiceField(
        label="Statutory partner",
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose the statutory partner."),
    )
    name = text_field("Name", required="Enter the name.", longest=LONGEST_NAME)
    email = AddressField(
        label="Work e-mail address",
        help_text="An account with this address is used; otherwise one is entered under the name above.",
        error_messages={"required": "Enter the e-mail address.", "invalid": "Enter an address like name@example.org."},
        widget=forms.EmailInput(attrs={"class": "govuk-input govuk-!-width-two-thirds", "autocomplete": "off"}),
    )
    post = text_field("Post", required="Enter the post that they hold.", longest=LONGEST_NAME)
    authorities = forms.MultipleChoiceField(
        label="What they may do for the agency",
        choices=AUTHORITIES,
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice", "invalid_list"), "Choose what they may do for the agency."
        ),
    )
    starts_on = DayField("Enter their first day.", label="First day")
    ends_on = DayField(label="Last day (leave empty while it is open)", required=False)

    def clean_name(self) -> str:
        found = plain_name(self.cleaned_data["name"])
        if not found:
            raise forms.ValidationError("Enter the name.")
        return found

    def __init__(self, data: Any = None, *, agencies: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ChoiceField)
        agency.choices = [("", "Choose one"), *agencies]

    @property
    def chosen(self) -> Authorities:
        return Authorities(**dict.fromkeys(self.cleaned_data["authorities"], True))


def _words(label: str, missing: str = "", hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        required=bool(missing),
        help_text=hint,
        error_messages={"required": missing, "max_length": f"Use at most {LONGEST:,} characters."},
        widget=forms.Textarea(attrs={"class": "govuk-textarea govuk-!-width-two-thirds", "rows": 5}),
    )


class StatementForm(forms.Form):
    """What the agency answers for, to whom, and when that is looked at again."""

    responsibilities = _words("What the agency answers for", "Enter what the agency answers for.")
    line = _words("Line of accountability", "Enter its line of accountability.", "Up to the chief officer.")
    delegated = _words("Functions it has delegated (optional)")
    review_on = DayField("Enter when it is looked at again.", label="Looked at again on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        # A browser sends the ends of lines in a way of its own.
        return {
            name: value.replace("\r\n", "\n") if isinstance(value, str) else value for name, value in cleaned.items()
        }
