"""Keep the rendered copy of each revision, so that showing a long body costs one row and no parsing."""

from dataclasses import asdict

from django.utils.safestring import SafeString

from patterns.models import Rendering, Revision
from patterns.rendering.document import VERSION, Rendered, render
from patterns.sections import Section


def revision_html(revision: Revision) -> Rendered:
    """Return the kept HTML of `revision`; render and keep it when there is none of this renderer's version.

    One query, or none when `rendering` was selected along.
    """
    kept = getattr(revision, "rendering", None)
    if kept is not None and kept.version == VERSION:
        return Rendered(html=SafeString(kept.html), sections=tuple(Section(**section) for section in kept.sections))
    rendered = render_revision(revision)
    Rendering.objects.update_or_create(
        revision=revision,
        defaults={
            "version": VERSION,
            "html": rendered.html,
            "sections": [asdict(section) for section in rendered.sections],
        },
    )
    return rendered


def render_revision(revision: Revision, *, passage: tuple[int, int] | None = None) -> Rendered:
    """Render `revision` afresh, with `passage` (characters of its body) marked where one is given."""
    summary = revision.front.get("summary") or ""
    return render(
        revision.body, title=revision.title, summary=summary if isinstance(summary, str) else "", passage=passage
    )
