"""What is asked across meetings and boards."""

from reviews.queries.attendance import AdoptedTerms, Registers, registers_until
from reviews.queries.calendar import may_read_forecast, meetings_ahead, next_deadlines

__all__ = ["AdoptedTerms", "Registers", "may_read_forecast", "meetings_ahead", "next_deadlines", "registers_until"]
