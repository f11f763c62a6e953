"""Pages that say who sits where."""
