"""What pages send back, checked and turned into what the operations take."""

from meetings.forms.registers import GuestForm, RowForm, TimesForm, UnreadableForm, entries_from, versions_in

__all__ = ["GuestForm", "RowForm", "TimesForm", "UnreadableForm", "entries_from", "versions_in"]
