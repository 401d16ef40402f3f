"""The database refuses what the application must never do with relations, even to somebody who bypasses it."""

import pytest
from django.db import IntegrityError, transaction

from patterns.enums import Provenance, RelationState
from patterns.models import Relation, RelationBatch, RelationDecision
from patterns.relating.deciding import decide
from tests.factories.library import make_user
from tests.factories.people import make_reviewer
from tests.factories.relating import picks, suggested

pytestmark = pytest.mark.django_db


def refused(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()
    return True


def decision(relation, reviewer, *, before=RelationState.SUGGESTED):
    batch = RelationBatch.objects.create(reviewer=reviewer, act="accept", count=1)
    return RelationDecision(
        batch=batch, relation=relation, before_state=before, before_provenance=Provenance.IMPORTED,
        state=RelationState.APPROVED, provenance=Provenance.REVIEWED,
    )  # fmt: skip


def test_nobody_accepts_what_they_suggested():
    author = make_reviewer()
    relation = suggested(suggested_by=author)
    rows = Relation.objects.filter(pk=relation.pk)
    assert refused(lambda: rows.update(state=RelationState.APPROVED))
    assert refused(lambda: rows.update(state=RelationState.APPROVED, decided_by=author))
    assert refused(lambda: rows.update(state=RelationState.REJECTED, decided_by=author))
    assert refused(lambda: decision(relation, author).save())
    rows.update(state=RelationState.APPROVED, decided_by=make_reviewer())


def test_a_relation_cannot_begin_approved_by_its_author():
    author = make_user()
    assert refused(lambda: suggested(state=RelationState.APPROVED, suggested_by=author, decided_by=author))
    assert refused(lambda: suggested(state=RelationState.APPROVED, suggested_by=author))


def test_a_relation_is_not_decided_twice():
    relation = suggested()
    decide(picks(relation), reviewer=make_reviewer(), act="accept")
    assert refused(lambda: decision(relation, make_reviewer()).save())


def test_what_was_decided_cannot_be_rewritten():
    relation = suggested()
    decide(picks(relation), reviewer=make_reviewer(), act="accept")
    assert refused(lambda: RelationDecision.objects.update(state=RelationState.REJECTED))


def test_an_act_is_undone_once():
    batch = decide(picks(suggested()), reviewer=make_reviewer(), act="accept").batch
    RelationBatch.objects.create(reviewer=batch.reviewer, act="undo", undoes=batch)
    assert refused(lambda: RelationBatch.objects.create(reviewer=batch.reviewer, act="undo", undoes=batch))
