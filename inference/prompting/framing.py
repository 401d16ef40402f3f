"""Puts retrieved text into a frame that it cannot leave: whatever a passage or a question says, it stays data. Pure.

What is taken apart: tags and the special tokens of chat templates, headings, rules and fences, lines that begin like a
speaker, citation marks, and characters nobody sees. The words stay: a passage about prompts may be what is asked for.
"""

import re

from inference.types import Evidence

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_TAG = re.compile(r"<(?=\s*[/!?|｜<a-zA-Z▁])")
_TEMPLATE = re.compile(r"\[(/?(?:[A-Z_]{3,}|gMASK|sMASK)[^\]\n]{0,24})\]")
_MARK = re.compile(r"[\[【]((?:\^?\d{1,3})(?:\s*[,;–-]\s*\d{1,3})*)[\]】]")
_HEADING = re.compile(r"^[^\S\n]*#+", re.MULTILINE)
_RULE = re.compile(r"^[^\S\n]*([-=_*~`])\1{2,}", re.MULTILINE)
_SPEAKER = re.compile(
    r"^([^\S\n]*[*_]{0,2}(?:system|user|assistant|human|ai|bot|model|developer|tool|instructions?|question|answer|passages?|facts?)"
    r"[*_]{0,2}[^\S\n]*):",
    re.IGNORECASE | re.MULTILINE,
)


def harmless(text: str) -> str:
    """Text that cannot close its passage, open a section of the frame, speak for somebody, or cite."""
    text = _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))
    text = _MARK.sub(r"(\1)", _TEMPLATE.sub(r"(\1)", _TAG.sub("‹", text)))
    text = _HEADING.sub(lambda found: found[0].replace("#", "＃"), text)
    text = _RULE.sub(lambda found: "–" * len(found[0]), text)
    return _SPEAKER.sub(r"\1 –", text)


def on_one_line(text: str) -> str:
    """Harmless text without a line of its own, for names and questions."""
    return harmless(" ".join(text.split()))


def passage(number: int, one: Evidence, text: str) -> str:
    """A passage in its frame, with what of it is read."""
    return f'<passage number="{number}" from="{_place(one)}">\n{harmless(text)}\n</passage>'


def summary(number: int, one: Evidence, text: str) -> str:
    """One line about a passage that is not read in full, which can be cited all the same."""
    return f"[{number}] {_place(one)}: {on_one_line(text)} → {address(one)}"


def link(one: Evidence) -> str:
    """Where a passage stands that is not read at all."""
    return f"{_place(one)} → {address(one)}"


def address(one: Evidence) -> str:
    """The path of a passage on this site, which stays the same as long as its entry is there."""
    if one.url:
        return one.url
    return f"/{one.kind}s/{one.slug}/" + (f"#{one.anchor}" if one.anchor else "")


def _place(one: Evidence) -> str:
    where = f"{one.title}, {one.section}" if one.section else one.title
    return on_one_line(where).replace('"', "'").replace("→", "-")
