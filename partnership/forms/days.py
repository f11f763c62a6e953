"""A date as people write it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

FIRST_YEAR, LAST_YEAR = 2000, 2100


class DayWidget(forms.MultiWidget):
    """A date in three boxes: day, month, year."""

    def __init__(self) -> None:
        super().__init__([self.box(width) for width in (2, 2, 4)])

    def box(self, width: int) -> forms.Widget:
        return forms.TextInput(attrs={"class": f"govuk-input govuk-input--width-{width}", "inputmode": "numeric"})

    def decompress(self, value: date | None) -> list[int | None]:
        return [value.day, value.month, value.year] if value else [None, None, None]


class HiddenDayWidget(DayWidget):
    """The same three numbers, carried along by a page that asks to confirm them."""

    def box(self, width: int) -> forms.Widget:
        return forms.HiddenInput()


class DayField(forms.MultiValueField):
    """A date as people write it: three numbers."""

    hidden_widget = HiddenDayWidget

    def __init__(self, missing: str = "Enter the date of the meeting.", **kwargs: Any) -> None:
        numbers = "Enter the date in numbers, like 22 4 2027."
        parts = tuple(
            forms.IntegerField(min_value=least, max_value=most, error_messages=dict.fromkeys(_WRONG, numbers))
            for least, most in ((1, 31), (1, 12), (FIRST_YEAR, LAST_YEAR))
        )
        super().__init__(
            fields=parts,
            widget=DayWidget(),
            error_messages={"required": missing},
            **kwargs,
        )

    def compress(self, data_list: Sequence[int]) -> date | None:
        if not any(data_list):
            return None
        if not all(data_list):
            raise forms.ValidationError("Enter the day, the month and the year.")
        day, month, year = data_list
        try:
            return date(year, month, day)
        except ValueError as no_such_day:
            raise forms.ValidationError("There is no such date. Check the day and the month.") from no_such_day


_WRONG = ("invalid", "min_value", "max_value")
