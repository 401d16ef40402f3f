"""Counts, nobody's words, and the same number of queries whatever there is."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from feedback.charts import picture
from feedback.figures import figures
from feedback.recording import rate
from inference.models import Answer, UsageRecord
from tests.factories.answers import make_answer, make_candidate

pytestmark = pytest.mark.django_db


def test_an_empty_site_has_a_page(client):
    response = client.get(reverse("transparency"))
    assert response.status_code == 200
    assert "Nobody has rated an answer yet." in response.text


def test_the_share_of_helpful_verdicts():
    answer = make_answer()
    for visitor, helpful in (("a", True), ("b", True), ("c", True), ("d", False)):
        rate(answer, visitor=visitor, helpful=helpful)
    assert figures().helpful_share == 0.75


def test_a_share_of_nothing_is_not_known():
    assert figures().helpful_share is None


def test_answers_are_counted_by_outcome():
    make_answer()
    make_answer(cites=())
    make_answer(state=Answer.State.FAILED)
    now = figures()
    assert (now.answered, now.unanswered, now.failed) == (1, 1, 1)


def test_weeks_are_twelve_and_end_with_this_one():
    make_answer()
    make_answer(finished_at=timezone.now() - timedelta(weeks=1))
    make_answer(finished_at=timezone.now() - timedelta(weeks=30))
    make_candidate()
    weeks = figures().weeks
    assert [week.answers for week in weeks] == [0] * 10 + [1, 2]
    assert weeks[-1].corrections == 1


def test_use_and_cost_by_tier():
    UsageRecord.objects.create(generator="extractive", tokens_in=100, tokens_out=20)
    UsageRecord.objects.create(generator="m", tier=2, tokens_in=10, tokens_out=5, cost=Decimal("0.25"))
    now = figures()
    assert [(use.tier, use.generations, use.tokens, use.cost) for use in now.tiers] == [
        (1, 1, 120, Decimal(0)),
        (2, 1, 15, Decimal("0.25")),
    ]
    assert now.cost == Decimal("0.25")


def test_nobodys_words_are_shown(client):
    rate(make_answer("A private question?", "A private answer."), visitor="v", helpful=False, comment="Private words.")
    shown = client.get(reverse("transparency")).text
    assert "private" not in shown.lower()


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, count):
    for _ in range(count):
        rate(make_candidate().answer, visitor="v", helpful=True)
        UsageRecord.objects.create(generator="extractive", tier=count)
    with django_assert_num_queries(12):
        client.get(reverse("transparency"))


def test_a_bar_is_as_high_as_its_share_of_the_highest():
    drawn = picture([0, 5, 10], ["a", "b", "c"])
    assert [bar.height for bar in drawn.bars] == [1, 30, 60]
    assert [bar.y for bar in drawn.bars] == [59, 30, 0]
