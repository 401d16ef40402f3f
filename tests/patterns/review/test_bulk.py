"""Many at once: nothing is decided that was not shown, nothing twice, nothing of one's own, and the rest goes on."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from patterns import review
from patterns.enums import Decision
from patterns.models import AuditEntry, BulkAct, BulkOutcome, Claim, Review, ReviewItem
from patterns.review import bulk
from patterns.review.bulk import Chosen
from patterns.review.claims import MOST_HELD
from patterns.review.kinds import _kinds
from tests.factories.library import make_user
from tests.factories.people import make_reviewer
from tests.patterns.review.test_queue import sent_edit

pytestmark = pytest.mark.django_db
Kind = BulkAct.Kind


@pytest.fixture
def grace():
    return make_reviewer("Grace")


@pytest.fixture
def page(client, grace):
    client.force_login(grace)
    return client


@pytest.fixture
def easy(monkeypatch):
    """A kind that may be accepted in bulk, and what was decided of it."""
    decided = []

    def decide(item, decision, *, reviewer, reason):
        decided.append((item.object_id, decision))

    kind = review.QueueKind(
        name="easy", label="easy thing", template="patterns/_review_unknown.html", decide=decide,
        describe=lambda _item: {}, decisions=(Decision.ACCEPT, Decision.DECLINE), bulk_accept=True,
    )  # fmt: skip
    monkeypatch.setitem(_kinds, "easy", kind)
    return decided


def things(count, kind="easy", **fields):
    return [review.open_item(kind, object_id=1_000_000 + n, title=f"Thing {n}", **fields) for n in range(count)]


def pairs(items):
    return [f"{item.pk}:{item.version}" for item in items]


def chosen(items):
    return [Chosen(item.pk, item.version) for item in items]


def confirm(page, response, **changes):
    """Send the form of the confirmation page."""
    context = response.context
    values = {
        "act": context["act"].value, "key": context["key"], "will": context["will"], "query": context["query"],
        "item": [str(line.chosen) for line in context["plan"].will],
    }  # fmt: skip
    if context["everything"]:
        values |= {"scope": "all", "count": context["count"], "fingerprint": context["plan"].fingerprint}
    return page.post(reverse("review_bulk_do"), values | changes)


def test_nothing_happens_before_it_was_confirmed_and_the_page_says_what_will(page, easy):
    items = things(3)
    html = (response := page.post(reverse("review_bulk"), {"act": "decline", "item": pairs(items)})).content.decode()
    assert "Decline 3 things" in html
    assert not Review.objects.exists()
    result = confirm(page, response, reason="Not for us.")
    assert "3 things declined" in page.get(result.url).content.decode()
    assert [decision for _, decision in easy] == [Decision.DECLINE] * 3
    assert set(Review.objects.values_list("reason", flat=True)) == {"Not for us."}
    assert AuditEntry.objects.get(action="acted on many").details["count"] == 3


def test_what_cannot_be_reached_is_left_out_with_the_reason(page, grace, easy):
    free, held, closed, odd, edit = (*things(3), *things(1, "odd"), sent_edit())
    own = review.open_item("easy", object_id=90, title="Mine", author=grace)
    review.claim(held, reviewer=make_reviewer("Ada"))
    review.decide(closed, reviewer=make_reviewer(), decision="decline", reason="No", version=1)
    items = [free, own, held, closed, edit, odd]
    shown = page.post(reverse("review_bulk"), {"act": "accept", "item": pairs(items)})
    plan = shown.context["plan"]
    assert [line.item for line in plan.will] == [free]
    said = {line.item.pk: line.why_not for line in plan.skipped}
    assert "own work" in said[own.pk]
    assert "Ada holds it until" in said[held.pk]
    assert "closed" in said[closed.pk]
    assert "one by one" in said[edit.pk]
    assert "cannot be decided" in said[odd.pk]
    confirm(page, shown)
    assert [number for number, decision in easy if decision == Decision.ACCEPT] == [free.object_id]


def test_an_item_that_changed_after_the_list_was_read_is_left_out(page, easy):
    item = things(1)[0]
    seen = pairs([item])
    review.open_item("easy", object_id=item.object_id, title="Another text")
    shown = page.post(reverse("review_bulk"), {"act": "decline", "item": seen})
    assert "It changed after you looked" in shown.content.decode()
    assert not shown.context["plan"].will


def test_an_item_that_changes_between_the_question_and_the_answer_is_not_decided(page, easy):
    items = things(2)
    shown = page.post(reverse("review_bulk"), {"act": "decline", "item": pairs(items)})
    review.open_item("easy", object_id=items[0].object_id, title="Another text")
    html = page.get(confirm(page, shown, reason="No.").url).content.decode()
    assert "1 thing declined" in html
    assert "It changed after you looked" in html
    assert [review.item for review in Review.objects.all()] == [items[1]]


def test_a_whole_list_is_refused_in_words_when_it_is_not_the_same_any_more(page, easy):
    things(2)
    shown = page.post(reverse("review_bulk"), {"act": "decline", "scope": "all", "query": "kind=easy"})
    assert shown.context["count"] == 2
    review.open_item("easy", object_id=50, title="A third")
    again = confirm(page, shown, reason="My long reason.")
    assert again.status_code == 409
    assert "The list changed after you looked at it" in again.content.decode()
    assert "My long reason." in again.content.decode()
    assert not Review.objects.exists()
    assert confirm(page, again, reason="My long reason.").status_code == 302
    assert Review.objects.count() == 3


def test_items_that_were_not_shown_are_not_smuggled_in(page, easy):
    first, second = things(2)
    shown = page.post(reverse("review_bulk"), {"act": "decline", "item": pairs([first])})
    assert confirm(page, shown, reason="No.", item=pairs([first, second])).status_code == 409
    assert not Review.objects.exists()


def test_more_than_one_act_may_reach_is_refused(page, easy, monkeypatch):
    monkeypatch.setattr("patterns.queries.queue_bulk.MOST", 2)
    things(3)
    html = page.post(reverse("review_bulk"), {"act": "decline", "scope": "all"}, follow=True).content.decode()
    assert "items at once. Narrow the list" in html


def test_declining_many_needs_a_reason_and_keeps_the_page(page, easy):
    shown = page.post(reverse("review_bulk"), {"act": "decline", "item": pairs(things(1))})
    assert confirm(page, shown, reason="  ").status_code == 422
    assert not Review.objects.exists()


def test_a_form_sent_twice_is_one_act(page, easy):
    shown = page.post(reverse("review_bulk"), {"act": "decline", "item": pairs(things(2))})
    first, second = confirm(page, shown, reason="No."), confirm(page, shown, reason="No.")
    assert first.url == second.url
    assert (BulkAct.objects.count(), Review.objects.count(), BulkOutcome.objects.count()) == (1, 2, 2)


def test_an_act_that_broke_off_goes_on_where_it_stopped(grace, easy):
    items = things(3)
    act = bulk.carry_out(Kind.DECLINE, chosen(items[:1]), actor=grace, key="k" * 8, reason="No.")
    assert bulk.carry_out(Kind.DECLINE, chosen(items), actor=grace, key="k" * 8, reason="No.") == act
    assert act.outcomes.filter(done=True).count() == 3


@pytest.mark.django_db(transaction=True)
def test_the_same_form_at_the_same_time_decides_once(grace, easy):
    items, start, errors = things(4), threading.Barrier(2), []

    def run():
        start.wait(10)
        try:
            bulk.carry_out(Kind.DECLINE, chosen(items), actor=grace, key="same-key", reason="No.")
        except Exception as problem:  # noqa: BLE001 - whatever it is, the test shows it
            errors.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert BulkOutcome.objects.filter(done=True).count() == Review.objects.count() == 4


def test_what_is_ticked_is_claimed_at_once_and_given_back_with_one_press(page, grace, easy):
    items = things(3)
    result = page.post(reverse("review_bulk"), {"act": "claim", "item": pairs(items)})
    assert Claim.objects.filter(reviewer=grace).count() == 3
    assert "You hold 3 things" in page.get(result.url).content.decode()
    act = BulkAct.objects.get()
    undone = page.post(reverse("review_bulk_undo", args=[act.pk]))
    assert not Claim.objects.exists()
    assert "3 things given back" in page.get(undone.url).content.decode()
    page.post(reverse("review_bulk_undo", args=[act.pk]))
    assert BulkAct.objects.count() == 2


def test_what_was_decided_cannot_be_undone_and_says_so(page, easy):
    shown = page.post(reverse("review_bulk"), {"act": "decline", "item": pairs(things(1))})
    result = confirm(page, shown, reason="No.")
    assert "What was decided stays decided" in page.get(result.url).content.decode()
    html = page.post(f"{result.url}undo/", follow=True).content.decode()
    assert "What was decided stays decided" in html
    assert Review.objects.count() == 1


def test_one_row_is_claimed_and_given_back_from_the_list(page, easy):
    item = things(1)[0]
    html = page.post(reverse("review_bulk"), {"one": f"claim {item.pk}:1"}, follow=True).content.decode()
    assert "You hold “Thing 0” for fifteen minutes." in html
    html = page.post(reverse("review_bulk"), {"one": f"release {item.pk}:1"}, follow=True).content.decode()
    assert "“Thing 0” is free again." in html


def test_nobody_holds_more_than_one_can_read(grace, easy):
    act = bulk.carry_out(Kind.CLAIM, chosen(things(MOST_HELD + 2)), actor=grace, key="many-many")
    assert Claim.objects.filter(reviewer=grace).count() == MOST_HELD
    assert {one.said[:8] for one in act.outcomes.filter(done=False)} == {"You hold"}
    Claim.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    review.claim(ReviewItem.objects.order_by("pk").last(), reviewer=grace)


@pytest.mark.parametrize("name", ["review_bulk", "review_bulk_do"])
@pytest.mark.parametrize("values", [{}, {"act": "burn"}, {"act": "decline", "item": ["x", "1:x", "-1:1", "9" * 30]}])
def test_a_form_that_is_not_ours_does_nothing(page, easy, name, values):
    things(1)
    assert page.post(reverse(name), values).status_code == 302
    assert not Review.objects.exists()


@pytest.mark.parametrize("name", ["review_bulk", "review_bulk_do", "review_bulk_result", "review_bulk_undo"])
def test_who_is_no_reviewer_is_kept_out_and_so_are_other_reviewers_from_an_act(name, client, grace, easy):
    act = bulk.carry_out(Kind.CLAIM, chosen(things(1)), actor=grace, key="of-grace")
    of_one = name in {"review_bulk_result", "review_bulk_undo"}
    address = reverse(name, args=[act.pk] if of_one else [])
    ask = client.get if name == "review_bulk_result" else client.post
    client.force_login(make_user())
    assert ask(address).status_code == 403
    client.force_login(make_reviewer())
    assert ask(address).status_code == (404 if of_one else 302)
    assert Claim.objects.get().reviewer == grace
