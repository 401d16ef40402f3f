"""From what a form holds while somebody types to a proposal that can be checked. Nothing is written.

Forms differ: a whole file in `text`, or `title`, `summary`, `section-…` and `relations`, over a revision or new.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from patterns.checks.reading import FILES
from patterns.editing import assemble
from patterns.enums import SubmissionKind
from patterns.format import UnwritableError, parse
from patterns.format.writing import author
from patterns.models import Pattern, Revision, Submission
from patterns.relation_lines import in_front, read_lines

LONGEST: Final = 200_000  # bytes of a form that is checked while somebody types
_FRONT: Final = re.compile(r"\A\ufeff?---[ \t]*\r?\n")


class Unchecked(ValueError):
    """The form cannot be put together as it stands; the message says why in a sentence."""


def proposal(
    form: Mapping[str, str],
    *,
    relations: Sequence[str] = (),
    pattern: Pattern | None = None,
    base: Revision | None = None,
) -> Submission:
    """The submission this form would become, unsaved. Raises `Unchecked`.

    Consent counts as given: it is asked for when the proposal is sent, not while it is written.
    """
    kind = form.get("kind") or (SubmissionKind.EDIT if base else SubmissionKind.NEW_PATTERN)
    if kind not in set(SubmissionKind):
        raise Unchecked(f"There is no kind of proposal called {kind[:40]}.")
    based_on = base if kind == SubmissionKind.EDIT else None
    text = _plain(form.get("text", ""))
    if kind in FILES and not _FRONT.match(text):
        text = _edited(form, based_on) if based_on else _written(form, text, relations)
    return Submission(
        kind=kind, title=form.get("title", "")[:300], text=text, note=form.get("note", ""), consent=True,
        pattern=pattern, based_on=based_on,
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


def _edited(form: Mapping[str, str], base: Revision) -> str:
    front = {name: form[name].strip() for name in ("title", "summary") if name in form}
    try:
        return assemble(parse(base.source), front=front, texts=list(section_texts(form).values()))
    except UnwritableError as problem:
        raise Unchecked(str(problem)) from problem
    except ValueError as problem:
        raise Unchecked("The form does not have the sections of this pattern.") from problem


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
