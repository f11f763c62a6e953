"""Accidents by the hundred, on real processes: `python -m tests.faults` (`make faults`)."""
