"""Diagrams in a body: drawn where they are simple flowcharts, said in words, and always there as they were written."""

import re
from html import escape, unescape
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from patterns.drawing import flowcharts
from patterns.rendering.words import sign

_DRAWING: Final = re.compile(sign("drawing", "([^\ue012]*)"))


def figure(source: str, *, block: str, cited: bool) -> str:
    """Return the figure for a Mermaid block; `block` is its source as HTML, open to view when it is `cited`.

    Where the picture goes stands a sign: drawings are our own, and come into the text after it was cleaned.
    """
    chart = flowcharts.read(source)
    caption = f'<figcaption class="meta">{sign("diagram")}</figcaption>'
    if chart is None:
        return f'<figure class="diagram">{caption}{block}</figure>\n'
    said = "".join(f"<li>{escape(sentence)}</li>" for sentence in chart.sentences())
    drawable = flowcharts.laid_out(chart) is not None
    words = f'<summary>{sign("diagram-in-words")}</summary><ul class="arrows">{said}</ul>'
    words = f"<details>{words}</details>" if drawable else f'<ul class="arrows">{said}</ul>'
    opened = " open" if cited else ""
    as_written = f"<details{opened}><summary>{sign('diagram-source')}</summary>{block}</details>"
    drawing = sign("drawing", escape(source)) if drawable else ""
    return f'<figure class="diagram">{caption}{drawing}{words}{as_written}</figure>\n'


def with_drawings(html: SafeString) -> SafeString:
    """Return clean `html` with its diagrams drawn."""
    return mark_safe(_DRAWING.sub(_drawn, html)) if sign("drawing")[:8] in html else html  # noqa: S308 - we drew it


def _drawn(found: re.Match[str]) -> str:
    chart = flowcharts.read(unescape(found[1]))
    placed = flowcharts.laid_out(chart) if chart else None
    if placed is None:
        return ""
    drawing = flowcharts.svg(placed, label=sign("diagram"))
    return f'<div class="table-scroll" role="region" tabindex="0" aria-label="{sign("diagram")}">{drawing}</div>'
