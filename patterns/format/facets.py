"""The facets a pattern is browsed by, read from whichever generation's keys a file has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from patterns.format.document import Document, text_of, texts_of


@dataclass(frozen=True, slots=True)
class Facets:
    """What browsing needs of one document. `stars` is the file's own confidence, as one to three."""

    summary: str
    domain: str
    categories: tuple[str, ...]
    commons_domains: tuple[str, ...]
    lifecycle_status: str
    universality: str
    stars: int
    license: str
    attribution: str
    authors: tuple[str, ...]


def facets(document: Document) -> Facets:
    """Return the facets of `document`; what the file does not say is empty, and confidence is one star."""
    front = document.front
    ontology, classification = _mapping(front, "ontology"), _mapping(front, "classification")
    lifecycle, provenance = _mapping(front, "lifecycle"), _mapping(front, "provenance")
    return Facets(
        summary=text_of(front.get("summary")) or text_of(front.get("description")),
        domain=text_of(ontology.get("domain") or classification.get("domain")),
        categories=texts_of(classification.get("category") or ontology.get("cross_domains")),
        commons_domains=texts_of(
            ontology.get("commons_domain") or classification.get("commons_domain") or front.get("commons_domain")
        ),
        lifecycle_status=text_of(lifecycle.get("status") or classification.get("status")),
        universality=text_of(classification.get("universality") or ontology.get("universality")),
        stars=_stars(lifecycle.get("confidence"), front.get("confidence_score")),
        license=text_of(front.get("license") or provenance.get("license")),
        attribution=text_of(front.get("attribution") or provenance.get("attribution")),
        authors=tuple(_authors(front.get("contributors") or provenance.get("contributors") or front.get("author"))),
    )


def _mapping(front: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = front.get(key)
    return value if isinstance(value, dict) else {}


def _stars(confidence: Any, score: Any) -> int:
    """A newer file counts its confidence itself, from 1 to 3; an older one writes a share of 1."""
    if isinstance(confidence, int) and not isinstance(confidence, bool):
        return min(3, max(1, confidence))
    if isinstance(score, int | float) and not isinstance(score, bool):
        return 3 if score >= 0.85 else 2 if score >= 0.6 else 1
    return 1


def _authors(value: Any):
    for one in value if isinstance(value, list) else [value]:
        name = text_of(one.get("name")) if isinstance(one, dict) else text_of(one)
        if name:
            yield name
