"""Claims: visible, renewable, over by themselves, at most so many at once, and none by who may not review any more."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from patterns import review
from patterns.enums import Decision, Role
from patterns.models import AuditEntry, Claim, ReviewItem
from patterns.people.roles import revoke
from patterns.review.claims import MOST_HELD
from tests.factories.people import make_reviewer

pytestmark = pytest.mark.django_db


def thing(number=1):
    return review.open_item("odd", object_id=number, title=f"Thing {number}")


def lapse(item, kind, holder):
    if kind == "expired":
        Claim.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif kind == "demoted":
        revoke(holder, Role.REVIEWER, by=None)
    elif kind == "closed account":
        type(holder).objects.filter(pk=holder.pk).update(is_active=False)
    else:
        review.release_all(holder)


@pytest.mark.parametrize("kind", ["expired", "demoted", "closed account", "ended"])
def test_a_claim_that_is_over_is_nobodys_and_is_taken_over(kind):
    item, holder, other = thing(), make_reviewer("Ada"), make_reviewer("Grace")
    review.claim(item, reviewer=holder)
    lapse(item, kind, holder)
    assert review.live_claim(ReviewItem.objects.select_related("claim__reviewer").get()) is None
    assert not review.live_claims().exists()
    taken = review.claim(item, reviewer=other)
    assert (taken.reviewer, Claim.objects.count()) == (other, 1)
    assert timezone.now() - taken.claimed_at < timedelta(minutes=1)


def test_holding_longer_writes_no_new_line_and_keeps_the_beginning():
    item, holder = thing(), make_reviewer()
    first = review.claim(item, reviewer=holder)
    again = review.claim(item, reviewer=holder)
    assert (again.claimed_at, AuditEntry.objects.filter(action="claimed").count()) == (first.claimed_at, 1)
    assert again.expires_at > first.expires_at


def test_what_waits_for_its_author_cannot_be_held():
    from tests.patterns.review.test_queue import sent_edit

    item, holder = sent_edit(), make_reviewer()
    review.claim(item, reviewer=holder)
    review.decide(item, reviewer=holder, decision=Decision.REQUEST_CHANGES, reason="Where?", version=1)
    assert not Claim.objects.exists()
    with pytest.raises(review.AlreadyDecided):
        review.claim(item, reviewer=holder)


def test_one_may_hold_longer_what_one_holds_even_when_full():
    holder, items = make_reviewer(), [thing(n) for n in range(MOST_HELD + 1)]
    for item in items[:MOST_HELD]:
        review.claim(item, reviewer=holder)
    review.claim(items[0], reviewer=holder)
    with pytest.raises(review.TooManyHeld, match="You hold 20 items"):
        review.claim(items[-1], reviewer=holder)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_claim_one_thing_at_once_one_gets_it():
    item, people, start, got = thing(), [make_reviewer() for _ in range(5)], threading.Barrier(5), []

    def run(person):
        start.wait(10)
        try:
            got.append(review.claim(item, reviewer=person).reviewer)
        except review.Claimed as problem:
            got.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(one in people for one in got) == 1
    assert sum(isinstance(one, review.Claimed) for one in got) == 4
