"""The words of one kind of message, as typed."""

from __future__ import annotations

from typing import Any

from django import forms

from partnership.obligations.wordings import MOST, MessageKind, Part, Words, problems_of

LONGEST_REASON = 200


def _field(part: Part, label: str, rows: int) -> forms.CharField:
    # Length and content are judged by `problems_of`, so that one sentence says what is wrong, here and elsewhere.
    widget: forms.Widget
    if part is Part.SUBJECT:
        widget = forms.TextInput(attrs={"class": "govuk-input govuk-!-width-two-thirds", "autocomplete": "off"})
    else:
        widget = forms.Textarea(attrs={"class": "govuk-textarea govuk-!-width-two-thirds", "rows": rows})
    return forms.CharField(label=label, required=False, help_text=f"At most {MOST[part]} characters.", widget=widget)


class WordingForm(forms.Form):
    """Subject, opening and closing, why they change, and the version that they began from.

    `field_order` is the order on the page.
    """

    subject = _field(Part.SUBJECT, "Subject", 1)
    opening = _field(Part.OPENING, "Opening sentences", 4)
    closing = _field(Part.CLOSING, "Closing and help", 3)
    reason = forms.CharField(
        label="Why it changes",
        required=False,
        max_length=LONGEST_REASON,
        error_messages={"max_length": f"Use at most {LONGEST_REASON} characters."},
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-!-width-two-thirds", "autocomplete": "off"}),
    )
    seen = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: MessageKind, needs_reason: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.needs_reason = kind, needs_reason

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for part, problems in problems_of(self.kind, self.words).items():
            for problem in problems:
                self.add_error(part.value, problem)
        if self.needs_reason and not said.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Enter why it changes.")
        return said

    @property
    def words(self) -> Words:
        """What was typed, each line ended in one way."""
        said = {part: str(self.cleaned_data.get(part.value, "")) for part in Part}
        return Words(
            **{part.value: text.replace("\r\n", "\n").replace("\r", "\n").strip() for part, text in said.items()}
        )
