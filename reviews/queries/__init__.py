"""What is asked across meetings and boards."""

from reviews.queries.attendance import AdoptedTerms, Registers, registers_until
from reviews.queries.calendar import meetings_ahead

__all__ = ["AdoptedTerms", "Registers", "meetings_ahead", "registers_until"]
