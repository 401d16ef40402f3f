"""Findings in the groups a page shows, from whatever a view has at hand."""

from collections.abc import Iterable
from typing import Any

from django import template

from patterns.checks import Finding, panel

register = template.Library()


@register.simple_tag
def grouped(findings: Iterable[Finding] | None, sent: Any = None) -> tuple[panel.Group, ...]:
    """`{% grouped findings suggestion.sent as groups %}`; with what a form sent, each finding leads to its field."""
    form: dict[str, str] = {}
    if sent:
        form = {"title": sent.title, "summary": sent.summary, "note": sent.note, "consent": ""}
        form |= {f"section-{number}": text for number, text in enumerate(sent.texts)}
    return panel.grouped(findings or (), form=form)
