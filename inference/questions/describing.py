"""A public question as schema.org's QAPage (https://schema.org/QAPage), for search engines. Pure."""

from collections.abc import Sequence
from typing import Any

from inference.models import PublicQuestion
from inference.showing.presenting import Source
from patterns.syndication.metadata import LICENCES, SITE

LONGEST_NAME = 150


def qa_page(question: PublicQuestion, sources: Sequence[Source], *, home: str) -> dict[str, Any]:
    """Describe the page; `home` is the site's root without a slash."""
    address = f"{home}{question.get_absolute_url()}"
    licence = LICENCES.get(question.license.lower(), question.license)
    asked: dict[str, Any] = {
        "@type": "Question",
        "name": question.text[:LONGEST_NAME],
        "text": question.text,
        "answerCount": 1 if question.answered else 0,
        "datePublished": question.published_at.isoformat() if question.published_at else None,
        "author": {"@type": "Person", "name": question.credit} if question.credit else None,
    }
    if question.answered:
        asked["acceptedAnswer"] = {
            "@type": "Answer",
            "text": question.answer_text,
            "url": f"{address}#answer",
            "datePublished": question.answered_at.isoformat() if question.answered_at else None,
            "author": {"@type": "Organization", "name": SITE, "url": f"{home}/"},
            "citation": [f"{home}{source.url}" for source in sources],
        }
    page = {"@type": "QAPage", "@id": address, "url": address, "name": question.text[:LONGEST_NAME], "license": licence}
    return page | {"mainEntity": {key: value for key, value in asked.items() if value not in (None, "", [])}}
