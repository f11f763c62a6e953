"""Every sentence of a verdict. Page, paper and e-mail show these and write none of their own.

A *phrase* has neither capital nor full stop, so that it can stand after "Not quorate:" as well as
alone; `sentence` makes one of it. Phrases that hold two sentences keep the full stop between them.
"""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from partnership.rules.plain_dates import listed, plain_time
from partnership.rules.quorum.exact import Amount


def sentence(phrase: str) -> str:
    """The phrase with its capital and full stop."""
    return f"{phrase[:1].upper()}{phrase[1:]}." if phrase else ""


def number(value: Amount) -> str:
    """`12`, `6.5`, and where tenths and hundredths do not say it exactly `49/3`."""
    if value.denominator == 1:
        return str(value)
    hundredths = Fraction(value) * 100
    if hundredths.denominator != 1:
        return str(value)
    whole, part = divmod(abs(hundredths.numerator), 100)
    return f"{'-' if value < 0 else ''}{whole}.{part:02}".rstrip("0")


# --- numbers ------------------------------------------------------------------------------------


def enough(counted: Amount, base: Amount | None, needed: Amount, of: str) -> str:
    """`12 of 24 members present (12 needed)`."""
    if base is None:
        return f"{_amount(counted, of)} present ({number(needed)} needed)"
    return f"{number(counted)} of {_amount(base, of)} present ({number(needed)} needed)"


def too_few(counted: Amount, base: Amount | None, needed: Amount, of: str) -> str:
    """`11 of 24 present. 1 more member needed`."""
    out_of = f" of {number(base)}" if base is not None else ""
    what = f" {of}s" if of != "member" else ""
    return f"{number(counted)}{out_of}{what} present. {_more_of(needed - counted, of)} needed"


def enough_as(label: str, counted: Amount, needed: Amount) -> str:
    """`enough elected members (5 present, 5 needed)`; `1 present as councillor (1 needed)`."""
    if needed == 1:
        return f"{number(counted)} present as {label} (1 needed)"
    return f"enough {label} ({number(counted)} present, {number(needed)} needed)"


def too_few_as(label: str, counted: Amount, needed: Amount) -> str:
    """`too few elected members (4 present, 5 needed)`; `nobody present as councillor (1 needed)`."""
    if needed == 1 and counted == 0:
        return f"nobody present as {label} (1 needed)"
    return f"too few {label} ({number(counted)} present, {number(needed)} needed)"


def more(short: Amount) -> str:
    """`2 more`."""
    return f"{number(short)} more" if short > 0 else "more"


def more_of(short: Amount, of: str, *, is_everyone: bool) -> str:
    """`2 more members`; `1 more as elected members`."""
    return _more_of(short, of) if is_everyone else f"{more(short)} as {of}"


def _more_of(short: Amount, of: str) -> str:
    return f"{more(short)} {of if short == 1 else of + 's'}"


def _amount(amount: Amount, of: str) -> str:
    return f"{number(amount)} {of if amount == 1 else of + 's'}"


# --- offices and organisations ------------------------------------------------------------------


def office_name(name: str) -> str:
    """The name of an office inside a sentence: "partnership chair", "Director of Public Health"."""
    bare = name[4:] if name[:4].lower() == "the " else name
    return bare[:1].lower() + bare[1:] if bare[1:] == bare[1:].lower() else bare


def offices_filled(filled: Sequence[str], first: str, counted: int, minimum: int) -> str:
    """`the partnership chair is present`; `the vice-chair is present for the chair`."""
    if minimum > 1:
        together = listed([f"the {name}" for name in filled])
        return f"{together} are present" if len(filled) >= minimum else f"{counted} present as {together}"
    here = filled[0] if filled else first
    return f"the {here} is present" if here == first else f"the {here} is present for the {first}"


def offices_empty(names: Sequence[str], counted: int, minimum: int) -> str:
    """`the partnership chair is not present`; `neither the chair nor the vice-chair is present`."""
    if minimum > 1:
        together = listed([f"the {name}" for name in names], last="or")
        return f"{counted or 'nobody'} present as {together} ({minimum} needed)"
    if len(names) == 1:
        return f"the {names[0]} is not present"
    *most, last = [f"the {name}" for name in names]
    return f"neither {', '.join(most)} nor {last} is present"


def all_present(name: str, count: int) -> str:
    """`all 3 statutory safeguarding partners are present`."""
    return f"all {count} {name} are present" if count > 1 else f"{name}: present"


def represented(names: Sequence[str]) -> str:
    """`Hampshire Constabulary and Portsmouth City Council are represented`."""
    return f"{listed(names)} {'is' if len(names) == 1 else 'are'} represented"


def not_represented(names: Sequence[str]) -> str:
    """`Hampshire Constabulary is not represented`."""
    return f"{listed(names)} {'is' if len(names) == 1 else 'are'} not represented"


def some_organisations(name: str, counted: int, out_of: int, needed: int) -> str:
    """`1 of 3 education associations present (2 needed)`."""
    return f"{counted} of {out_of} {name or 'organisations named'} present ({needed} needed)"


def organisations_wanted(missing: Sequence[str], short: int) -> str:
    """`Hampshire Constabulary`; `1 more of A, B and C`; `2 more organisations`."""
    if short == len(missing):
        return listed(missing)
    return f"{short} more of {listed(missing)}" if short < len(missing) else more_organisations(short)


def different_organisations(counted: int, needed: int) -> str:
    """`3 different organisations present (5 needed)`."""
    return f"{counted} different organisation{'' if counted == 1 else 's'} present ({needed} needed)"


def more_organisations(short: int) -> str:
    """`2 more organisations`."""
    return f"{short} more organisation{'' if short == 1 else 's'}"


# --- groups -------------------------------------------------------------------------------------


def group_phrase(name: str, met: int, parts: int, needed: int) -> str:
    """`3 of 5 parts met, and all are needed`; `all 5 parts are met`; `2 of 3 parts met (1 needed)`."""
    of = f" of {name}" if name else ""
    if needed != parts:
        return f"{met} of {parts} parts{of} met ({needed} needed)"
    if parts == 0:
        return "nothing is asked for"
    if parts == 1:
        return f"its only part is {'met' if met else 'not met'}"
    return f"all {parts} parts{of} are met" if met == parts else f"{met} of {parts} parts{of} met, and all are needed"


def one_of_these(wanted: Sequence[str], short: int) -> str:
    """`one of these is needed: the chair; Hampshire Constabulary`."""
    count = "one" if short == 1 else str(short)
    return f"{count} of these {'is' if short == 1 else 'are'} needed: {'; '.join(wanted)}"


def left_out() -> str:
    return "not asked at this meeting: its date or its condition leaves it out"


def expected_only(phrase: str) -> str:
    return f"expected, not required: {phrase}"


# --- verdicts -----------------------------------------------------------------------------------


def quorate(phrases: Sequence[str]) -> str:
    """Quorate: 12 of 24 members present (12 needed)."""
    return _verdict("Quorate", phrases)


def not_quorate(phrases: Sequence[str]) -> str:
    """Not quorate: 11 of 24 present. 1 more member needed."""
    return _verdict("Not quorate", phrases)


def not_quorate_unless_determined(office: str, phrases: Sequence[str]) -> str:
    """`Not quorate unless the chair determines otherwise: …`."""
    return _verdict(f"Not quorate unless the {office_name(office)} determines otherwise", phrases)


def determined(office: str, reason: str, at: datetime | None, item: str | None) -> str:
    """`Quorate: the chair determined at 10:15am that the meeting may go ahead. Reason: …`."""
    when = f" at {plain_time(at.timetz())}" if at else ""
    what = f"item {item}" if item else "the meeting"
    made = f"the {office_name(office)} determined{when} that {what} may go ahead"
    return f"Quorate: {made}. Reason: {reason.strip().rstrip('.')}."


def remaining_are_quorum(heads: int) -> str:
    """Quorate: the 3 members without an interest are a quorum for this item."""
    who = "the 1 member without an interest is" if heads == 1 else f"the {heads} members without an interest are"
    return f"Quorate: {who} a quorum for this item."


def none_stated(heads: int, *, states_others: bool) -> str:
    """These terms state no quorum; 7 are present."""
    return f"These terms state no quorum{' for this' if states_others else ''}; {_present(heads)}."


def nothing_asked(heads: int) -> str:
    """`these terms ask for nobody at this meeting; 2 are present`."""
    return f"these terms ask for nobody at this meeting; {_present(heads)}"


def nobody() -> str:
    return "nobody who counts is present"


# --- before the day -----------------------------------------------------------------------------


def will_be_quorate(verdict: str) -> str:
    """`If everybody who has said so comes, the meeting will be quorate: 12 of 24 members present (12 needed).`."""
    return f"If everybody who has said so comes, the meeting will be quorate: {_why(verdict)}"


def falls_short(verdict: str, *, can_be_mended: bool, unless: str = "") -> str:
    """`Not certain. If only those who have said so come, it falls short: 11 of 24 present. …`."""
    otherwise = f" unless the {office_name(unless)} determines otherwise" if unless else ""
    opening = _opening(can_be_mended=can_be_mended)
    return f"{opening}. If only those who have said so come, it falls short{otherwise}: {_why(verdict)}"


def no_quorum_to_reach(heads: int) -> str:
    """`These terms state no quorum; 7 have said that they will come.`."""
    who = "nobody has" if heads == 0 else f"{heads} {'has' if heads == 1 else 'have'}"
    return f"These terms state no quorum; {who} said that they will come."


def would_make_it_quorate(names: Sequence[str], size: int) -> str:
    """`2 more people would make it quorate: Ann Lee and Sam Poe.`."""
    more_people = f"{size} more {'person' if size == 1 else 'people'}"
    return f"{more_people} would make it quorate{': ' + listed(names) if names else ''}."


def not_certain(phrase: str, *, can_be_mended: bool) -> str:
    """`Not certain: 2 of 3 safeguarding partners are coming.`; where nobody could mend it, `Not expected …`."""
    return f"{_opening(can_be_mended=can_be_mended)}: {phrase}."


def _opening(*, can_be_mended: bool) -> str:
    """How a forecast begins that falls short: a meeting is promised to fail only where nobody could mend it."""
    return "Not certain" if can_be_mended else "Not expected to be quorate"


def expected(phrase: str) -> str:
    """`Expected to be quorate: all 3 statutory safeguarding partners are coming.`."""
    return f"Expected to be quorate: {phrase}." if phrase else "Expected to be quorate."


def so_many_coming(counted: Amount, out_of: Amount, name: str) -> str:
    """`2 of 3 safeguarding partners are coming`; `all 3 safeguarding partners are coming`."""
    if counted >= out_of > 1:
        return f"all {number(out_of)} {name} are coming"
    return f"{number(counted)} of {number(out_of)} {name} {'is' if counted == 1 else 'are'} coming"


def somebody_coming(name: str, *, is_coming: bool) -> str:
    """`the partnership chair is coming`; `nobody is coming as the partnership chair`."""
    return f"{name} is coming" if is_coming else f"nobody is coming as {name}"


def nobody_could() -> str:
    return "Nobody else who could come would make it quorate."


def _why(verdict: str) -> str:
    """What follows the verdict's colon."""
    return verdict.split(": ", 1)[1]


def _present(heads: int) -> str:
    return "nobody is present" if heads == 0 else f"{heads} {'is' if heads == 1 else 'are'} present"


def _verdict(opening: str, phrases: Sequence[str]) -> str:
    first, *others = phrases
    return " ".join((f"{opening}: {first}.", *map(sentence, others)))
