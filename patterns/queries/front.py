"""What a page shows of a file's front matter. Pure, and calm about whatever a file holds: it was written by anyone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from patterns.naming.wordings import Wording, wordings

__all__ = ["Assessment", "Score", "Source", "Wording", "assessment", "sources", "wordings"]

BEST: Final = 5.0
# The database forgets the order of a mapping's keys; this is the one files are written in.
_LABELS: Final[dict[str, str | Promise]] = {
    "stakeholder_architecture": _("Stakeholder architecture"),
    "value_creation": _("Value creation"),
    "resilience": _("Resilience"),
    "ownership": _("Ownership"),
    "autonomy": _("Autonomy"),
    "composability": _("Composability"),
    "fractal_value": _("Fractal value"),
    "vitality": _("Vitality"),
}
_ORDER: Final = tuple(_LABELS)
LONGEST: Final = 600  # characters of one value
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+")
_LONGEST_PLACE: Final = 64  # characters of an address that are shown


@dataclass(frozen=True, slots=True)
class Score:
    """One line of the assessment, from 0 to `BEST`."""

    label: str
    value: float


@dataclass(frozen=True, slots=True)
class Assessment:
    """How the file rates the pattern as a commons, 0 to 5."""

    scores: tuple[Score, ...]
    overall: float | None
    reasoning: str


@dataclass(frozen=True, slots=True)
class Source:
    """A source as the file names it; `url` is empty or http(s), `place` says where it leads: `example.org/paper`.

    One of `title` and `place` may be empty, not both.
    """

    title: str
    url: str
    place: str = ""


def assessment(front: Mapping[str, Any]) -> Assessment | None:
    """Return the commons assessment, or nothing when the file has none that can be read."""
    given = _mapping(_mapping(front.get("ontology")).get("commons_assessment"))
    if not given:
        alignment = _score(_mapping(front.get("classification")).get("commons_alignment"))
        if alignment is None:
            return None
        return Assessment(scores=(Score(str(_("Commons alignment")), alignment),), overall=None, reasoning="")
    scores = tuple(
        Score(label=str(_LABELS.get(name) or _words(str(name))), value=value)
        for name, raw in sorted(given.items(), key=lambda item: _ORDER.index(item[0]) if item[0] in _ORDER else 99)
        if name != "overall_score" and (value := _score(raw)) is not None
    )
    if not scores:
        return None
    return Assessment(
        scores=scores, overall=_score(given.get("overall_score")), reasoning=_text(given.get("vitality_reasoning"))
    )


def sources(front: Mapping[str, Any]) -> tuple[Source, ...]:
    """Return the sources a file names, as words with an address where there is an honest one."""
    given = front.get("sources")
    if isinstance(given, str | Mapping):
        given = [given]
    found = [_source(each) for each in given] if isinstance(given, list) else []
    return tuple(source for source in found if source.title or source.url)


def _source(given: Any) -> Source:
    if isinstance(given, Mapping):
        url = _url(given.get("url") or given.get("link") or "")
        return Source(_text(given.get("title") or given.get("name") or ""), url, _place(url))
    text = _text(given)
    found = _ADDRESS.search(text)
    url = _url(found[0].rstrip(".,;:)]")) if found else ""
    if not url:
        return Source(text, "")
    return Source(text.replace(url, "").strip(" .,;:()[]<>-–—"), url, _place(url))


def _place(url: str) -> str:
    """Return an address as people read it: without its scheme, what it asks for, and most of a long path."""
    if not url:
        return ""
    parts = urlsplit(url)
    place = (parts.hostname or "").removeprefix("www.") + " ".join(unquote(parts.path).split()).rstrip("/")
    return place if len(place) <= _LONGEST_PLACE else place[: _LONGEST_PLACE - 1] + "…"


def _url(value: Any) -> str:
    text = value.strip() if isinstance(value, str) else ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    honest = parts.scheme in {"http", "https"} and parts.hostname and not any(sign.isspace() for sign in text)
    return text if honest else ""


def _score(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if 0 <= number <= BEST else None


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str:
    return " ".join(str(value).split())[:LONGEST] if isinstance(value, str | int | float) else ""


def _words(name: str) -> str:
    text = " ".join(name.replace("_", " ").split())[:80]
    return text[:1].upper() + text[1:]
