"""What a page shows of a file's front matter. Pure, and calm about whatever a file holds: it was written by anyone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

BEST: Final = 5.0
_ORDER: Final = (  # the database forgets the order of a mapping's keys; this is the one files are written in
    *("stakeholder_architecture", "value_creation", "resilience", "ownership"),
    *("autonomy", "composability", "fractal_value", "vitality"),
)
LONGEST: Final = 600  # characters of one value


@dataclass(frozen=True, slots=True)
class Wording:
    """What the pattern is called among other people: `("corporate", "…")`."""

    context: str
    title: str


@dataclass(frozen=True, slots=True)
class Score:
    """One line of the assessment; `width` is its bar in percent."""

    label: str
    value: float

    @property
    def width(self) -> int:
        return round(100 * self.value / BEST)


@dataclass(frozen=True, slots=True)
class Assessment:
    """How the file rates the pattern as a commons, 0 to 5."""

    scores: tuple[Score, ...]
    overall: float | None
    reasoning: str


@dataclass(frozen=True, slots=True)
class Source:
    """A source as the file names it; `url` is empty or http(s)."""

    title: str
    url: str


def wordings(front: Mapping[str, Any]) -> tuple[Wording, ...]:
    """Return the names of the pattern in other contexts."""
    labels = _mapping(front.get("context_labels"))
    return tuple(
        Wording(context=_words(str(context)), title=_text(title)) for context, title in labels.items() if _text(title)
    )


def assessment(front: Mapping[str, Any]) -> Assessment | None:
    """Return the commons assessment, or nothing when the file has none that can be read."""
    given = _mapping(_mapping(front.get("ontology")).get("commons_assessment"))
    if not given:
        alignment = _score(_mapping(front.get("classification")).get("commons_alignment"))
        if alignment is None:
            return None
        return Assessment(scores=(Score("Commons alignment", alignment),), overall=None, reasoning="")
    scores = tuple(
        Score(label=_words(str(name)), value=value)
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
    return tuple(source for source in found if source.title)


def _source(given: Any) -> Source:
    if isinstance(given, Mapping):
        url = _url(given.get("url") or given.get("link") or "")
        title = _text(given.get("title") or given.get("name") or "")
        return Source(title=title or url, url=url)
    text = _text(given)
    return Source(title=text, url=_url(text))


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
