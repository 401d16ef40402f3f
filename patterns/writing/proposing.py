"""From what the form holds to what would be proposed: the file, its changes, what the checks say, and conflicts.

Nothing is written here; the same function serves preview, sending and sending again.
"""

import hashlib
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from patterns import checks
from patterns.checks import Finding, Weight
from patterns.diffs import Changes, changes_between
from patterns.format import Document, UnwritableError, parse
from patterns.models import Submission
from patterns.texts.editing import Conflict, merge
from patterns.writing.fields import Field
from patterns.writing.parts import Part, parts_of, usual_level
from patterns.writing.works import Work
from patterns.writing.written import Written, document_of, over


@dataclass(frozen=True, slots=True)
class Proposal:
    """`written` is what the form shows next: the same, or carried over to the current revision.

    `changes` are those to what is published, None for what is new.
    """

    written: Written
    document: Document
    changes: Changes | None
    findings: tuple[Finding, ...]
    conflicts: tuple[Conflict, ...] = ()
    carried_over: bool = False

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def digest(self) -> str:
        """Names exactly this text on exactly this base: what was looked at is what is sent."""
        base = self.written.base.pk if self.written.base else "new"
        return hashlib.sha256(f"{base}\n{self.text}".encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def sendable(self) -> bool:
        return not self.conflicts and not checks.blocking(self.findings)

    @property
    def anything(self) -> bool:
        """Whether there is something to send."""
        return self.changes is None or self.changes.anything


def propose(work: Work, written: Written, *, carry: bool = True, checked: bool = True) -> Proposal:
    """Work out what `written` proposes, carried over to what is published now when that has changed meanwhile.

    Without `carry` it stays on its own revision, as a draft that is only kept does; without `checked` no check
    runs.

    Raises `ValueError` when the form does not fit its text.
    """
    conflicts: tuple[Conflict, ...] = ()
    stale = carry and written.base is not None and written.base.pk != work.thing.current_id
    try:
        document = document_of(written, work.fields)
        if stale:
            written, conflicts = _carried_over(work, written, document)
            document = document_of(written, work.fields)
    except UnwritableError as problem:
        return Proposal(written, parse(written.source), None, (Finding(Weight.BLOCK, str(problem)),))
    draft = Submission(
        kind=work.kind, based_on=written.base, text=document.text, consent=written.consent, note=written.note,
        **work.subject,
    )  # fmt: skip
    changes = changes_between(parse(written.base.source), document) if written.base else None
    findings = checks.run(draft) if checked else ()
    return Proposal(written, document, changes, findings, conflicts, carried_over=stale)


def in_words(conflict: Conflict, fields: tuple[Field, ...]) -> str:
    """Name the place of a conflict for its author."""
    if conflict.field:
        known = next((one.label for one in fields if conflict.where in _names(one)), conflict.where)
        return _("the field “%(name)s”") % {"name": known}
    return _("the section “%(title)s”") % {"title": conflict.where} if conflict.where else _("the beginning")


def _carried_over(work: Work, written: Written, mine: Document) -> tuple[Written, tuple[Conflict, ...]]:
    """Return the form over the current text with my changes in it; where both changed a place, it shows my words."""
    current = work.current
    merged = merge(parse(written.base.source), mine, parse(current.source))
    form = over(
        merged.text, work.fields, base=current, note=written.note, consent=written.consent, key=written.key,
        version=written.version,
    )  # fmt: skip
    values, parts = dict(form.values), list(form.parts)
    for conflict in merged.conflicts:
        if conflict.field:
            values |= {one.name: written.values[one.name] for one in work.fields if _is_mine(conflict, one, written)}
        else:
            _with_my_words(parts, conflict)
    return replace(form, values=values, parts=tuple(parts), out=()), merged.conflicts


def _is_mine(conflict: Conflict, one: Field, written: Written) -> bool:
    return conflict.where in _names(one) and one.name in written.values


def _names(one: Field) -> set[str]:
    return {".".join(path) for path in one.paths} | {path[0] for path in one.paths if len(path) == 1}


def _with_my_words(parts: list[Part], conflict: Conflict) -> None:
    """Put my words where theirs stand; words for a section they took out become one at the end, so none are lost."""
    mine = [part for part in parts_of(parse("---\n---\n" + conflict.mine)) if part.text or part.level]
    theirs = [part for part in parts_of(parse("---\n---\n" + conflict.theirs)) if part.text or part.level]
    for wanted in mine:
        there = next((at for at, part in enumerate(parts) if _same_place(part, wanted, theirs)), None)
        if there is not None:
            parts[there] = replace(parts[there], name=wanted.name, text=wanted.text)
        elif wanted.text:
            taken = {part.id for part in parts}
            fresh = next(f"n{number}" for number in range(1, 10_000) if f"n{number}" not in taken)
            parts.append(Part(fresh, wanted.name, wanted.text, usual_level(parts)))


def _same_place(part: Part, wanted: Part, theirs: list[Part]) -> bool:
    if wanted.level == 0 or part.level == 0:
        return part.level == wanted.level == 0
    lone = len(theirs) == 1 and part.name == theirs[0].name
    return part.name == wanted.name or lone
