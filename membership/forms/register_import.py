"""A file of agencies as somebody hands it in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from partnership.workbooks import MOST_BYTES, Sheet, SheetRefused, sheet_of


class ImportForm(forms.Form):
    """The file. Once valid, `sheet` holds its cells."""

    file = forms.FileField(
        label="The file",
        allow_empty_file=True,
        max_length=None,
        help_text="XLSX or CSV (UTF-8), smaller than 10MB, at most 1,000 rows.",
        error_messages=dict.fromkeys(("required", "invalid", "missing"), "Choose a file."),
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = Sheet([])

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        try:
            # No more of it than shows that it is too much.
            self.sheet = sheet_of(file.read(MOST_BYTES + 1))
        except SheetRefused as refused:
            raise forms.ValidationError(f"{refused}.") from refused
        return file
