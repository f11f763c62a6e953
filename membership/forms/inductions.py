"""What the pages of induction send back."""

from __future__ import annotations

from typing import Any

from django import forms

from membership.queries.inductions import RoleSetUp

LONGEST_LINE = 300
MOST_LINES = 40


class LinesField(forms.CharField):
    """One line of a checklist on each line; empty ones are left out."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            max_length=LONGEST_LINE * MOST_LINES,
            error_messages={"max_length": f"Use at most {MOST_LINES} lines."},
            widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 8}),
        )

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(f"Use at most {MOST_LINES} lines.")
        if any(len(line) > LONGEST_LINE for line in lines):
            raise forms.ValidationError(f"Use at most {LONGEST_LINE} characters in a line.")
        return lines


class SetForm(forms.Form):
    """What one role is given."""

    description = forms.CharField(
        label="Role description",
        required=False,
        max_length=5000,
        error_messages={"max_length": "Use at most 5000 characters."},
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 10}),
    )
    for_member = LinesField("Lines that the new member marks")
    for_team = LinesField("Lines that the team marks")

    @classmethod
    def of(cls, found: RoleSetUp, data: Any = None) -> SetForm:
        return cls(
            data,
            initial={
                "description": found.description.text if found.description else "",
                "for_member": "\n".join(found.for_member),
                "for_team": "\n".join(found.for_team),
            },
        )

    def clean_description(self) -> str:
        return "\n".join(line.strip() for line in self.cleaned_data["description"].splitlines() if line.strip())


class PracticeForm(forms.Form):
    """Whether inductions are kept where no clause asks, and within how many weeks."""

    is_on = forms.BooleanField(label="Keep inductions as our own practice", required=False)
    weeks = forms.IntegerField(
        label="Weeks to complete one",
        min_value=1,
        max_value=52,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), "Enter weeks from 1 to 52."),
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-2", "inputmode": "numeric"}),
    )


class MarkForm(forms.Form):
    """One line marked, or taken back."""

    step = forms.IntegerField()
    is_done = forms.BooleanField(required=False)
