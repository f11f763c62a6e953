"""Answers that calendars send to our invitations: read out of a mail, held against what was sent, kept, shown."""
