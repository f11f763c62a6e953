"""What falls due and who is told: obligations, their reminders, and the mail that carries them.

The database is the schedule. `operations` write obligations in the transaction of their cause; `planning` enters the
messages whose hour comes; `sweeping` sends those that are due. Each may run twice, at once or late.
"""
