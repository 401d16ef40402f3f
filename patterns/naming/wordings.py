"""What a pattern is called among other people, and which of those names a reader chose. Pure but for its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PARAMETER: Final = "wording"
LONGEST: Final = 80  # characters of a context's name
_KNOWN: Final[dict[str, str | Promise]] = {
    "corporate": _("Corporate"),
    "government": _("Government"),
    "activist": _("Activist"),
    "tech": _("Tech"),
    "community": _("Community"),
    "academic": _("Academic"),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """What the pattern is called in `context` (as the file writes it; `label` says it to people)."""

    context: str
    label: str
    title: str

    @property
    def address(self) -> str:
        return "?" + urlencode({PARAMETER: self.context})


@dataclass(frozen=True, slots=True)
class Switch:
    """The wordings one can choose between, the chosen one if any, and the context that is wanted and not there."""

    wordings: tuple[Wording, ...]
    chosen: Wording | None
    missing: str

    @property
    def shown(self) -> bool:
        return bool(self.wordings or self.missing)


def wordings(front: Mapping[str, Any]) -> tuple[Wording, ...]:
    """Return the names of the pattern in other contexts, those every file has first; unknown contexts are kept."""
    given = front.get("context_labels")
    labels = given if isinstance(given, Mapping) else {}
    order = list(_KNOWN)
    found = (
        Wording(context=context, label=label_of(context), title=title)
        for context, title in ((str(key).strip()[:LONGEST], _text(value)) for key, value in labels.items())
        if context and title
    )
    return tuple(sorted(found, key=lambda one: order.index(one.context) if one.context in order else len(order)))


def switch(found: Sequence[Wording], *, wanted: str) -> Switch:
    """Return the switch with `wanted` (a context, however it is written) chosen where the pattern has it."""
    name = " ".join(wanted.split()).casefold()
    chosen = next((one for one in found if one.context.casefold() == name), None) if name else None
    missing = label_of(name[:LONGEST]) if name and chosen is None else ""
    return Switch(wordings=tuple(found), chosen=chosen, missing=missing)


def label_of(context: str) -> str:
    """Return a context in words: `corporate` as the interface says it, `rural_towns` as `Rural towns`."""
    known = _KNOWN.get(context.casefold())
    if known is not None:
        return str(known)
    text = " ".join(context.replace("_", " ").split())
    return text[:1].upper() + text[1:]


def _text(value: Any) -> str:
    return " ".join(str(value).split())[:300] if isinstance(value, str | int | float) else ""
