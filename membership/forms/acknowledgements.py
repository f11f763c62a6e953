"""What the pages of acknowledgements send back."""

from __future__ import annotations

from django import forms

from membership.forms.seats import LONGEST_NAME, text_field
from partnership.forms.days import DayField


class RecordForm(forms.Form):
    """What an agency said elsewhere, as the team records it."""

    name = text_field("Who said so for the agency", required="Enter who said so for the agency.", longest=LONGEST_NAME)
    on = DayField("Enter when they said so.", label="On which day")
    how = text_field("How it reached you", required="Enter how it reached you.")


class TakeBackForm(forms.Form):
    reason = text_field("Why it is taken back", required="Say why it is taken back.")
