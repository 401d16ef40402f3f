"""The review pages: who may open them, what they cost, and that a failed decision keeps its reason."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from patterns import submissions
from patterns.enums import Role, SubmissionState
from patterns.models import Claim, Review, Submission
from tests.factories.library import make_user
from tests.factories.people import make_reviewer
from tests.patterns.review.test_queue import sent_edit

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer():
    return make_reviewer("Grace")


@pytest.fixture
def page(client, reviewer):
    client.force_login(reviewer)
    return client


def url(name, item):
    return reverse(name, args=[item.pk])


def decide(client, item, decision="accept", reason="", version=None):
    values = {"decision": decision, "reason": reason, "version": version or item.version}
    return client.post(url("review_decide", item), values)


ADDRESSES = [
    ("get", "review_queue"), ("get", "review_item"), ("post", "review_claim"), ("post", "review_release"),
    ("post", "review_decide"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "name"), ADDRESSES)
@pytest.mark.parametrize(
    ("roles", "status"),
    [
        (None, 302),
        ([], 403),
        ([Role.CONTRIBUTOR], 403),
        ([Role.REVIEWER], 200),
        ([Role.CURATOR], 200),
        ([Role.ADMIN], 200),
    ],
)
def test_each_address_for_each_role(method, name, roles, status):
    item = sent_edit()
    client = Client()
    if roles is not None:
        client.force_login(make_user(roles=roles))
    address = reverse(name) if name == "review_queue" else url(name, item)
    response = getattr(client, method)(address, {"decision": "accept", "version": item.version})
    allowed = {200, 302} if status == 200 else {status}
    assert response.status_code in allowed
    if status != 200:
        assert not Review.objects.exists()
        assert not Claim.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("nobody", 302), ("author", 200), ("stranger", 404), ("reviewer", 200)])
def test_a_submission_is_seen_by_its_author_and_reviewers(who, status, client):
    author = make_user()
    sent_edit(author)
    users = {"author": author, "stranger": make_user(), "reviewer": make_reviewer()}
    if who in users:
        client.force_login(users[who])
    assert client.get(Submission.objects.get().get_absolute_url()).status_code == status


@pytest.mark.parametrize(
    ("who", "state"), [("author", "withdrawn"), ("stranger", "submitted"), ("reviewer", "submitted")]
)
def test_only_the_author_withdraws(who, state, client):
    author = make_user()
    sent_edit(author)
    users = {"author": author, "stranger": make_user(), "reviewer": make_reviewer()}
    client.force_login(users[who])
    client.post(reverse("submission_withdraw", args=[Submission.objects.get().pk]))
    assert Submission.objects.get().state == state


def test_an_empty_queue_says_so(page):
    assert "Nothing waits" in page.get(reverse("review_queue")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_costs_the_same_for_one_item_and_for_three(page, count, django_assert_num_queries):
    for number in range(count):
        sent_edit(title=f"Pattern {number}")
    page.get(reverse("review_queue"))
    with django_assert_num_queries(6):  # the account, three counts, kept lists, the list itself
        page.get(reverse("review_queue"))


@pytest.mark.parametrize("count", [1, 3])
def test_an_item_costs_the_same_however_many_wait(page, count, django_assert_num_queries):
    items = [sent_edit(title=f"Pattern {number}") for number in range(count)]
    with django_assert_num_queries(13):
        page.get(url("review_item", items[0]))


@pytest.mark.parametrize("count", [1, 3])
def test_my_work_costs_the_same_for_one_and_for_three(client, count, django_assert_num_queries):
    author = make_user()
    for number in range(count):
        sent_edit(author, title=f"Pattern {number}")
    client.force_login(author)
    with django_assert_num_queries(4):
        assert client.get(reverse("submissions")).content.decode().count("Waiting for a reviewer") == count


def test_an_item_shows_the_change_in_real_elements(page):
    html = page.get(url("review_item", sent_edit())).content.decode()
    assert "<del>" in html
    assert "<ins>" in html
    assert "It is somebody’s first contribution" in html


def test_accepting_publishes_and_goes_on_to_the_next(page):
    item, following = sent_edit(title="Well"), sent_edit(title="Fence")
    response = decide(page, item)
    assert response.url == url("review_item", following)
    submission = Submission.objects.get(title="Well")
    assert submission.state == SubmissionState.ACCEPTED
    assert "valley" in page.get(submission.pattern.get_absolute_url()).content.decode()


def test_the_author_reads_the_reason(page):
    item = sent_edit()
    decide(page, item, "decline", "It is a village, see the map.")
    author = Client()
    author.force_login(item.author)
    html = author.get(Submission.objects.get().get_absolute_url()).content.decode()
    assert "It is a village, see the map." in html
    assert "Declined" in html


def test_declining_without_a_reason_asks_for_one(page):
    response = decide(page, sent_edit(), "decline")
    assert response.status_code == 422
    assert "Say why in a sentence" in response.content.decode()


@pytest.mark.parametrize(
    ("happened", "status"), [("stale", 409), ("claimed", 409), ("decided", 409), ("withdrawn", 409), ("conflict", 409)]
)
def test_a_decision_that_fails_keeps_its_reason_and_says_why(page, happened, status):
    item = sent_edit()
    version = item.version
    submission = Submission.objects.get()
    if happened == "stale":
        version += 1
    elif happened == "claimed":
        Claim.objects.create(item=item, reviewer=make_reviewer(), expires_at=timezone.now() + timedelta(minutes=5))
    elif happened == "decided":
        other = Client()
        other.force_login(make_reviewer())
        decide(other, item, "decline", "No.")
    elif happened == "withdrawn":
        submissions.withdraw(submission, actor=submission.author)
    else:
        from patterns import publishing

        publishing.publish(
            submission.pattern, source=submission.pattern.current.source.replace("village", "town"), author=make_user()
        )
    response = decide(page, item, "accept", "A long reason that took me ten minutes.", version)
    assert response.status_code == status
    assert "A long reason that took me ten minutes." in response.content.decode()
    assert 'role="alert"' in response.content.decode()


def test_my_own_work_shows_no_buttons_and_refuses_a_forged_decision(client):
    author = make_reviewer()
    item = sent_edit(author)
    client.force_login(author)
    html = client.get(url("review_item", item)).content.decode()
    assert "another person decides on it" in html
    assert 'name="decision"' not in html
    assert decide(client, item).status_code == 403
    assert client.post(url("review_claim", item)).status_code == 403
    assert not Review.objects.exists()


@pytest.mark.parametrize("values", [{}, {"decision": "maybe", "version": 1}, {"decision": "accept", "version": "x"}])
def test_a_form_that_is_not_ours_decides_nothing(page, values):
    response = page.post(url("review_decide", sent_edit()), values | {"reason": "Kept"})
    assert response.status_code == 422
    assert "Kept" in response.content.decode()


def test_a_claim_is_visible_to_others_and_can_be_given_back(page, reviewer):
    item = sent_edit()
    page.post(url("review_claim", item))
    assert "You hold this until" in page.get(url("review_item", item)).content.decode()
    other = Client()
    other.force_login(make_reviewer())
    assert "Grace holds it until" in other.get(reverse("review_queue")).content.decode()
    assert other.post(url("review_claim", item)).status_code == 409
    page.post(url("review_release", item))
    assert other.post(url("review_claim", item)).status_code == 302


def test_items_that_are_not_there_are_404(page):
    assert page.get("/review/999999/").status_code == 404
    assert page.get("/review/99999999999999999999999999/").status_code == 404


def test_an_item_of_an_unknown_kind_is_shown_without_buttons(page):
    from patterns.review import open_item

    html = page.get(url("review_item", open_item("odd", object_id=1, title="Odd"))).content.decode()
    assert "no longer knows what this is" in html
    assert 'name="decision"' not in html


def test_the_queue_can_be_narrowed_to_one_kind(page):
    from patterns.review import open_item

    sent_edit(title="Well")
    open_item("odd", object_id=1, title="Something odd")
    html = page.get(reverse("review_queue"), {"kind": "odd"}).content.decode()
    assert "Something odd" in html
    assert ">Well<" not in html
