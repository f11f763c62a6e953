"""Is a meeting quorate, and why? To understand a quorum read, in this order:

* `terms` — what terms of reference say: seats, offices, capacities, the tree of tests;
* `facts` — who came, from when to when, as what;
* `assess` — `assess(terms, facts)`, in five steps, each a module its docstring names;
* `answers` — the outcome, with a finding for each test; `answer_json` writes it for programs.

On top of it: `timeline` (the quorum over a meeting), `fewest` (whom to ask), `departures` (whose leaving ends it) and
`forecast` (before the day). All words are in `sentences`.
"""
