"""The oracle's room: who is there at one moment, and what each test about them answers.

The largest number of heads is found by trying every set of rows; separate offices by trying every way of
giving them to people.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import Any

Plain = dict[str, Any]

ANYBODY: Plain = {"category": None, "not_category": None, "organisations": ()}
STAND_INS = ("deputy", "proxy")

Denied = set[tuple[str, tuple[str, ...]]]


def leaves(node: Plain) -> Iterator[Plain]:
    """The tests below a node, groups left aside."""
    if node["kind"] in {"all", "any", "at_least"}:
        for part in node["of"]:
            yield from leaves(part)
    else:
        yield node


def is_in_force(dated: Plain, on: int | None) -> bool:
    starts, until = dated["from"], dated["until"]
    if on is None:
        return starts is None
    return (starts is None or starts <= on) and (until is None or on < until)


def is_within(span: Sequence[int | None], at: int) -> bool:
    start, end = span
    return (start is None or start <= at) and (end is None or at < end)


class Room:
    """Who is there at one moment. A test is met, not met, or (None) left out."""

    def __init__(
        self, terms: Plain, facts: Plain, at: int | None, item: str | None, *, conflicted_count: bool = False
    ) -> None:
        self.terms, self.facts, self.at, self.item = terms, facts, at, item
        self.counting = terms["counting"]
        self.people = [dict(row, key=key) for key, row in enumerate(self.each_person())]
        self.effect = "not counted"  # while the rule's own condition is looked at
        self.effect = self.effect_of_conflicts()
        self.conflicted_count = conflicted_count or self.effect == "still counted"

    def effect_of_conflicts(self) -> str:
        rule = self.counting["conflicted"]
        if rule is None or (rule["when"] is not None and not self.condition(rule["when"])):
            return "not counted"
        return str(rule["effect"])

    # --- people -----------------------------------------------------------------------------

    def each_person(self) -> Iterator[Plain]:
        for row in self.facts["attendees"]:
            for _ in range(row["number"]):
                yield row

    def is_here(self, row: Plain) -> bool:
        at = self.at
        return bool(row["here"]) if at is None else any(is_within(span, at) for span in row["here"])

    def is_conflicted(self, row: Plain) -> bool:
        return not row["suspended"] and any(
            (item is None or item == self.item) and (self.at is None or is_within((start, end), self.at))
            for item, start, end in row["withdrawals"]
        )

    def is_admitted(self, row: Plain) -> bool:
        """There, not suspended, not remote where that does not count, not an improper deputy."""
        if not self.is_here(row) or row["suspended"]:
            return False
        if row["remote"] and not self.counting["remote_counts"]:
            return False
        return row["deputy"] != "improper" or bool(self.counting["improper_deputy_counts"])

    def capacity(self, row: Plain) -> Plain:
        found: Plain = self.terms["capacities"][row["capacity"]]
        return found

    def attending(self) -> list[Plain]:
        """Those whom the tests look at: the admitted, without the conflicted unless they count."""
        return [
            row for row in self.people
            if self.is_admitted(row) and (self.conflicted_count or not self.is_conflicted(row))
        ]  # fmt: skip

    def counted(self) -> list[Plain]:
        return [row for row in self.attending() if self.capacity(row)["counts"]]

    def withdrawn(self) -> list[Plain]:
        """Members there who would count but for their interest."""
        return [
            row for row in self.people
            if self.is_admitted(row) and self.is_conflicted(row) and self.capacity(row)["counts"]
        ]  # fmt: skip

    def represented_by(self, row: Plain) -> set[str]:
        own = row["organisation"]
        if own is None:
            return set()
        return {own, *self.terms["organisations"].get(own, {"stands_for": ()})["stands_for"]}

    def among(self, rows: Iterable[Plain], who: Plain) -> list[Plain]:
        return [
            row
            for row in rows
            if (who["category"] is None or who["category"] in row["categories"])
            and (who["not_category"] is None or who["not_category"] not in row["categories"])
            and (not who["organisations"] or self.represented_by(row) & set(who["organisations"]))
        ]

    # --- numbers ----------------------------------------------------------------------------

    def heads(self, rows: list[Plain]) -> int:
        """The largest number of rows of which no two are one head."""
        for size in range(len(rows), 0, -1):
            if any(self.are_separate(chosen, ("person",)) for chosen in combinations(rows, size)):
                return size
        return 0

    def votes(self, rows: list[Plain]) -> Fraction:
        """The largest weight in which no seat, unit or organisation votes twice; a person may vote for two seats."""
        voting = [row for row in rows if self.capacity(row)["votes"]]
        sets = (chosen for size in range(len(voting) + 1) for chosen in combinations(voting, size))
        return max(sum((row["votes"] for row in chosen), Fraction(0)) for chosen in sets if self.are_separate(chosen))

    def are_separate(self, rows: Sequence[Plain], keys: tuple[str, ...] = ()) -> bool:
        """No person, seat (beyond its number of places), unit or organisation is there once too often."""
        once = [*keys]
        once += ["unit"] if self.counting["unit_counts_once"] else []
        once += ["organisation"] if self.counting["same_organisation"] == "once" else []
        for key in once:
            known = [row[key] for row in rows if row[key] is not None]
            if len(known) != len(set(known)):
                return False
        return self.are_in_places(rows)

    def are_in_places(self, rows: Sequence[Plain]) -> bool:
        places = {seat["id"]: seat["count"] for seat in self.terms["seats"]}
        taken = [row["seat"] for row in rows if row["seat"] is not None]
        return all(taken.count(seat) <= places[seat] for seat in taken)

    # --- sizes ------------------------------------------------------------------------------

    def seats(self, who: Plain) -> tuple[list[Plain], bool]:
        """The seats of the base that `who` names, and whether that is all of them (or cannot be told apart)."""
        own = [seat for seat in self.terms["seats"] if self.terms["capacities"][seat["capacity"]]["in_base"]]
        is_categorised = any(who["category"] in seat["categories"] for seat in own)
        if who == ANYBODY or (who["category"] is not None and not is_categorised):
            return own, True
        return self.among(own, who), False

    def base(self, base: str, who: Plain, measure: str) -> Fraction:
        seats, is_whole = self.seats(who)
        among = ANYBODY if is_whole else who
        sizes = self.facts["sizes"]
        if base == "entitled to vote":
            seats = [seat for seat in seats if self.terms["capacities"][seat["capacity"]]["votes"]]
        total = self.weight(seats, measure)
        if measure == "heads" and who["category"] in sizes:
            total = Fraction(sizes[who["category"]])
        elif "seats" in sizes and is_whole and (measure == "heads" or all(seat["votes"] == 1 for seat in seats)):
            total = Fraction(sizes["seats"])
        conflicted = self.told("conflicted", self.held(self.conflicted_rows(), among, measure), is_whole=True)
        if base != "seats":
            empty = self.weight([seat for seat in seats if seat["id"] in self.facts["vacant"]], measure)
            total -= self.told("vacancies", empty, is_whole=is_whole)
        if base in {"in office", "remaining", "entitled to vote"} and not self.counting["suspended_in_base"]:
            barred = self.held([row for row in self.people if row["suspended"]], among, measure)
            total -= self.told("excluded", barred, is_whole=is_whole)
        if base == "remaining":
            total -= max(Fraction(sizes.get("disqualified", 0)), conflicted)
        elif self.effect == "base shrinks":
            total -= conflicted
        return max(total, Fraction(0))

    def conflicted_rows(self) -> list[Plain]:
        return [row for row in self.people if self.is_conflicted(row)]

    def told(self, name: str, known: Fraction, *, is_whole: bool) -> Fraction:
        return Fraction(self.facts["sizes"][name]) if is_whole and name in self.facts["sizes"] else known

    def weight(self, seats: Iterable[Plain], measure: str) -> Fraction:
        total = Fraction(0)
        for seat in seats:
            if measure == "heads":
                total += seat["count"]
            elif self.terms["capacities"][seat["capacity"]]["votes"]:
                total += seat["count"] * seat["votes"]
        return total

    def held(self, rows: list[Plain], who: Plain, measure: str) -> Fraction:
        """How much of the base they hold: a seat no more often than it has places, a person without one once."""
        total = Fraction(0)
        known: list[Plain] = []
        for row in sorted(self.among(rows, who), key=lambda row: row["seat"] is None):
            people = {one["person"] for one in known} - {None}
            is_twin = row["seat"] is None and row["person"] in people
            if not self.is_of_base(row) or is_twin or not self.are_in_places([*known, row]):
                continue
            known.append(row)
            total += row["votes"] if measure == "votes" else 1
        return total

    def is_of_base(self, row: Plain) -> bool:
        """Whether the place that is theirs is in the base; nobody's is who only watches in another's seat."""
        own = {seat["id"]: seat["capacity"] for seat in self.terms["seats"]}.get(row["seat"], row["capacity"])
        is_theirs = self.capacity(row)["counts"] or self.capacity(row)["in_base"]
        return is_theirs and bool(self.terms["capacities"][own]["in_base"])

    def size(self, name: str) -> int:
        """A named size: what the facts say, else what the seats and the people give."""
        if name in self.facts["sizes"]:
            return int(self.facts["sizes"][name])
        if name in {"seats", "filled seats", "in office", "remaining", "entitled to vote"}:
            return int(self.base(name, ANYBODY, "heads"))
        if name == "vacancies":
            return sum(seat["count"] for seat in self.seats(ANYBODY)[0] if seat["id"] in self.facts["vacant"])
        rows = [row for row in self.people if row["suspended"]] if name == "excluded" else self.conflicted_rows()
        return int(self.held(rows, ANYBODY, "heads"))

    # --- conditions -------------------------------------------------------------------------

    def condition(self, condition: Plain) -> bool:
        kind = condition["kind"]
        if kind == "share":
            size, bound = self.size(condition["quantity"]), condition["fraction"] * self.base("seats", ANYBODY, "heads")
            return bool(size > bound if condition["is_strict"] else size >= bound)
        if kind == "size":
            size = self.size(condition["size"])
            least, most = condition["at_least"], condition["at_most"]
            return (least is None or size >= least) and (most is None or size <= most)
        if kind == "circumstance":
            meeting = self.facts["meeting"]
            is_so = condition["name"] in {*meeting["circumstances"], meeting["kind"]}
            return is_so is not condition["is_absent"]
        members = [row for row in self.people if self.capacity(row)["counts"]]
        if condition["category"] is not None:
            members = [row for row in members if condition["category"] in row["categories"]]
        if kind == "anyone conflicted":
            return any(self.is_conflicted(row) for row in members)
        here = [row for row in members if self.is_admitted(row)]
        return bool(here) and all(self.is_conflicted(row) for row in here)

    # --- the tree ---------------------------------------------------------------------------

    def meets(self, root: Plain) -> bool | None:
        """Whether the tree is met in some way of giving separate offices to people, by somebody at all.

        None when the whole tree is left out.
        """
        if self.test(root | {"strength": "required"}, set()) is None:
            return None
        return any(
            self.test(root, denied) is not False and (self.heads(self.counted()) > 0 or not self.asks(root, denied))
            for denied in self.ways_to_give_offices(root)
        )

    def ways_to_give_offices(self, root: Plain) -> Iterator[Denied]:
        """Each set of (person, test) pairs to deny, so that nobody satisfies two tests kept apart."""
        choices: list[list[Denied]] = [[set()]]
        for apart in self.counting["separate_offices"]:
            tests = {node["any_of"] for node in leaves(root) if node["kind"] == "office"}
            kept_apart = sorted(any_of for any_of in tests if set(any_of) & set(apart))
            for human in sorted({self.human(row) for row in self.attending()}):
                own = [row for row in self.attending() if self.human(row) == human]
                able = [any_of for any_of in kept_apart if any(self.fills(row, any_of, set()) for row in own)]
                choices.append([{(human, other) for other in able if other != kept} for kept in able] or [set()])
        for way in product(*choices):
            yield set().union(*way)

    def human(self, row: Plain) -> str:
        return f"row {row['key']}" if row["person"] is None else f"person {row['person']}"

    def is_asked(self, node: Plain) -> bool:
        """Whether neither a date, nor a condition, nor an empty list leaves the node out."""
        if not is_in_force(node, self.facts["meeting"]["on"]):
            return False
        if node["when"] is not None and not self.condition(node["when"]):
            return False
        return node["kind"] != "organisations" or bool(self.choices(node))

    def test(self, node: Plain, denied: Denied) -> bool | None:
        """Met or not; None is left out: by date, by condition, or because it is only expected."""
        if node["strength"] == "expected" or not self.is_asked(node):
            return None
        if node["kind"] in {"all", "any", "at_least"}:
            return self.group(node, denied)
        counted, needed = self.leaf(node, denied)
        if node["kind"] == "share" and counted < self.floor():
            return False
        return counted > needed if node.get("is_strict") else counted >= needed

    def floor(self) -> int:
        """The number below which a shrinking base never brings a share."""
        return int(self.counting["conflicted"]["floor"]) if self.effect == "base shrinks" else 0

    def findings(self, node: Plain, path: str, place: str) -> dict[str, tuple[Fraction, bool]]:
        """For each test that applies, by its path, what it counted and whether it passed; groups left aside."""
        if not self.is_asked(node):
            return {}
        if node["kind"] not in {"all", "any", "at_least"}:
            return {path: (self.leaf(node, set())[0], self.test(node | {"strength": "required"}, set()) is True)}
        found: dict[str, tuple[Fraction, bool]] = {}
        for index, part in enumerate(node["of"]):
            found |= self.findings(part, f"{path}/{place}-{index}", f"{place}-{index}")
        return found

    def group(self, node: Plain, denied: Denied) -> bool | None:
        answers = [answer for answer in (self.test(part, denied) for part in node["of"]) if answer is not None]
        if node["kind"] == "all":
            return all(answers)
        if not answers:
            return None
        return sum(answers) >= (1 if node["kind"] == "any" else node["k"])

    def asks(self, node: Plain, denied: Denied) -> bool:
        """Whether anything applied is asked for at all."""
        if self.test(node, denied) is None:
            return False
        if "of" in node and node["kind"] in {"all", "any", "at_least"}:
            return any(self.asks(part, denied) for part in node["of"])
        return node["kind"] == "share" or self.leaf(node, denied)[1] > 0

    def leaf(self, node: Plain, denied: Denied) -> tuple[Fraction, Fraction]:
        """What is counted, and what is needed."""
        match node["kind"]:
            case "office":
                holders = {self.human(row) for row in self.attending() if self.fills(row, node["any_of"], denied)}
                return Fraction(len(holders)), Fraction(node["minimum"])
            case "organisations":
                choices = self.choices(node)
                there = {name for row in self.representatives() for name in self.represented_by(row)}
                met = sum(1 for choice in choices if there & set(choice["any_of"]))
                return Fraction(met), Fraction(len(choices) if node["minimum"] is None else node["minimum"])
            case "distinct":
                rows = self.among(self.representatives(), node["who"])
                return Fraction(len(self.distinct(rows, node["of"]))), Fraction(node["minimum"])
        rows = self.among(self.counted(), node["who"])
        if node.get("base") == "entitled to vote":
            rows = [row for row in rows if self.capacity(row)["votes"]]
        counted = self.votes(rows) if node.get("measure") == "votes" else Fraction(self.heads(rows))
        return counted, self.needed(node)

    def choices(self, node: Plain) -> list[Plain]:
        return [choice for choice in node["of"] if is_in_force(choice, self.facts["meeting"]["on"])]

    def fills(self, row: Plain, offices: Sequence[str], denied: Denied) -> bool:
        if not self.capacity(row)["fills_offices"]:
            return False
        return any(
            office in row["offices"]
            and (self.human(row), tuple(offices)) not in denied
            and (row["capacity"] not in STAND_INS or self.terms["offices"][office]["deputy_may_fill"])
            for office in offices
        )

    def representatives(self) -> list[Plain]:
        return [row for row in self.attending() if self.capacity(row)["represents"]]

    def distinct(self, rows: list[Plain], listed: Sequence[str]) -> set[str]:
        own = {row["organisation"] for row in rows if row["organisation"] is not None}
        if not listed:
            return own
        return {name for row in rows for name in self.represented_by(row)} & set(listed)

    def needed(self, node: Plain) -> Fraction:
        match node["kind"]:
            case "count":
                return Fraction(node["minimum"])
            case "stepped":
                size = self.size(node["by"])
                return Fraction(next(least for up_to, least in node["steps"] if up_to is None or size <= up_to))
            case "linear":
                return Fraction(node["times"] * self.size(node["by"]) + node["plus"])
        exact = node["fraction"] * self.base(node["base"], node["who"], node["measure"])
        if node["rounding"] == "none":
            return Fraction(exact)
        return Fraction(math.ceil(exact) if node["rounding"] == "up" else math.floor(exact))
