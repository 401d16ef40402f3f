"""From what a form holds while somebody types to a proposal that can be checked. Nothing is written.

Forms differ: that of the editor, a whole file in `text`, or `title`, `summary`, `section-…` and `relations`, over a
revision or new.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from patterns.checks.reading import FILES
from patterns.enums import SubmissionKind
from patterns.format import UnwritableError
from patterns.format.writing import author
from patterns.models import Lighthouse, Pattern, Revision, Submission
from patterns.relating.lines import in_front, read_lines
from patterns.writing import fieldsets
from patterns.writing.fields import Field
from patterns.writing.written import Written, document_of, over, read

LONGEST: Final = 200_000  # bytes of a form that is checked while somebody types
_FRONT: Final = re.compile(r"\A\ufeff?---[ \t]*\r?\n")


_FIELDS: Final = {SubmissionKind.LIGHTHOUSE: fieldsets.LIGHTHOUSE, SubmissionKind.NEW_PATTERN: fieldsets.NEW_PATTERN}


class Unchecked(ValueError):
    """The form cannot be put together as it stands; the message says why in a sentence."""


def proposal(
    form: Mapping[str, str],
    *,
    relations: Sequence[str] = (),
    pattern: Pattern | None = None,
    lighthouse: Lighthouse | None = None,
    base: Revision | None = None,
) -> Submission:
    """The submission this form would become, unsaved. Raises `Unchecked`.

    Consent counts as given: it is asked for when the proposal is sent, not while it is written.
    """
    kind = form.get("kind") or (SubmissionKind.EDIT if base else SubmissionKind.NEW_PATTERN)
    if kind not in set(SubmissionKind):
        raise Unchecked(f"There is no kind of proposal called {kind[:40]}.")
    based_on = base if kind in {SubmissionKind.EDIT, SubmissionKind.LIGHTHOUSE} else None
    text = _plain(form.get("text", ""))
    if "order" in form and kind in FILES:
        text = _of_the_editor(form, kind, based_on)
    elif kind in FILES and not _FRONT.match(text):
        text = _edited(form, kind, based_on) if based_on else _written(form, text, relations)
    return Submission(
        kind=kind, title=form.get("title", "")[:300], text=text, note=form.get("note", ""), consent=True,
        pattern=pattern, lighthouse=lighthouse, based_on=based_on,
    )  # fmt: skip


def section_texts(form: Mapping[str, str]) -> dict[str, str]:
    """The sections of a form, in its order, by the names of their fields."""
    return {name: _plain(text) for name, text in form.items() if name.startswith("section-")}


def body_of(form: Mapping[str, str]) -> str:
    """The sections as one text. A field named by words (`section-when-not-to-use`) is headed by them where it must."""
    parts = []
    for name, text in section_texts(form).items():
        if not text.strip():
            continue
        key = name.removeprefix("section-")
        headed = text.lstrip().startswith("#") or key.isdecimal()
        heading = form.get(f"heading-{key}") or key.replace("-", " ").capitalize()
        parts.append(text.strip("\n") if headed else f"## {heading}\n\n{text.strip()}")
    return "\n\n".join(parts) + "\n"


def _of_the_editor(form: Mapping[str, str], kind: str, base: Revision | None) -> str:
    asked = _fields_of(kind)
    try:
        written = read(form, asked, base=base)
    except ValueError as problem:
        raise Unchecked("The form does not have the sections of this text.") from problem
    return _as_text(written, asked)


def _edited(form: Mapping[str, str], kind: str, base: Revision) -> str:
    """The revision with what the form names: fields by their names, sections by their place (`section-0`)."""
    asked = _fields_of(kind)
    opened = over(base.source, asked, base=base)
    texts = section_texts(form)
    if unknown := texts.keys() - {f"section-{part.id}" for part in opened.parts}:
        raise Unchecked(f"The text has no place for {min(unknown)[:40]}.")
    parts = tuple(replace(one, text=texts.get(f"section-{one.id}", one.text)) for one in opened.parts)
    values = dict(opened.values) | {one.name: form[one.name].strip() for one in asked if one.name in form}
    return _as_text(replace(opened, parts=parts, values=values), asked)


def _as_text(written: Written, asked: Sequence[Field]) -> str:
    try:
        return document_of(written, asked).text
    except UnwritableError as problem:
        raise Unchecked(str(problem)) from problem


def _fields_of(kind: str) -> Sequence[Field]:
    return _FIELDS.get(kind, fieldsets.PATTERN)


def _written(form: Mapping[str, str], text: str, relations: Sequence[str]) -> str:
    front: dict[str, Any] = {}
    for name in ("title", "summary"):
        if value := form.get(name, "").strip():
            front[name] = value
    if lines := read_lines(relations):
        front["relationships"] = in_front(lines)
    try:
        return author(front, text or body_of(form)).text if front else f"---\n---\n\n{text or body_of(form)}"
    except UnwritableError as problem:
        raise Unchecked(str(problem)) from problem


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
