"""Short texts people write to each other: the same Markdown, without headings, addresses of their own, or drawings."""

from typing import Final

from django.utils.safestring import SafeString

from patterns.rendering import cleaning, parsing
from patterns.rendering.words import in_words, without_foreign_signs

LONGEST: Final = 20_000  # characters; no remark is longer


def remark(markdown: str) -> SafeString:
    """Return what somebody wrote as clean HTML in the active language."""
    env: dict = {}
    tokens = parsing.blocks(without_foreign_signs(markdown[:LONGEST]), env=env)
    for token in tokens:
        if token.type == "fence":
            token.info = ""  # a diagram is shown as it is written
    parsing.inlines(tokens, env=env)
    return in_words(cleaning.clean(parsing.html(tokens, env=env)))
