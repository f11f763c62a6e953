"""The demonstration: five partnerships, fictional people, two years behind them, one meeting today, a year ahead.

The facts are in `data/` (tables) and `stories.py` (what happened at the meetings that show something); everything is
made through the operations, and no verdict is written anywhere: each is worked out from the register.
"""
