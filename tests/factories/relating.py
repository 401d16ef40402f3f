"""Suggested relations with their doubts, as an import and the bulk worker would have left them."""

from typing import Any

from patterns.doubting import keeping
from patterns.enums import Provenance, RelationKind, RelationState
from patterns.models import Pattern, Relation, Submission, User
from patterns.relating import keeping as relating
from patterns.relating.deciding import Pick, mark_of
from patterns.relating.drafting import Sent, objected
from patterns.submissions import save_draft, submit
from patterns.submissions.keeping import new_key
from tests.factories.library import make_pattern, make_relation, make_user


def suggested(source: Pattern | None = None, target: Pattern | None = None, **fields: Any) -> Relation:
    """A relation nobody reviewed, from a file unless said otherwise."""
    values = {
        "state": RelationState.SUGGESTED,
        "provenance": Provenance.IMPORTED,
        "stands_at": "relationships.enables[0]",
    } | fields
    kind = values.pop("kind", RelationKind.ENABLES)
    return make_relation(source or make_pattern(), kind, target or make_pattern(), **values)


def picks(*relations: Relation) -> list[Pick]:
    return [Pick(one.pk, mark_of(one)) for one in relations]


def many(count: int, *, target: Pattern | None = None, **fields: Any) -> list[Relation]:
    """`count` suggested relations of as many patterns to one target, with their doubts worked out."""
    target = target or make_pattern()
    found = [suggested(make_pattern(), target, **fields) for _ in range(count)]
    keeping.refresh()
    return found


def proposed(source: Pattern, target: Pattern, /, *, author: User | None = None, send: bool = True, **payload: Any):
    """A relation somebody suggests, sent to the reviewers."""
    author = author or make_user()
    values = {
        "sort": "suggestion",
        "source": source.pk,
        "target": target.pk,
        "kind": RelationKind.ENABLES,
        "evidence": f"{source.title} made room for {target.title} in three towns.",
        "citation": "Minutes of 2024",
    } | payload
    submission: Submission = save_draft(
        author=author, kind="relation", title=f"{source.title} and {target.title}", pattern=source, payload=values,
        consent=True,
    )  # fmt: skip
    return submit(submission, actor=author) if send else submission


def objection(relation: Relation, *, pattern: Pattern, note: str, author: User | None = None, send: bool = True):
    """What somebody says against a relation, sent to the reviewers."""
    draft = objected(pattern, relation, Sent(note=note, key=new_key()))
    act = relating.send if send else relating.keep
    return act(draft, author=author or make_user()).submission
