"""What a page says of itself to search engines and to those who share it: schema.org descriptions. Pure.

Vocabulary: https://schema.org; addresses are whole, `home` is the site's root without a slash.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.safestring import SafeString, mark_safe

SITE: Final = "Commons Language Model"
LONGEST: Final = 300  # characters of a description
LICENCES: Final = {
    "cc-by-sa-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "cc-by-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "cc0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
# What would end the element, or the line in a script (https://html.spec.whatwg.org/#restrictions-for-contents-of-script-elements).
_ESCAPES: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def website(*, home: str, search: str, description: str) -> dict[str, Any]:
    """Describe the site with the address that searches it."""
    action = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    named = {"@type": "WebSite", "@id": f"{home}/#site", "name": SITE, "url": f"{home}/"}
    return named | {"description": description, "potentialAction": action}


def work(
    *,
    home: str,
    address: str,
    title: str,
    description: str,
    revision: int,
    published: str,
    changed: str,
    author: str = "",
    license: str = "",  # noqa: A002 - schema.org's name
    aliases: Sequence[str] = (),
    keywords: Sequence[str] = (),
    library: str = "",
    text: str = "",
) -> dict[str, Any]:
    """Describe a pattern as an article; `published` and `changed` are ISO 8601."""
    found = {
        "@type": "TechArticle",
        "@id": address,
        "url": address,
        "mainEntityOfPage": address,
        "headline": title,
        "name": title,
        "alternateName": list(aliases),
        "description": description,
        "version": revision,
        "datePublished": published,
        "dateModified": changed,
        "author": {"@type": "Person", "name": author} if author else None,
        "license": LICENCES.get(license.lower().replace(" ", "-"), license),
        "keywords": list(keywords),
        "isPartOf": {"@type": "Collection", "name": library, "url": f"{home}/patterns/"} if library else None,
        "publisher": {"@type": "Organization", "name": SITE, "url": f"{home}/"},
        "encoding": {"@type": "MediaObject", "contentUrl": text, "encodingFormat": "text/markdown"} if text else None,
        "isAccessibleForFree": True,
    }
    return _filled(found)


def place(
    *, address: str, title: str, description: str, kind: str = "", country: str = "", founded: str = ""
) -> dict[str, Any]:
    """Describe a lighthouse: a city as a place, everything else as an organisation."""
    is_place = any(word in kind.casefold() for word in ("city", "town", "region", "village", "municipal", "district"))
    found = {
        "@type": "City" if "city" in kind.casefold() else "Place" if is_place else "Organization",
        "@id": f"{address}#lighthouse",
        "name": title,
        "description": description,
        "mainEntityOfPage": address,
        "address": {"@type": "PostalAddress", "addressCountry": country} if country else None,
        "foundingDate": founded if founded.isdecimal() and len(founded) == 4 and not is_place else None,
    }
    return _filled(found)


def collection(
    *, address: str, title: str, description: str, items: Sequence[tuple[str, str]] = (), total: int = 0
) -> dict[str, Any]:
    """Describe a list: `items` are (name, whole address) of those on this page, `total` how many there are in all."""
    elements = [
        {"@type": "ListItem", "position": place, "name": name, "url": url} for place, (name, url) in enumerate(items, 1)
    ]
    found = {
        "@type": "CollectionPage",
        "@id": address,
        "url": address,
        "name": title,
        "description": description,
        "mainEntity": {"@type": "ItemList", "numberOfItems": total or len(elements), "itemListElement": elements}
        if elements
        else None,
    }
    return _filled(found)


def breadcrumbs(steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Describe the way to a page: (name, whole address), from the outermost to the page itself."""
    elements = [
        {"@type": "ListItem", "position": place, "name": name, "item": url}
        for place, (name, url) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": elements}


def as_json(*described: Mapping[str, Any]) -> SafeString:
    """Return descriptions as JSON-LD that cannot end the element it stands in, whatever the texts hold."""
    graph = {"@context": "https://schema.org", "@graph": list(described)}
    return mark_safe(json.dumps(graph, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 - nothing in it can be markup


def _filled(found: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if value not in (None, "", [])}
