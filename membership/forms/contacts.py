"""What the pages of contact details send back."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import QueryDict

from membership.models import ContactDetails, PreferredWay
from membership.operations import Entered

UNREADABLE = dict.fromkeys(("required", "invalid"), "This form could not be read. Open the page again.")
NO_TELEPHONE = "Enter a telephone number, like 01632 960 001 or 07700 900 982."
TELEPHONE = re.compile(r"[0-9+(). /-]+(?: ?(?:ext|x)\.? ?[0-9]{1,6})?", re.IGNORECASE | re.ASCII)
FEWEST_DIGITS = 5
FIELDS = (
    "post_title", "telephone", "work_address", "preferred_way", "postal_address", "access_needs", "paper_needs",
)  # fmt: skip


def _line(label: str, most: int, width: str = "govuk-!-width-two-thirds") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=False,
        error_messages={"max_length": f"Use at most {most} characters."},
        widget=forms.TextInput(attrs={"class": f"govuk-input {width}"}),
    )


def _lines(label: str, most: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=False,
        error_messages={"max_length": f"Use at most {most} characters."},
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 3}),
    )


class SeenForm(forms.Form):
    """Which version of the details a page was drawn from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, error_messages=UNREADABLE)


class DetailsForm(SeenForm):
    """The details of one person in one partnership."""

    post_title = _line("Post title", 150)
    telephone = _line("Work telephone", 40, "govuk-input--width-20")
    work_address = _lines("Work address", 300)
    preferred_way = forms.ChoiceField(
        label="How you would rather be reached",
        choices=PreferredWay.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the ways."},
    )
    postal_address = _lines("Postal address for papers, if it is another", 300)
    access_needs = _lines("What you need at meetings", 500)
    paper_needs = _lines("What you need of papers", 500)

    @classmethod
    def of(cls, details: ContactDetails, data: Any = None) -> DetailsForm:
        initial = {name: getattr(details, name) for name in FIELDS} | {"seen": details.version}
        return cls(data, initial=initial)

    def clean_telephone(self) -> str:
        typed: str = self.cleaned_data["telephone"]
        if typed and (not TELEPHONE.fullmatch(typed) or sum(letter.isdigit() for letter in typed) < FEWEST_DIGITS):
            raise forms.ValidationError(NO_TELEPHONE)
        return typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        way = cleaned.get("preferred_way")
        if way == PreferredWay.TELEPHONE and "telephone" in cleaned and not cleaned["telephone"]:
            self.add_error("telephone", "Enter the telephone number, or choose another way.")
        if way == PreferredWay.POST and not (cleaned.get("work_address") or cleaned.get("postal_address")):
            self.add_error("work_address", "Enter the address, or choose another way.")
        return cleaned

    def entered(self) -> Entered:
        return Entered(**{name: self.cleaned_data[name] for name in FIELDS})


class CorrectionForm(DetailsForm):
    """The same, by the team for a member."""

    reason = forms.CharField(
        label="How you know",
        max_length=200,
        error_messages={"required": "Say how you know.", "max_length": "Use at most 200 characters."},
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-!-width-two-thirds"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["preferred_way"].label = "How they would rather be reached"
        self.fields["access_needs"].label = "What they need at meetings"
        self.fields["paper_needs"].label = "What they need of papers"


def again(form: type[DetailsForm], typed: QueryDict, theirs: ContactDetails) -> DetailsForm:
    """The form as it was typed, drawn anew from what somebody else has saved meanwhile."""
    data = typed.copy()
    data["seen"] = str(theirs.version)
    return form.of(theirs, data)
