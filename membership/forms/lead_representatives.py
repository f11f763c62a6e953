"""Who leads for a statutory partner, as the team enters it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from partnership.constitutions.field_types import EARLIEST_YEAR
from partnership.forms.addresses import AddressField
from partnership.names import plain_name

A_DATE = "Enter a date like 2027-05-01 or 1/5/2027."
TOO_LONG = "Use at most 150 characters."


def _line(label: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=150,
        error_messages={"required": missing, "max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-!-width-two-thirds"}),
    )


class LeadForm(forms.Form):
    """A lead representative from a day on. An account is known by its e-mail address, else it is entered."""

    agency = forms.ChoiceField(
        label="Statutory partner",
        error_messages={"required": "Choose the statutory partner.", "invalid_choice": "Choose the statutory partner."},
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )
    name = _line("Name", "Enter the name.")
    email = AddressField(
        label="Work e-mail address",
        error_messages={"required": "Enter the e-mail address.", "invalid": "Enter an address like name@example.org."},
        widget=forms.EmailInput(attrs={"class": "govuk-input govuk-!-width-two-thirds", "autocomplete": "off"}),
    )
    post = _line("Post", "Enter the post in which they lead.")
    starts_on = forms.DateField(
        label="From",
        input_formats=("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"),
        error_messages={"required": A_DATE, "invalid": A_DATE},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input govuk-input--width-10"}),
    )

    def clean_name(self) -> str:
        found = plain_name(self.cleaned_data["name"])
        if not found:
            raise forms.ValidationError("Enter the name.")
        return found

    def __init__(self, agencies: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose one"), *agencies]

    def clean_starts_on(self) -> Any:
        starts_on = self.cleaned_data["starts_on"]
        if starts_on.year < EARLIEST_YEAR:
            raise forms.ValidationError(A_DATE)
        return starts_on
