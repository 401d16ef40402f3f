"""Words and marks for templates: values as files write them, said as a person would."""

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from patterns.citing.licences import Licence, licence
from patterns.enums import Tier
from patterns.faceting.spelling import words
from patterns.people import roles
from patterns.people.roles import Person
from patterns.queries.facets import label

register = template.Library()
register.filter("words", words)


@register.filter
def tier_mark(tier: str) -> SafeString:
    """Return a tier's mark and word: `{{ pattern.tier|tier_mark }}`."""
    known = tier if tier in Tier.values else Tier.BRONZE.value
    return format_html('<span class="tier tier-{}">{}</span>', known, label("tier", known))


@register.filter
def stars_mark(stars: int) -> SafeString:
    """Return confidence as one to three stars, and in words for those who do not see them."""
    filled = min(max(int(stars or 1), 1), 3)
    said = _("confidence %(stars)s of 3") % {"stars": filled}
    return format_html(
        '<span class="stars" role="img" aria-label="{}">{}{}</span>', said, "★" * filled, "☆" * (3 - filled)
    )


@register.filter
def is_curator(user: Person) -> bool:
    """Whether to offer what only curators may do: `{% if user|is_curator %}`. The acts ask again."""
    return roles.is_curator(user)


@register.simple_tag
def text_lang() -> SafeString:
    """Return ` lang="…"` for an element with a text of the library, where the page around it is in another language."""
    return format_html(' lang="{}"', settings.LIBRARY_LANGUAGE) if _elsewhere() else SafeString("")


@register.simple_tag
def text_language() -> str:
    """Return the name of the language the library's texts are in, where the page is in another one; else nothing."""
    return get_language_info(settings.LIBRARY_LANGUAGE)["name_translated"] if _elsewhere() else ""


def _elsewhere() -> bool:
    return (get_language() or "").split("-")[0] != settings.LIBRARY_LANGUAGE


@register.simple_tag
def licence_of(*stated: str) -> Licence:
    """Return the first licence that is stated, with its address if we know it: `{% licence_of a b as licence %}`."""
    return licence(*stated)
