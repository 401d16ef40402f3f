"""Findings as a page shows them: by weight, each with the place in the form it leads to. Pure but for its words."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from patterns.checks import Finding, Weight

_GROUPS: Final[tuple[tuple[Weight, str | Promise], ...]] = (
    (Weight.BLOCK, gettext_lazy("Needed before it can be sent")),
    (Weight.WARN, gettext_lazy("A reviewer will ask about this")),
    (Weight.NOTE, gettext_lazy("Worth knowing")),
)
_PLACES: Final[dict[str, str | Promise]] = {
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("Summary"),
    "note": gettext_lazy("Your note"),
    "consent": gettext_lazy("Licence"),
    "relations": gettext_lazy("Relations"),
    "text": gettext_lazy("Text"),
    "front": gettext_lazy("The head of the file"),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding with the words for its place, and the id of the element it leads to, where the form has one."""

    finding: Finding
    place: str
    target: str


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one weight."""

    weight: Weight
    title: str
    remarks: tuple[Remark, ...]


def grouped(findings: Iterable[Finding], *, form: Mapping[str, str] | None = None) -> tuple[Group, ...]:
    """Put findings in groups, what blocks first. `form` holds the texts of the form's fields, to find places in."""
    all_of_them = list(findings)
    groups = []
    for weight, title in _GROUPS:
        remarks = tuple(_remark(one, form or {}) for one in all_of_them if one.weight is weight)
        if remarks:
            groups.append(Group(weight, str(title), remarks))
    return tuple(groups)


def digest(findings: Iterable[Finding]) -> str:
    """Names what is said, so that a panel that would say the same is not drawn anew under a reader's eyes."""
    return hashlib.sha256(repr([*findings]).encode()).hexdigest()[:16]


def _remark(finding: Finding, form: Mapping[str, str]) -> Remark:
    place = finding.section or str(_PLACES.get(finding.field, finding.field))
    return Remark(finding, place, _target(finding, form))


def _target(finding: Finding, form: Mapping[str, str]) -> str:
    """The id of the field: Django's for a field of a form, and a section's own name for one of its sections."""
    if finding.field in form:
        return f"id_{finding.field}"
    if finding.field != "text":
        return ""
    sections = {name: text for name, text in form.items() if name.startswith("section-")}
    heading, quoted = finding.section.casefold(), finding.excerpt.strip("…")

    def has_quote(name: str) -> bool:
        return bool(quoted) and quoted in " ".join(sections[name].split())

    def has_heading(name: str) -> bool:
        key = name.removeprefix("section-")
        said = form.get(f"heading-{key}") or sections[name].partition("\n")[0]
        return bool(heading) and (heading in said.casefold() or key == heading.replace(" ", "-"))

    return next(filter(has_quote, sections), None) or next(filter(has_heading, sections), "")
