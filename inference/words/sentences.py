"""Cuts prose into sentences: the unit that is quoted, cited and checked. Pure, English, rules rather than a model."""

import re
from collections.abc import Iterator

from inference.types import Sentence
from inference.words.tables import blocks_of_table

_SHORT = """
    al approx art ca cf co corp dept dr e.g ed eds eg esp est etc fig figs gen i.e ie inc jr ltd max min mr mrs ms no
    nos op p pp para pt prof rev sec sen sr st vol vols vs u.s u.k e.u a.m p.m jan feb mar apr jun jul aug sept oct nov
    dec"""
_ABBREVIATIONS = frozenset(_SHORT.split())
# An end: the sign, closing quotes, the citations that belong to it, space, then something that can begin a sentence.
_END = re.compile(r"[.!?…]+[\"'”’»)\]*_]*(?:\s*\[\d{1,3}\])*+(?=\s+[\"'“‘«(\[*_]*[A-ZÀ-ÖØ-Þ0-9])")
_LAST_WORD = re.compile(r"([\w.]+)\.\Z")
_ITEM = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")
_ROW = re.compile(r"^\s*\|.*\|")
_HEADING = re.compile(r"^\s*#{1,6}\s+")
# A bold name with what it names after a colon or dash, or alone; not the beginning of a sentence that stresses it.
_LABEL = re.compile(r"^\*\*(?P<label>[^*]{1,120})(?:[:.]\*\*\s*|\*\*\s*(?:[:—–]\s*|-\s+|(?=\[\d)|$))")
_REASON = re.compile(r"^\((?:says|suits|fits|used by) [^()]*\)$")  # why an item was chosen, after its citation
_REASON_START = re.compile(r"(?<=\]) (?=\((?:says|suits|fits|used by) [^()]*\)$)")
_MARKERS = re.compile(r"\s*\[(\d{1,3})\]")
_EMPHASIS = re.compile(r"\*{1,3}|`+|(?<!\w)_{1,2}|_{1,2}(?!\w)")


def split(text: str) -> tuple[Sentence, ...]:
    """Sentences of an answer in order, with the source numbers they cite taken out of their text."""
    found: list[Sentence] = []
    for block, (form, content) in enumerate(_blocks(text)):
        name = None if form == "heading" else _LABEL.match(content)
        label = name["label"].strip(" :.") if name else ""
        body, *reason = _REASON_START.split(content[name.end() :] if name else content)
        pieces = list(sentences(body)) or [""]
        for piece in pieces + reason:
            numbers = tuple(dict.fromkeys(int(n) for n in _MARKERS.findall(piece)))
            words = _EMPHASIS.sub("", _MARKERS.sub("", piece)).strip()
            if not words and not label:
                if numbers and found:
                    found[-1] = _also_citing(found[-1], numbers)
                continue
            kind = "reason" if piece in reason else form
            announces = words.endswith(":") or (form == "text" and not words)
            claims = kind not in {"heading", "reason"} and not (announces and not numbers)
            found.append(Sentence(words, numbers, "unsupported" if claims else "", block, kind, label))
            label = ""
    return tuple(found)


def sentences(paragraph: str) -> Iterator[str]:
    """Yield the sentences of one paragraph, with their citation marks; joined by spaces they give it back."""
    text = " ".join(paragraph.split())
    start = 0
    for end in _END.finditer(text):
        if _is_abbreviation(text[start : end.end()], end[0]):
            continue
        yield text[start : end.end()].strip()
        start = end.end()
    if rest := text[start:].strip():
        yield rest


def _is_abbreviation(sentence: str, sign: str) -> bool:
    """Whether the full stop at the end of `sentence` belongs to a word (Dr., J., 3.) and ends nothing."""
    if sign != ".":
        return False
    word = _LAST_WORD.search(sentence)
    if word is None:
        return False
    last = word[1]
    bare_number = last.isdigit() and sentence[: -len(last) - 1].strip("*_( ") == ""
    return last.lower() in _ABBREVIATIONS or (len(last) == 1 and last.isalpha() and last != "I") or bare_number


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield (form, content) of each paragraph, list item, step and heading; a table as headings and items."""
    gathered: list[str] = []
    rows: list[str] = []
    form = "text"
    for line in [*text.splitlines(), ""]:
        row = bool(_ROW.match(line))
        item = _ITEM.match(line)
        new = ("step" if item[0].strip()[0].isdigit() else "item") if item else None
        new = "heading" if _HEADING.match(line) else new
        if (new or row or not line.strip()) and gathered:
            yield form, " ".join(gathered)
            gathered = []
        if row:
            rows.append(line)
            continue
        if rows:
            yield from blocks_of_table(rows)
            rows = []
        if new == "heading":
            yield "heading", _HEADING.sub("", line).strip()
        elif line.strip():
            form = (new or "text") if not gathered else form
            gathered.append(_ITEM.sub("", line).strip() if item else line.strip())


def _also_citing(sentence: Sentence, numbers: tuple[int, ...]) -> Sentence:
    together = tuple(dict.fromkeys((*sentence.citations, *numbers)))
    return Sentence(sentence.text, together, sentence.support, sentence.block, sentence.form, sentence.label)
