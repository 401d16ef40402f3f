"""Read the part of Mermaid's flowchart language that libraries use; anything else is not read rather than guessed.

https://mermaid.js.org/syntax/flowchart.html: nodes, chains of arrows, labels, `&`, and subgraphs, which are flattened.
"""

import html
import re
from collections.abc import Iterator
from typing import Final

from patterns.drawing.flowcharts.chart import Arrow, Chart, Heads, Node, Shape

LONGEST: Final = 20_000  # characters of source
LONGEST_LINE: Final = 2_000
MOST_ARROWS: Final = 400

_HEAD: Final = re.compile(r"(?:graph|flowchart)(?:[ \t]+(?:TB|TD|BT|LR|RL))?[ \t]*\Z", re.IGNORECASE)
_NAME: Final = re.compile(r"\w+(?:[.-]\w+)*")
_PASSED_OVER: Final = re.compile(r"(?:end|direction|style|classDef|class|linkStyle|click)\b")
_SUBGRAPH: Final = re.compile(r"subgraph\b[ \t]*(?:([\w.-]+)[ \t]*\[(.*)\])?")
_CLASS: Final = re.compile(r":::[\w-]+")
_PIPE: Final = re.compile(r"[ \t]*\|([^|\n]*)\|")
_PLAIN: Final = re.compile(r"(<)?(?:--+(>)|---+()|-\.+-(>)|-\.+-()|==+(>)|===+())")
_LABELLED: Final = re.compile(
    r"(<)?(?:--(?![->.])[ \t]*(?P<a>[^\n]+?)[ \t]*--+(?P<ah>>)?"
    r"|-\.(?![->.])[ \t]*(?P<b>[^\n]+?)[ \t]*\.+-(?P<bh>>)?"
    r"|==(?![=>])[ \t]*(?P<c>[^\n]+?)[ \t]*==+(?P<ch>>)?)"
)
_SHAPES: Final[tuple[tuple[str, str, Shape], ...]] = (  # longer openings first
    *(("(((", ")))", "pill"), ("((", "))", "pill"), ("([", "])", "pill"), ("[(", ")]", "round"), ("[[", "]]", "box")),
    *(("{{", "}}", "choice"), ("[/", "/]", "box"), ("[\\", "\\]", "box")),
    *(("(", ")", "round"), ("{", "}", "choice"), ("[", "]", "box"), (">", "]", "box")),
)
_BREAK: Final = re.compile(r"<br\s*/?>|\\n", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[a-z]+\s*/?>", re.IGNORECASE)


class _UnknownError(ValueError):
    """A statement this reader does not know."""


def read(source: str) -> Chart | None:
    """Return what `source` says; None when any of it cannot be read."""
    if len(source) > LONGEST or max(map(len, source.splitlines()), default=0) > LONGEST_LINE:
        return None
    first, *rest = list(_statements(source)) or [""]
    if not _HEAD.match(first):
        return None
    reader = _Reader()
    try:
        for statement in rest:
            reader.take(statement)
    except _UnknownError:
        return None
    chart = reader.chart()
    return chart if chart.nodes else None


def _statements(source: str) -> Iterator[str]:
    """Yield statements: lines, cut at semicolons that stand outside of labels."""
    for line in source.splitlines():
        if line.lstrip().startswith("%%"):
            continue
        depth, quoted, begin = 0, False, 0
        for place, char in enumerate(line):
            if char == '"':
                quoted = not quoted
            elif quoted:
                continue
            elif char in "[({":
                depth += 1
            elif char in "])}":
                depth -= 1
            elif char == ";" and depth <= 0:
                yield from filter(None, [line[begin:place].strip()])
                begin = place + 1
        yield from filter(None, [line[begin:].strip()])


class _Reader:
    """Gathers nodes and arrows, statement by statement."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.arrows: list[Arrow] = []
        self.titles: dict[str, str] = {}

    def take(self, statement: str) -> None:
        if found := _SUBGRAPH.match(statement):
            if found[1]:
                self.titles[found[1]] = _plain(found[2])
            return
        if _PASSED_OVER.match(statement):
            return
        names, at = self._names(statement, 0)
        while at < len(statement):
            label, heads, dotted, at = _link(statement, at)
            targets, at = self._names(statement, at)
            if len(self.arrows) + len(names) * len(targets) > MOST_ARROWS:
                raise _UnknownError
            self.arrows += [
                Arrow(source, target, label=label, heads=heads, dotted=dotted) for source in names for target in targets
            ]
            names = targets

    def chart(self) -> Chart:
        titled = (
            Node(node.name, self.titles[node.name]) if node.label == node.name and node.name in self.titles else node
            for node in self.nodes.values()
        )
        return Chart(nodes=tuple(titled), arrows=tuple(self.arrows))

    def _names(self, text: str, at: int) -> tuple[list[str], int]:
        """Read `A[…] & B` from `at`; return the names and where it ends."""
        names = []
        while True:
            at = _over_space(text, at)
            found = _NAME.match(text, at)
            if not found:
                raise _UnknownError
            name, at = found[0], found.end()
            names.append(name)
            at = self._shape(name, text, at)
            if styled := _CLASS.match(text, at):
                at = styled.end()
            at = _over_space(text, at)
            if not text.startswith("&", at):
                return names, at
            at += 1

    def _shape(self, name: str, text: str, at: int) -> int:
        for opening, closing, shape in _SHAPES:
            if text.startswith(opening, at):
                label, end = _inside(text, at + len(opening), closing)
                self.nodes[name] = Node(name, _plain(label) or name, shape)
                return end
        self.nodes.setdefault(name, Node(name, name))
        return at


def _inside(text: str, at: int, closing: str) -> tuple[str, int]:
    """Return the label that begins at `at` and where the shape ends; brackets inside it may nest."""
    quoted = re.compile(r'\s*"([^"]*)"\s*').match(text, at)
    if quoted and text.startswith(closing, quoted.end()):
        return quoted[1], quoted.end() + len(closing)
    opening = {")": "(", "]": "[", "}": "{"}[closing[-1]]
    depth = 0
    for place in range(at, len(text)):
        if depth == 0 and text.startswith(closing, place):
            return text[at:place], place + len(closing)
        depth += (text[place] == opening) - (text[place] == closing[-1])
    raise _UnknownError


def _link(text: str, at: int) -> tuple[str, Heads, bool, int]:
    """Read an arrow with its label; return also whether it is dotted and where it ends."""
    found = _PLAIN.match(text, at)
    if found:
        forward, label, end = ">" in found[0], "", found.end()
        if piped := _PIPE.match(text, end):
            label, end = piped[1], piped.end()
    else:
        found = _LABELLED.match(text, at)
        if not found:
            raise _UnknownError
        label, end = found["a"] or found["b"] or found["c"], found.end()
        forward = bool(found["ah"] or found["bh"] or found["ch"])
    heads: Heads = "both" if found[1] and forward else "forward" if forward else "none"
    return _plain(label), heads, "." in found[0].replace(label, ""), end


def _over_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t":
        at += 1
    return at


def _plain(label: str) -> str:
    """The words of a label, its breaks kept."""
    words = label.strip().strip('"').strip()
    return "\n".join(
        " ".join(html.unescape(_TAG.sub("", line)).replace("#quot;", '"').split()) for line in _BREAK.split(words)
    ).strip()
