"""Words of the interface inside rendered HTML, put in when a page is shown: the kept copy is for every language.

A word stands in the copy as `sign, name, sign, argument, sign`, with private-use characters that no text keeps: they
are taken out of whatever a person wrote before it is parsed.
"""

import re
from collections.abc import Callable
from typing import Final

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

_BEGIN, _THEN, _END = "\ue010", "\ue011", "\ue012"
_SIGN: Final = re.compile(f"{_BEGIN}([a-z-]+){_THEN}([^{_END}]*){_END}")
_FOREIGN: Final = dict.fromkeys(map(ord, (_BEGIN, _THEN, _END)), "\ufffd")

_WORDS: Final[dict[str, Promise]] = {
    "note": _("Note"),
    "tip": _("Tip"),
    "important": _("Important"),
    "warning": _("Warning"),
    "caution": _("Caution"),
    "picture": _("picture"),
    "elsewhere": _("picture at %(argument)s"),
    "diagram": _("Diagram"),
    "diagram-in-words": _("The diagram in words"),
    "diagram-source": _("As it is written in the file"),
}
_SUGGEST: Final = _("Suggest an edit")


def sign(name: str, argument: str = "") -> str:
    """Return what stands for the words called `name` in kept HTML; `argument` must be escaped already."""
    return f"{_BEGIN}{name}{_THEN}{argument}{_END}"


def without_foreign_signs(text: str) -> str:
    """Return `text`, as long as before, with the signs of this module replaced, so that nobody can write them."""
    return text.translate(_FOREIGN) if any(one in text for one in (_BEGIN, _THEN, _END)) else text


def in_words(html: str, *, edit_url: str = "") -> SafeString:
    """Return clean `html` with its signs replaced by words of the active language.

    With `edit_url` each section's heading gets its link to the edit form.
    """
    if _BEGIN not in html:
        return mark_safe(html)  # noqa: S308 - it came clean
    return mark_safe(_SIGN.sub(_said(edit_url), html))  # noqa: S308 - clean HTML and escaped words of our own


def _said(edit_url: str) -> Callable[[re.Match[str]], str]:
    suggest, address = escape(_SUGGEST), escape(edit_url)
    known = {name: escape(words) for name, words in _WORDS.items()}

    def said(found: re.Match[str]) -> str:
        name, argument = found[1], found[2]
        if name == "section":
            link = f'<a class="suggest" href="{address}?section={argument}" aria-describedby="{argument}">{suggest}</a>'
            return link if edit_url else ""
        return known.get(name, "").replace("%(argument)s", argument)

    return said
