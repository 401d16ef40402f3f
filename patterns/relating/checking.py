"""What is looked at before a relation is sent: is it new, does it join two things, does it agree with what stands."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from patterns import checks
from patterns.checks import Finding, Weight
from patterns.doubting.edges import Named
from patterns.doubting.naming import names_it
from patterns.doubting.pairs import contradict, said
from patterns.enums import PublicationState, RelationKind, RelationState, SubmissionKind
from patterns.models import Pattern, Relation, Submission
from patterns.relating.proposal import Proposal, Sort, sentence


def relation(submission: Submission) -> Iterator[Finding]:
    """Remarks about a suggested relation, or about an objection. Two queries."""
    proposal = Proposal.of(submission)
    if proposal.sort == Sort.OBJECTION:
        yield from _objection(submission, proposal)
        return
    ends = Pattern.objects.in_bulk([proposal.source, proposal.target])
    here = [ends.get(pk) for pk in (proposal.source, proposal.target)]
    if any(end is None or end.state != PublicationState.PUBLISHED for end in here):
        yield Finding(Weight.BLOCK, _("Choose the other pattern: the field names none that is published."), "other")
        return
    if proposal.source == proposal.target:
        yield Finding(Weight.BLOCK, _("A pattern cannot be joined to itself. Choose another."), "other")
        return
    yield from _told(proposal, here)
    yield from against(proposal, between(proposal.source, proposal.target))


def _told(proposal: Proposal, ends: Sequence[Pattern]) -> Iterator[Finding]:
    """What the suggestion says of itself: its kind, its evidence, and where that can be found."""
    if not proposal.kind:
        yield Finding(Weight.BLOCK, _("Say how the two are joined."), "way")
    if not proposal.evidence:
        yield Finding(Weight.BLOCK, _("Give the evidence: what shows that it is so?"), "evidence")
    elif not any(names_it(proposal.evidence, Named(end.title, end.slug, tuple(end.aliases))) for end in ends):
        yield Finding(
            Weight.NOTE, _("The evidence names neither pattern. A reader sees it beside both, and alone."), "evidence"
        )
    if not proposal.citation:
        yield Finding(Weight.BLOCK, _("Say where the evidence can be found, or that you saw it yourself."), "citation")


def against(proposal: Proposal, standing: Iterable[Relation]) -> Iterator[Finding]:
    """What the library says already of the two, and whether both can be true."""
    wanted = said(proposal.kind, proposal.source, proposal.target)
    for one in standing:
        same = said(one.kind, one.source_id, one.target_id) == wanted
        words = {"said": sentence(one.source.title, one.kind, one.target.title)}
        if same and one.state == RelationState.APPROVED:
            yield Finding(Weight.BLOCK, _("The library says this already: %(said)s.") % words, "way")
        elif same and one.state == RelationState.REJECTED:
            yield Finding(Weight.WARN, _("A reviewer rejected this before: %(said)s. Say what is new.") % words, "way")
        elif same:
            yield Finding(Weight.NOTE, _("A file suggested this and nobody has reviewed it: %(said)s.") % words)
        elif one.state == RelationState.REJECTED:
            continue
        elif proposal.kind == one.kind == RelationKind.REQUIRES:
            yield Finding(
                Weight.WARN,
                _("The other way round stands here: %(said)s. Two that require each other can never begin.") % words,
                "way",
            )
        elif contradict(proposal.kind, one.kind, same_way=proposal.source == one.source_id):
            yield Finding(Weight.WARN, _("This contradicts what stands here: %(said)s.") % words, "way")


def _objection(submission: Submission, proposal: Proposal) -> Iterator[Finding]:
    found = Relation.objects.filter(pk=proposal.relation).exclude(state=RelationState.REJECTED).first()
    if found is None:
        yield Finding(Weight.BLOCK, _("This relation is gone, or was rejected already. There is nothing to object to."))
    if not submission.note.strip():
        yield Finding(Weight.BLOCK, _("Say what is wrong with it: a reviewer decides by your reason."), "note")


def between(one: int, other: int) -> list[Relation]:
    """Return every relation that joins two patterns, approved ones first. One query."""
    pair = Q(source=one, target=other) | Q(source=other, target=one)
    rows = Relation.objects.filter(pair).select_related("source", "target")
    order = [RelationState.APPROVED, RelationState.SUGGESTED, RelationState.REJECTED]
    return sorted(rows, key=lambda one: (order.index(RelationState(one.state)), one.pk))


def register_relation_checks() -> None:
    checks.register("relation", relation, kinds=[SubmissionKind.RELATION])
