"""How minutes tell of a decision: what it is worth, by which clause, at what time, with or without a quorum."""

from __future__ import annotations

from datetime import time

from partnership.rules.clauses import Clause, cited
from partnership.rules.decisions.decision_sentences import PLAIN_OUTCOMES
from partnership.rules.decisions.decisions import Outcome
from partnership.rules.plain_dates import plain_time

CONSENT = PLAIN_OUTCOMES[Outcome.AGREED_BY_CONSENT].rstrip(".")


def minuted_sentence(verdict: str, clause: Clause | None, *, at: time, is_quorate: bool | None) -> str:
    """`Agreed by consent (clauses u, v, w) at 10:21am, while quorate.`

    `verdict` is the sentence on what the decision is worth, `clause` None where the terms do not state how decisions
    are made; `is_quorate` is None where nothing can be said of a quorum.
    """
    source = f" ({cited(clause)})" if clause else ""
    quorum = {True: ", while quorate", False: ", while not quorate", None: ""}[is_quorate]
    if clause is not None and is_quorate is not False:
        return f"{verdict.rstrip('.')}{source} at {plain_time(at)}{quorum}."
    made = f"{CONSENT}{source} at {plain_time(at)}"
    return f"{made}{quorum}. {verdict}" if clause is None else f"{made}. {verdict}"
