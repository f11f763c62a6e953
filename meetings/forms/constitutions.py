"""A further version of the rules as somebody hands it in: a file or its text, the day it begins, why, who signed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from partnership.constitutions.build import load
from partnership.constitutions.problems import BadFile, Problem
from partnership.constitutions.text import LIMIT_IN_BYTES
from partnership.queries import terms_in
from partnership.rules.constitution import Constitution as Terms
from partnership.rules.plain_dates import counted

LONGEST_REASON, LONGEST_SIGNED = 500, 300
A_DATE = "Enter a date like 2027-05-01 or 1/5/2027."
NO_DATE = "Enter the day from which it is to be in force: the text does not state one."


class UntouchedText(forms.Field):
    """The text as it was typed: the loader has better words than Django for what may not stand in it."""

    widget = forms.Textarea(attrs={"class": "govuk-textarea q-file", "rows": 16, "spellcheck": "false", "wrap": "off"})


class DraftForm(forms.Form):
    """The text of a version, from a file or typed, and from when it is to be in force.

    A file wins over the text beside it, so that a mended one can simply be chosen. Once valid, `text` and `terms` hold
    what was handed in and `begins_on` the day; `problems` holds what is wrong with the text, line by line.
    """

    file = forms.FileField(
        label="The file",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".yaml,.yml,text/plain"}),
    )
    text = UntouchedText(label="Or its text", required=False)
    in_force_from = forms.DateField(
        label="In force from",
        required=False,
        input_formats=("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"),
        error_messages={"invalid": A_DATE},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input govuk-input--width-10"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept_text = ""
        self.terms: Terms | None = None
        self.problems: tuple[Problem, ...] = ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        data = self._data(cleaned)
        if data is None:
            self.add_error("text", "Choose a file or paste its text.")
            return cleaned
        try:
            load(data)
            self.kept_text = one_line_break(data.decode("utf-8-sig"))
            self.terms = terms_in(text=self.kept_text)
        except BadFile as bad:
            self.problems = bad.problems
            self.add_error("text", f"The text has {counted(len(bad.problems), 'problem')}. Nothing was stored.")
            return cleaned
        if "in_force_from" in cleaned and self.begins_on is None:
            self.add_error("in_force_from", NO_DATE)
        return cleaned

    @property
    def begins_on(self) -> date | None:
        """The day given, else the text's own."""
        given: date | None = self.cleaned_data.get("in_force_from")
        return given or (self.terms.version.in_force_from if self.terms else None)

    def _data(self, cleaned: dict[str, Any]) -> bytes | None:
        """What was handed in, no more of a file than shows that it is too much; `kept_text` is what to show again."""
        upload: UploadedFile[bytes] | None = cleaned.get("file")
        if upload is None:
            typed = one_line_break(str(cleaned.get("text") or ""))
            self.kept_text = typed
            return typed.encode() if typed.strip() else None
        data: bytes = upload.read(LIMIT_IN_BYTES + 1)
        if len(data) <= LIMIT_IN_BYTES:
            try:
                self.kept_text = one_line_break(data.decode("utf-8-sig"))
            except UnicodeDecodeError:
                # Letters put in its place would be adopted as if they were meant: the file is to be chosen again.
                self.kept_text = ""
        return data


class AdoptForm(forms.Form):
    """Why the rules change, and who signed. `preview` is bound to what was shown."""

    preview = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label="Why do the rules change?",
        max_length=LONGEST_REASON,
        error_messages={
            "required": "Say why the rules change.",
            "max_length": f"Use at most {LONGEST_REASON} characters.",
        },
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 3}),
    )
    signed = forms.CharField(
        label="Who signed, and when (optional)",
        max_length=LONGEST_SIGNED,
        required=False,
        error_messages={"max_length": f"Use at most {LONGEST_SIGNED} characters."},
        widget=forms.TextInput(attrs={"class": "govuk-input"}),
    )


def one_line_break(text: str) -> str:
    """The text with one kind of line break: a browser sends another than a file has."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
