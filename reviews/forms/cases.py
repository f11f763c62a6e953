"""Forms of the case tier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from partnership.models import User

CHOOSE = "Choose somebody of the case tier."


def _person(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )


def _line(label: str, missing: str, longest: int = 200) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        error_messages={"required": missing, "max_length": f"Use at most {longest} characters."},
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-!-width-two-thirds"}),
    )


class OfTheTier(forms.Form):
    """A form that offers people of the case tier."""

    def __init__(self, data: Any = None, *, people: Sequence[User]) -> None:
        self.people = {str(one.pk): one for one in people}
        super().__init__(data)
        for offered in self.fields.values():
            if isinstance(offered, forms.ChoiceField):
                offered.choices = [("", "Choose"), *((str(one.pk), one.name) for one in people)]

    def person(self, field: str) -> User:
        return self.people[self.cleaned_data[field]]


class OpenCaseForm(OfTheTier):
    """A new case."""

    reference = _line("Reference", "Enter a reference.", 20)
    steward = _person("Steward")
    panel_chair = _person("Chair of the panel")


class NameOnCaseForm(OfTheTier):
    """A further reader."""

    reader = _person("Who")
    reason = _line("Why", "Say why this reader is named.", 500)


class CasePaperForm(forms.Form):
    """A file of a case."""

    title = _line("Title", "Enter a title.")
    file = forms.FileField(
        label="File",
        allow_empty_file=True,
        error_messages={"required": "Select a file.", "invalid": "Select a file.", "missing": "Select a file."},
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".pdf,.docx"}),
    )


class CloseCaseForm(forms.Form):
    """Why a case is closed."""

    reason = _line("Reason", "Say why the case is closed.", 500)
