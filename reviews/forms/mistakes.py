"""A mistake in the record, and the answer to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

LONGEST = 1000


def _words(label: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        error_messages={"required": missing, "max_length": f"Use at most {LONGEST} characters."},
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 4}),
    )


class MistakeForm(forms.Form):
    """Where the mistake is, and what is wrong."""

    where = forms.ChoiceField(
        label="Where it is",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose where it is."),
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )
    text = _words("What is wrong", "Say what is wrong.")

    def __init__(self, data: Any, *, places: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["where"].choices = list(places)  # type: ignore[attr-defined]  # a choice field has them


class AnswerForm(forms.Form):
    """What was found and done."""

    answer = _words("Your answer", "Write an answer.")
