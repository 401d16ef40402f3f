"""Read the words out of Markdown: what a passage may quote, without marks, padding, diagrams or residue. Pure."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCED = re.compile(
    r"^ {0,3}(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})[ \t]*(?P<language>\w*)[^\n]*\n"
    r"(?P<inside>.*?)(?:^ {0,3}(?P=fence)[`~]*[ \t\r]*$|\Z)",
    re.MULTILINE | re.DOTALL,
)
_NESTED_FRONT = re.compile(
    r"(?:^---[ \t]*\n|\A\s*)(?=(?:[ \t]*\n|#[^\n]*\n)*(?:id|slug|title)[ \t]*:)(?:(?!---)[^\n]*\n)*---[ \t]*$",
    re.MULTILINE,
)
# What a model wrote after a call of a tool that went wrong, `"))} ...`: from there to the end, if no section follows.
_BROKEN_CALL = re.compile(r"^[\"'`]{1,3}\)\)(?:(?!\n {0,3}#{1,6}[ \t]).)*\Z", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"\s*\|")
_ROW_RULE = re.compile(r"[\s|:+-]+$")
_EMPTY_CELLS = re.compile(r"\|(?:\s*\|)+")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+")
_QUOTE = re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE)
_RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|=+)$")
_UNSEEN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_HINT = re.compile(r"\((?:[^()\n]{0,60}\s)?\d+\s*(?:-|–|to)\s*\d+\s+(?:words|sentences|paragraphs)\b[^()\n]{0,60}\)")
_CUT_HINT = re.compile(r"[-–]\s?\d{2,4}\s+words\)")  # the end of a hint that was written over
_HEADING_HINT = re.compile(r"\((?:about |approx\.? |~)?\d{2,4}\+?\s+words?\)|_?x000D_?", re.IGNORECASE)
_DRAWN = re.compile(r"(?:-{5,}|={5,}|_{5,})[-=_|:\s]*")  # a rule, or the rule of a table glued to its rows
_GLUED_HEADING = re.compile(r"(?:^|(?<=[\s\w.!?]))#{2,6}\s+")
_ENTITY = re.compile(r"&(amp|lt|gt|quot|nbsp|#39);")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_MARKS = re.compile(r"\*{1,3}|`+|~~|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|\\(?=[*_#|`\[\]])")
_RESIDUE = re.compile(
    r"\W*(?:would you like me to|let me know (?:if|whether)|i hope (?:this|that)|feel free to (?:ask|reach)"
    r"|if you(?:'d| would) like,? i can|(?:shall|should) i (?:continue|proceed|go on)"
    r"|i(?:'ve| have) (?:now )?(?:created|written|completed|updated|generated|drafted)\b|word count\W*:)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """The least that stays whole where it fits (a paragraph, a list item, a table row): its place and its words."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Aside:
    """A stretch of a body that is not prose: a fenced block, a second front matter, what a broken call left."""

    start: int
    end: int
    unit: Unit | None


def asides(body: str) -> list[Aside]:
    """The stretches of `body` that are not prose, in order. A fenced block keeps its words unless it draws."""
    found = [Aside(*match.span(), None) for match in _NESTED_FRONT.finditer(body)]
    found += [Aside(*match.span(), _fenced(match)) for match in _FENCED.finditer(body)]
    if (broken := _BROKEN_CALL.search(body)) and not any(aside.start < broken.start() < aside.end for aside in found):
        found.append(Aside(*broken.span(), None))
    return sorted(found, key=lambda aside: aside.start)


def units(body: str, start: int, end: int, skipping: list[Aside]) -> Iterator[Unit]:
    """Paragraphs, items and rows of `body[start:end]` in order."""
    for aside in skipping:
        if aside.end <= start or aside.start >= end:
            continue
        yield from _prose(body, start, max(start, aside.start))
        if aside.unit:
            yield aside.unit
        start = min(end, aside.end)
    yield from _prose(body, start, end)


def part(body: str, start: int, end: int) -> Unit:
    """The words of any stretch of prose or of a table row."""
    marker = _ITEM.match(body, start, end)
    text = plain(_QUOTE.sub("", body[marker.end() if marker else start : end]))
    if _ROW.match(body, start, end):
        text = _EMPTY_CELLS.sub("|", text).strip("| ")
    return Unit(start, end, text)


def plain(markdown: str) -> str:
    """The words of a piece of Markdown on one line, never longer than what was given."""
    text = _HINT.sub(" ", _LINK.sub(r"\1", _UNSEEN.sub(" ", markdown.replace("_x000D_", " "))))
    text = _GLUED_HEADING.sub(" ", _DRAWN.sub(" ", _CUT_HINT.sub(" ", text)))
    text = _MARKS.sub("", _TAG.sub(" ", text))
    return " ".join(_ENTITY.sub(lambda match: html.unescape(match[0]), text).split())


def heading(title: str) -> str:
    """A section's name without what a template left in it."""
    return " ".join(_HINT.sub(" ", _HEADING_HINT.sub(" ", title)).split()) or title


def is_residue(text: str) -> bool:
    """Whether a last paragraph speaks to somebody in a chat and not to the reader."""
    return bool(_RESIDUE.match(text))


def _prose(body: str, start: int, end: int) -> Iterator[Unit]:
    opened: int | None = None  # where the running paragraph began
    last = offset = start
    while offset < end:
        stop = body.find("\n", offset, end)
        stop = end if stop < 0 else stop
        line = body[offset:stop]
        row = bool(_ROW.match(line))
        breaks = row or not line.strip() or bool(_RULE.match(line))
        if opened is not None and (breaks or _ITEM.match(line)):
            yield part(body, opened, last)
            opened = None
        if row and not _ROW_RULE.match(line):
            yield part(body, offset, stop)
        elif not breaks and opened is None:
            opened = offset
        last = stop
        offset = stop + 1
    if opened is not None:
        yield part(body, opened, last)


def _fenced(match: re.Match[str]) -> Unit | None:
    inside = match["inside"]
    words = sum(letter.isalnum() or letter.isspace() for letter in inside)
    if match["language"].lower() == "mermaid" or not inside.strip() or words < 0.85 * len(inside):
        return None
    return Unit(match.start("inside"), match.end("inside"), " ".join(inside.split()))
