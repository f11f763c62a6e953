"""Bytes to a tree in which every value knows its line and column.

The YAML accepted is small on purpose: one document of mappings, lists and scalars in UTF-8, at most
256 KB, no anchors, aliases or tags. It is read event by event, so that neither depth nor size can
exhaust anything, and every mistake is collected instead of stopping at the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from partnership.constitutions.problems import BadFile, Path, Problem, key_of, quoted
from partnership.constitutions.syntax_words import syntax_mark, syntax_sentence
from partnership.constitutions.tree import Document, Listing, Mapping, Mark, Scalar, Tree, plain_value

LIMIT_IN_BYTES = 256 * 1024
LIMIT_OF_DEPTH = 32
START = Mark(1, 1)
CORE_TAGS = "tag:yaml.org,2002:"
# YAML allows tab, line feed, carriage return and everything printable.
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read(data: bytes) -> Document:
    """The tree of a file. Raises `BadFile` when there is no tree to speak of: too big, not UTF-8,
    not YAML, empty, too deep. Other mistakes wait in `Document.problems`.

    Callers add to what is wrong and leave the tree alone, so that those of one text share it.
    """
    known = _known(data)
    return replace(known, problems=[*known.problems], refused={*known.refused}, kept={})


# One form of a rule asks for the same few texts again and again, and each takes longer than all else of its page.
@lru_cache(maxsize=16)
def _known(data: bytes) -> Document:
    text = _decoded(data)
    try:
        return _Reader(_events(text)).document()
    except MarkedYAMLError as error:
        raise _whole_file(syntax_sentence(error, text), syntax_mark(error)) from None
    except (YAMLError, ValueError):
        raise _whole_file("This is not YAML.") from None


def _events(text: str) -> Iterator[Event]:
    yaml = YAML(typ="safe", pure=True)
    yield from yaml.parse(text)


def _whole_file(sentence: str, mark: Mark = START) -> BadFile:
    return BadFile((Problem(mark.line, mark.column, "", sentence),))


def _decoded(data: bytes) -> str:
    if len(data) > LIMIT_IN_BYTES:
        raise _whole_file("The file is larger than 256 KB, the most that is read.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _whole_file("The file is saved as UTF-16; save it as UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        raise _whole_file(
            f"The file is not UTF-8: byte {error.start + 1:,} does not belong in it; save it as UTF-8.",
            Mark(line, error.start - before.rfind(b"\n")),
        ) from None
    if bad := UNPRINTABLE.search(text):
        before_it = text[: bad.start()]
        raise _whole_file(_unprintable(bad), Mark(before_it.count("\n") + 1, bad.start() - before_it.rfind("\n")))
    return text


def _unprintable(bad: re.Match[str]) -> str:
    return f"The character U+{ord(bad.group()):04X} cannot be printed and may not be in the file."


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read, and the key that waits for its value."""

    tree: Mapping | Listing
    path: Path
    key: str | None = None
    is_dropped: bool = False  # the value of a key that is refused


class _Reader:
    """Builds the tree from the events, with a stack of its own instead of recursion."""

    def __init__(self, events: Iterator[Event]) -> None:
        self.events = events
        self.open: list[_Open] = []
        self.found: Document | None = None
        self.problems: list[tuple[Path, str, str, Mark]] = []

    def document(self) -> Document:
        documents = 0
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                self._check_start(event, documents)
            elif isinstance(event, MappingEndEvent | SequenceEndEvent):
                self._close(event)
            elif isinstance(event, NodeEvent):
                self._node(event)
        if self.found is None or (isinstance(self.found.tree, Scalar) and self.found.tree.value is None):
            raise _whole_file("The file is empty.")
        for path, sentence, what, mark in self.problems:
            self.found.problems.append(Problem(mark.line, mark.column, key_of(path), sentence, what))
            self.found.refused.add(path)
        _check_scalars(self.found, (), self.found.tree)
        return self.found

    def _check_start(self, event: DocumentStartEvent, number: int) -> None:
        if number > 1:
            raise _whole_file('A file holds one document; leave out the second "---".', _mark(event))
        if event.version or event.tags:
            raise _whole_file('Lines that begin with "%" are not read; leave them out.', _mark(event))

    def _node(self, event: NodeEvent) -> None:
        mark = _mark(event)
        around = self.open[-1] if self.open else None
        if around and isinstance(around.tree, Mapping) and around.key is None:
            self._key(around, event, mark)
            return
        path = self._path(around)
        if isinstance(event, AliasEvent):
            sentence = f'The alias "*{event.anchor}" is not allowed; write the value out.'
            self.problems.append((path, sentence, f"*{event.anchor}", mark))
        elif event.anchor:
            sentence = f'The anchor "&{event.anchor}" is not allowed; leave it out.'
            self.problems.append((path, sentence, f"&{event.anchor}", mark))
        elif getattr(event, "tag", None) and not isinstance(event, AliasEvent):
            tag = str(getattr(event, "tag")).replace(CORE_TAGS, "!!")  # noqa: B009
            self.problems.append((path, f'The tag "{tag}" is not allowed; leave it out.', tag, mark))
        self._place(event, mark, path, around)

    def _close(self, event: Event) -> None:
        """What was opened ends where its bracket closes, or, without one, where its last value ends."""
        closed = self.open.pop().tree
        inside = closed.items.values() if isinstance(closed, Mapping) else closed.items
        last = max((item.end for item in inside), default=closed.mark.index)
        closed.end = event.end_mark.index if closed.is_flow else last

    def _path(self, around: _Open | None) -> Path:
        if around is None:
            return ()
        if isinstance(around.tree, Listing):
            return (*around.path, len(around.tree.items))
        return (*around.path, around.key or "")

    def _place(self, event: NodeEvent, mark: Mark, path: Path, around: _Open | None) -> None:
        tree: Tree
        if isinstance(event, MappingStartEvent):
            tree = Mapping(mark, is_flow=bool(event.flow_style))
        elif isinstance(event, SequenceStartEvent):
            tree = Listing(mark, is_flow=bool(event.flow_style))
        elif isinstance(event, ScalarEvent):
            tree = Scalar(event.value, bool(event.style), mark, event.end_mark.index, event.style in {"|", ">"})
        else:
            tree = Scalar("", is_quoted=True, mark=mark, end=event.end_mark.index)
        self._attach(tree, around)
        if isinstance(tree, Mapping | Listing):
            self.open.append(_Open(tree, path))
            if len(self.open) > LIMIT_OF_DEPTH:
                raise _whole_file(f"Values are nested deeper than {LIMIT_OF_DEPTH} levels.", mark)

    def _attach(self, tree: Tree, around: _Open | None) -> None:
        if around is None:
            self.found = Document(tree)
        elif isinstance(around.tree, Listing):
            around.tree.items.append(tree)
        else:
            if not around.is_dropped:
                around.tree.items[str(around.key)] = tree
            around.key, around.is_dropped = None, False

    def _key(self, around: _Open, event: NodeEvent, mark: Mark) -> None:
        if not isinstance(event, ScalarEvent):
            raise _whole_file("A key is one word; a list, a mapping or an alias cannot be a key.", mark)
        key, tree = event.value, around.tree
        if bad := UNPRINTABLE.search(key):
            raise _whole_file(_unprintable(bad), mark)
        if not event.style and not isinstance(plain_value(key), str):
            what = "nothing" if not key else quoted(key)
            raise _whole_file(f"A key is a word, and {what} is not.", mark)
        around.key = key
        if not isinstance(tree, Mapping):
            return
        if key in tree.keys:
            first = tree.keys[key].line
            sentence = f'The key "{key}" is here a second time; the first is on line {first}.'
            self.problems.append(((*around.path, key), sentence, key, mark))
            around.is_dropped = True
        else:
            tree.keys[key] = mark


def _mark(event: Event) -> Mark:
    start = event.start_mark
    return Mark(start.line + 1, start.column + 1, start.index)


def _check_scalars(document: Document, path: Path, tree: Tree) -> None:
    """Nothing may be empty, nor unprintable by an escape; clause references must be quoted: 5.10 would become 5.1."""
    if isinstance(tree, Scalar):
        if bad := UNPRINTABLE.search(tree.text):
            document.refuse(path, _unprintable(bad))
        elif tree.value is None:
            document.refuse(path, "Nothing stands here; fill it in or leave the key out.")
        elif path and path[-1] == "ref" and not tree.is_quoted:
            words = f'"{tree.text}"'
            sentence = f"Put the clause reference in quotation marks: {words}."
            document.refuse(path, sentence, found=tree.text, expected=words)
        return
    if isinstance(tree, Mapping) and tree.is_flow:
        _check_commas(document, path, tree)
    inside = tree.items.items() if isinstance(tree, Mapping) else enumerate(tree.items)
    for part, item in inside:
        _check_scalars(document, (*path, part), item)


def _check_commas(document: Document, path: Path, tree: Mapping) -> None:
    """Between braces a comma ends the words before it, and what follows becomes a key without a value."""
    words = [key for key, item in tree.items.items() if " " in key and item.value is None]
    for key in words:
        if key == words[0]:
            sentence = f"The comma before {quoted(key)} ended the words; put all of them in quotation marks."
            document.add((*path, key), sentence, of_key=True)
        document.refused.add((*path, key))
