"""Findings in the groups a page shows, from whatever a view has at hand."""

from collections.abc import Iterable
from typing import Any

from django import template

from patterns.checks import Finding, panel

register = template.Library()


@register.simple_tag
def grouped(findings: Iterable[Finding] | None, sent: Any = None) -> tuple[panel.Group, ...]:
    """`{% grouped findings form_written as groups %}`; with what a form sent, each finding leads to its field."""
    form: dict[str, str] = {}
    if sent:
        form = {**sent.values, "note": sent.note, "consent": ""}
        form |= {f"section-{part.id}": part.text for part in sent.parts}
        form |= {f"heading-{part.id}": part.name for part in sent.parts}
    return panel.grouped(findings or (), form=form)
