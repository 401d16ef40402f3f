"""The doubts follow the library, write only what differs, and say when they are behind."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patterns.doubting import keeping
from patterns.enums import ChangeKind, RelationState
from patterns.models import LibraryChange, Relation, RelationDoubt
from tests.factories.library import make_pattern
from tests.factories.relating import suggested

pytestmark = pytest.mark.django_db(transaction=True)


def kept():
    return set(RelationDoubt.objects.values_list("relation_id", "kind"))


def test_doubts_are_worked_out_once_and_again_only_when_the_library_changed():
    relation = suggested()
    assert keeping.follow()
    assert kept() == {(relation.pk, "none")}
    assert keeping.follow() == ""
    other = suggested(relation.source, relation.target)
    assert keeping.standing().behind == 1
    keeping.follow()
    assert kept() == {(relation.pk, "none"), (other.pk, "duplicate")}
    assert keeping.standing().behind == 0


def test_what_is_the_same_is_not_written_again():
    suggested()
    keeping.refresh()
    before = set(RelationDoubt.objects.values_list("pk"))
    assert keeping.refresh() == (0, 0)
    assert set(RelationDoubt.objects.values_list("pk")) == before


def test_a_decided_relation_loses_its_doubts_and_a_dangling_one_that_resolves_too():
    relation, dangling = suggested(), suggested()
    Relation.objects.filter(pk=dangling.pk).update(target=None)
    keeping.refresh()
    assert (dangling.pk, "dangling") in kept()
    Relation.objects.filter(pk=relation.pk).update(state=RelationState.REJECTED)
    Relation.objects.filter(pk=dangling.pk).update(target=make_pattern())
    LibraryChange.objects.create(kind=ChangeKind.RELATIONS_CHANGED, pattern=relation.source)
    keeping.follow()
    assert kept() == {(dangling.pk, "none")}


def test_no_relations_at_all():
    keeping.follow()
    assert keeping.follow() == ""
    assert keeping.standing().at is not None


def queries(count):
    for _ in range(count):
        suggested()
    with CaptureQueriesContext(connection) as made:
        keeping.follow()
    return len(made)


def test_the_number_of_queries_does_not_rise_with_the_relations():
    keeping.follow()
    assert queries(1) == queries(3)
