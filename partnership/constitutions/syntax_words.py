"""The parser's complaint about what is not YAML, in one plain sentence."""

from __future__ import annotations

from ruamel.yaml.error import MarkedYAMLError

from partnership.constitutions.tree import Mark

SENTENCES = (
    ("found character '\\t'", "A tab cannot begin a line or a value here; indent with spaces."),
    ("found unexpected end of stream", "A quotation mark is opened and never closed."),
    ("mapping values are not allowed", 'A second ":" makes this unreadable; put the words in quotation marks.'),
    ("could not find expected ':'", 'A key must be followed by ":" on the same line.'),
    ("expected ',' or ']'", 'A list opened by "[" is not closed by "]".'),
    ("expected ',' or '}'", 'A mapping opened by "{" is not closed by "}".'),
    ("expected <block end>", "The indentation does not match that of the lines before it."),
    ("found character '%'", 'A value cannot begin with "%"; put it in quotation marks.'),
    ("found character '@'", 'A value cannot begin with "@"; put it in quotation marks.'),
    ("found character '`'", "A value cannot begin with a back-tick; put it in quotation marks."),
    ("unknown escape character", "A backslash in double quotation marks needs a second one before it."),
    ("found undefined tag handle", "A tag is not allowed; leave it out."),
    ("duplicate anchor", "Anchors are not allowed; leave them out."),
    ("sequence entries are not allowed", 'A list item ("- ") cannot begin here; begin it on a line of its own.'),
    ("expected '<document start>'", "Something follows the end of the document."),
    ("did not find expected <document start>", "Something follows the end of the document."),
    ("found undefined alias", "An alias is not allowed; write the value out."),
)


# What is opened and never closed is shown where it opens, not where the parser gave up.
OPENED = ("found unexpected end of stream", "could not find expected ':'", "expected ',' or ']'", "expected ',' or '}'")


def syntax_mark(error: MarkedYAMLError) -> Mark:
    """Where to look for the mistake."""
    is_opened = any(start in f"{error.problem or ''}" for start in OPENED)
    mark = (error.context_mark if is_opened else None) or error.problem_mark or error.context_mark
    return Mark(mark.line + 1, mark.column + 1, mark.index) if mark else Mark(1, 1)


def syntax_sentence(error: MarkedYAMLError, text: str) -> str:
    """One sentence for what the parser found, whatever its own words are."""
    problem = f"{error.problem or ''}"
    for start, sentence in SENTENCES:
        if start in problem:
            return sentence
    mark = error.problem_mark
    lines = text.splitlines()
    if mark is not None and mark.line < len(lines) and lines[mark.line].strip():
        return f"This is not YAML from column {mark.column + 1} on."
    return "This is not YAML."
