"""The rules of a body as plain values, and the questions put to them. No Django, no clock, no I/O.

A constitution (`constitution`) is parsed elsewhere into values; what happens at a meeting comes in as facts; what goes
out is an answer with its reasons. Every rule (`rule`) carries its clause and its reading (`clauses`). The rooms:

* `quorum` — is the meeting quorate, and why? Begin with `quorum.assess`;
* `deadlines` — when is a duty due, counted in what, and how late was it met?
* `attendance` — rates, absences, and who may come in a member's place;
* `decisions` — is the record of a decision valid, and which rule says so?
* `book` — every rule as a sentence, for the page that shows a constitution.
"""
