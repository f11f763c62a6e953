"""Pages of a board: its home, its meetings, its registers, its constitution."""
