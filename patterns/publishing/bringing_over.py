"""Propose what one pattern says as an edit of another, when the two become one: nothing is rewritten in silence."""

import uuid
from collections.abc import Sequence

from django.utils.translation import gettext as _

from patterns.enums import SubmissionKind
from patterns.format import Document, UnwritableError, edit, parse
from patterns.models import Pattern, Submission, User
from patterns.publishing.errors import Unpublishable


def sections_only_in(merged: Document, kept: Document) -> list[tuple[str, str]]:
    """Return (anchor, title) of each section of `merged` whose words do not stand in `kept` yet."""
    there = {_words(section_text(kept, section.anchor)) for section in kept.sections if section.title}
    return [
        (section.anchor, section.name)
        for section in merged.sections
        if section.title and _words(section_text(merged, section.anchor)) not in there
    ]


def section_text(document: Document, anchor: str) -> str:
    """Return the section at `anchor` with its heading; nothing where there is none."""
    found = next((section for section in document.sections if section.anchor == anchor), None)
    return document.body[found.start : found.end] if found else ""


def propose_sections(merged: Pattern, *, kept: Pattern, anchors: Sequence[str], by: User) -> Submission | None:
    """Keep a draft by `by` that adds those sections of `merged` to `kept`; they look at it, send it, others decide."""
    from patterns.submissions import save_draft  # the checks it runs may come from rooms that know publishing

    source, target = parse(merged.current.source), parse(kept.current.source)
    wanted = [text for anchor in anchors if (text := section_text(source, anchor).strip())]
    if not wanted:
        return None
    body = target.body.rstrip("\n") + "\n\n" + "\n\n".join(wanted) + "\n"
    try:
        text = edit(target, body=body).text
    except UnwritableError as problem:
        raise Unpublishable(str(problem)) from problem
    return save_draft(
        author=by,
        kind=SubmissionKind.EDIT,
        title=kept.title,
        text=text,
        pattern=kept,
        based_on=kept.current,
        note=_("Brought over from “%(title)s”, revision %(n)s, by %(author)s, when the two were merged.")
        % {
            "title": merged.title,
            "n": merged.current.number,
            "author": merged.current.author_name or _("an author not named"),
        },
        key=uuid.uuid4().hex,
    )


def _words(text: str) -> str:
    return " ".join(text.partition("\n")[2].split()).casefold()
