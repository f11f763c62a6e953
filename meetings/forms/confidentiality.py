"""What the pages of the confidentiality agreement send back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from meetings.models.confidentiality import LONGEST_NAME, LONGEST_TEXT, LONGEST_WORDS
from partnership.forms.days import DayField

UNREADABLE = dict.fromkeys(("required", "invalid"), "This form could not be read. Open the page again.")


def _line(label: str, *, longest: int, required: str = "", help_text: str = "") -> forms.CharField:
    messages = {"max_length": f"Use at most {longest} characters."} | ({"required": required} if required else {})
    return forms.CharField(
        label=label,
        max_length=longest,
        required=bool(required),
        help_text=help_text,
        error_messages=messages,
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-!-width-two-thirds"}),
    )


class AgreementForm(forms.Form):
    """The next version of the text; `seen` is the latest that its writer was shown."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, error_messages=UNREADABLE)
    text = forms.CharField(
        label="Text of the agreement",
        max_length=LONGEST_TEXT,
        help_text="Plain text. Leave an empty line between paragraphs.",
        error_messages={
            "required": "Enter the text of the agreement.",
            "max_length": f"Use at most {LONGEST_TEXT:,} characters.",
        },
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 14}),
    )
    what_changed = _line("What changed", longest=LONGEST_WORDS, required="Say what changed.")

    def __init__(self, data: Any = None, *, latest: int, text: str = "") -> None:
        super().__init__(data, initial={"seen": latest, "text": text})
        # Whoever was shown no version is not asked what changed; that there is one by now they are told otherwise.
        if (latest if data is None else data.get("seen")) in {0, "0"}:
            del self.fields["what_changed"]


class SignAgreementForm(forms.Form):
    """A signature: to which version, the tick, and the name as it is typed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, error_messages=UNREADABLE)
    agreed = forms.BooleanField(
        label="I have read this agreement and will keep to it",
        error_messages={"required": "Tick the box if you agree."},
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
    )
    name = _line("Your full name", longest=LONGEST_NAME, required="Type your full name.")

    def __init__(self, data: Any = None, *, version: int) -> None:
        super().__init__(data, initial={"version": version})
        self.fields["name"].widget.attrs["autocomplete"] = "name"


class PaperForm(forms.Form):
    """Who signed on paper, which version, when, and where the sheet is."""

    signers = forms.MultipleChoiceField(
        label="Who signed on paper",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose who signed.",
            "invalid_choice": "Somebody you chose has signed meanwhile, or does not attend. Choose again.",
        },
    )
    version = forms.TypedChoiceField(
        label="Which version they signed",
        coerce=int,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose the version that they signed."),
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )
    on = DayField("Enter the day on which they signed.", label="On which day")
    evidence = _line(
        "Where the signed sheet is kept",
        longest=LONGEST_WORDS,
        required="Say where the signed sheet is kept.",
        help_text="For example, a folder and the name of the scan.",
    )

    def __init__(
        self, data: Any = None, *, signers: Sequence[tuple[str, str]], versions: Sequence[int], on: date
    ) -> None:
        super().__init__(data, initial={"on": on, "version": versions[0] if versions else None})
        for name, choices in (
            ("signers", list(signers)),
            ("version", [(number, f"Version {number}") for number in versions]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        if len(versions) == 1:
            self.fields["version"].widget = forms.HiddenInput()


class CorrectionForm(forms.Form):
    reason = _line("Why it is withdrawn", longest=LONGEST_WORDS, required="Say why it is withdrawn.")
