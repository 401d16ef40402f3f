"""Compare two whole files: the front matter in words, field by field, and the bodies by section."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from patterns.diffs.bodies import diff_bodies
from patterns.diffs.effort import Effort
from patterns.diffs.lines import diff_texts
from patterns.diffs.pieces import Line, SectionDiff
from patterns.format import Document
from patterns.format.document import text_of
from patterns.texts.editing import FIELDS

MOST_SECTIONS: Final = 400  # changed sections that are shown
_LABELS: Final[dict[str, Promise]] = {
    "title": _("Title"),
    "summary": _("Summary"),
    "aliases": _("Other names"),
    "slug": _("Address"),
    "license": _("Licence"),
    "attribution": _("Attribution"),
    "sources": _("Sources"),
    "contributors": _("Contributors"),
    "relationships": _("Relations"),
    "context_labels": _("Wordings"),
}


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """A field of the front matter that changes, line by line and word by word."""

    name: str
    lines: tuple[Line, ...]

    @property
    def label(self) -> str:
        """The field's name for people; nothing for one that only the file has a name for."""
        return str(_LABELS.get(self.name, ""))


@dataclass(frozen=True, slots=True)
class Changes:
    """What an edit changes, for people to read; `same` counts the sections it leaves alone, `more` those not shown."""

    fields: tuple[FieldDiff, ...]
    sections: tuple[SectionDiff, ...]
    same: int
    more: int = 0

    @property
    def anything(self) -> bool:
        return bool(self.fields or self.sections)

    @property
    def coarse(self) -> bool:
        """True when something was too much to be compared word by word."""
        return bool(self.more) or any(section.coarse for section in self.sections)


def changes_between(before: Document, after: Document) -> Changes:
    """Compare two whole files: title, summary and any other front matter in words, bodies by section."""
    effort = Effort()
    keys = dict.fromkeys([*FIELDS, *before.front, *after.front])
    fields = tuple(
        FieldDiff(key, diff_texts(_said(before, key), _said(after, key), effort=effort))
        for key in keys
        if before.front.get(key) != after.front.get(key)
    )
    found = diff_bodies(before.body, after.body, effort=effort)
    changed = tuple(section for section in found if section.state != "same")
    more = max(len(changed) - MOST_SECTIONS, 0)
    return Changes(fields, changed[:MOST_SECTIONS], len(found) - len(changed), more)


def _said(document: Document, key: str) -> str:
    """A value in words; lists and mappings over several lines, so that a change in one shows where it is."""
    value = document.front.get(key)
    return "\n".join(_lines(value)) if isinstance(value, list | dict) else text_of(value)


def _lines(value: list | dict, indent: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, list | dict) and inner:
                yield f"{indent}{key}:"
                yield from _lines(inner, f"{indent}  ")
            else:
                yield f"{indent}{key}: {_scalar(inner)}"
        return
    for inner in value:
        if isinstance(inner, dict):
            yield f"{indent}• " + "; ".join(f"{key}: {_scalar(one)}" for key, one in inner.items())
        else:
            yield f"{indent}• {_scalar(inner)}"


def _scalar(value: Any) -> str:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str) if value else "–"
    return text_of(value)
