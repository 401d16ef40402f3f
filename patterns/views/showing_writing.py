"""What the editor's page shows: the form over a text, how it would read, and what its writer should know meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from patterns import rendering
from patterns.enums import SubmissionKind
from patterns.format import Problem, parse
from patterns.models import Submission
from patterns.queries import editing as queries
from patterns.queries.numbers import number_in
from patterns.queries.passages import passage_from
from patterns.queries.reading import find_revision
from patterns.writing.forms import WritingForm
from patterns.writing.meeting import meetings
from patterns.writing.outlines import Hint, hint_for
from patterns.writing.parts import Part, parts_of
from patterns.writing.passages import Quote, quoted, section_at
from patterns.writing.proposing import Proposal, in_words
from patterns.writing.works import Work
from patterns.writing.written import Written


@dataclass(frozen=True, slots=True)
class Row:
    """One section of the form: as it was before (None for a new one), what is said of it, whether it is open."""

    part: Part
    before: Part | None
    hint: Hint | None
    open: bool
    focus: bool

    @property
    def differs(self) -> bool:
        before = self.before
        return (
            bool(self.part.text) if before is None else (before.name, before.text) != (self.part.name, self.part.text)
        )


def page(
    request: HttpRequest,
    work: Work,
    written: Written,
    proposal: Proposal | None = None,
    *,
    draft: Submission | None = None,
    errors: ErrorDict | None = None,
    problems: Sequence[Problem] = (),
    said: str = "",
    sending: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Show the editor. Five queries at most besides the account's, however long the text is."""
    came_back = request.method == "POST" or proposal is not None
    draft = draft or (queries.draft_with(written.key, author=request.user) if came_back else None)
    quote = _quote(request, work)
    focus = written.touched or (quote.section if quote else "") or section_at(_anchor(request), written.source)
    form = WritingForm(initial=_initial(written, proposal), fields=work.fields)
    findings = proposal.findings if proposal else ()
    context = {
        "work": work,
        "thing": work.thing,
        "form": form,
        "asked_fields": [form[one.name] for one in work.fields if one.asked],
        "more_fields": [form[one.name] for one in work.fields if not one.asked],
        "more_open": bool(errors)
        and any(name in errors for name in [one.name for one in work.fields if not one.asked]),
        "suggestions": queries.suggestions(work),
        "errors": errors,
        "sections": _rows(work, written, focus=focus),
        "order": ",".join(part.id for part in written.parts),
        "out": written.out,
        "out_order": ",".join(part.id for part in written.out),
        "outline": work.outline,
        "proposal": proposal,
        "form_written": proposal.written if proposal else None,
        "conflicts": [(in_words(one, tuple(work.fields)), one) for one in proposal.conflicts] if proposal else [],
        "rendered": _rendered(proposal),
        "findings": [one for one in findings if sending or one.field != "consent"],
        "problems": problems,
        "quote": quote,
        "draft": draft,
        "turnable": draft if draft and draft.kind == SubmissionKind.NEW_PATTERN else None,
        "asked": queries.asked_of(draft),
        "meetings": meetings(queries.sent_edits(work, but_for=request.user), work.fields),
        "unsaved": came_back,
        "said": said,
    }
    return render(request, "patterns/editor.html", context, status=status)


def _initial(written: Written, proposal: Proposal | None) -> dict[str, Any]:
    return {
        **written.values,
        "note": written.note,
        "consent": written.consent,
        "base": written.base.pk if written.base else "",
        "key": written.key,
        "version": written.version or "",
        "source": written.packed_source,
        "previewed": proposal.digest if proposal else "",
    }


def _rows(work: Work, written: Written, *, focus: str) -> list[Row]:
    """The sections: open are those that differ, the one in focus, and the first where there is nothing else to see."""
    original, published = written.original, _by_name(written)
    empty = work.thing is None and not any(part.text for part in written.parts)
    first = written.parts[0].id if written.parts and (empty or len(written.parts) == 1) else ""
    rows = []
    for part in written.parts:
        hint = hint_for(part.name, work.outline)
        was = original.get(part.id)
        before = was if published is None else published.get((was or part).name)
        row = Row(part, before, hint, open=part.id in {first, focus}, focus=part.id == focus)
        rows.append(replace(row, open=row.open or row.differs))
    return rows


def _by_name(written: Written) -> dict[str, Part] | None:
    """The sections of the published text by name; None where there is none to compare with."""
    if written.base is None:
        return None
    found: dict[str, Part] = {}
    for part in parts_of(parse(written.base.source)):
        found.setdefault(part.name, part)
    return found


def _rendered(proposal: Proposal | None) -> rendering.Rendered | None:
    return rendering.render(proposal.document.body, title=proposal.document.title) if proposal else None


def _anchor(request: HttpRequest) -> str:
    return request.GET.get("section", "")[:200]


def _quote(request: HttpRequest, work: Work) -> Quote | None:
    """The passage the address names: `?revision=3&start=…&end=…`, as citations count."""
    number, passage = number_in(request.GET.get("revision", "")), passage_from(request.GET)
    if work.thing is None or number is None or passage is None:
        return None
    revision = find_revision(work.thing, number)
    return quoted(revision.source, passage, now=work.current.source) if revision else None
