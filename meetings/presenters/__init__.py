"""Meetings, registers and constitutions as the pages print them."""
