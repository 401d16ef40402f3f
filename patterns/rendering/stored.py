"""Keep the rendered copy of each revision, so that showing a long body costs one row and no parsing."""

from dataclasses import asdict, replace
from typing import Final

from django.utils.safestring import SafeString

from patterns.models import Rendering, Revision
from patterns.rendering.document import VERSION, Rendered, compose
from patterns.rendering.words import in_words
from patterns.texts.sections import Section

_LEAD: Final = ('<p class="lead">', "</p><!--lead-->\n")  # no cleaned text holds a comment


def revision_html(revision: Revision, *, edit_url: str = "") -> Rendered:
    """Return the kept HTML of `revision`; render and keep it when there is none of this renderer's version.

    One query, or none when `rendering` was selected along. With `edit_url`, sections link to the edit form.
    """
    kept = getattr(revision, "rendering", None)
    if kept is not None and kept.version == VERSION:
        rendered = _parted(kept.html, tuple(Section(**section) for section in kept.sections))
    else:
        rendered = _composed(revision)
        Rendering.objects.update_or_create(
            revision=revision,
            defaults={
                "version": VERSION,
                "html": _joined(rendered),
                "sections": [asdict(section) for section in rendered.sections],
            },
        )
    return _in_words(rendered, edit_url=edit_url)


def render_revision(revision: Revision, *, passage: tuple[int, int] | None = None) -> Rendered:
    """Render `revision` afresh, with `passage` (characters of its body) marked where one is given."""
    return _in_words(_composed(revision, passage=passage))


def summary_of(revision: Revision) -> str:
    """Return the summary that the file of `revision` gives itself, by whichever key; empty when it has none."""
    given = revision.front.get("summary") or revision.front.get("description") or ""
    return " ".join(given.split()) if isinstance(given, str) else ""


def _composed(revision: Revision, *, passage: tuple[int, int] | None = None) -> Rendered:
    """A pattern without a summary begins with its first words; a lighthouse has a line of its own."""
    summary = summary_of(revision)
    lead = bool(revision.pattern_id) and not summary
    return compose(revision.body, title=revision.title, summary=summary, passage=passage, lead=lead)


def _joined(rendered: Rendered) -> str:
    return _LEAD[0] + rendered.lead + _LEAD[1] + rendered.html if rendered.lead else rendered.html


def _parted(html: str, sections: tuple[Section, ...]) -> Rendered:
    before, found, after = html.partition(_LEAD[1])
    lead, html = (before.removeprefix(_LEAD[0]), after) if found else ("", html)
    return Rendered(html=SafeString(html), sections=sections, lead=SafeString(lead))


def _in_words(rendered: Rendered, *, edit_url: str = "") -> Rendered:
    return replace(rendered, html=in_words(rendered.html, edit_url=edit_url), lead=in_words(rendered.lead))
