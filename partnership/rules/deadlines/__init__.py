"""When is a duty due? `deadlines` is the rule, `due_dates` the date, `notice` the same rule asked the other way round.

`calendars` counts working days, `wall_clock` turns a local time into an instant, `frequency` counts meetings in a
period, `duty_sentences` says all of it in words.
"""
