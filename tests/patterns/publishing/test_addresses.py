"""Whatever curators do in whatever order, every address a pattern ever had answers as it should, in one step."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patterns import publishing
from patterns.enums import PublicationState
from patterns.models import Pattern, PatternMerge
from patterns.publishing import PublishingError
from patterns.views.finding import published_pattern
from tests.factories.library import make_pattern

pytestmark = pytest.mark.django_db
NAMES, SPARE = ("one", "two", "three"), ("alpha", "beta", "gamma", "two")
WHICH = st.integers(0, len(NAMES) - 1)
ACTS = st.one_of(
    st.tuples(st.just("rename"), WHICH, st.sampled_from(SPARE + NAMES)),
    st.tuples(st.just("merge"), WHICH, WHICH),
    st.tuples(st.just("back"), WHICH, st.none()),
    st.tuples(st.just("retire"), WHICH, WHICH),
    st.tuples(st.just("restore"), WHICH, st.none()),
)


class Undone(Exception):
    """Ends an example without a trace."""


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, max_size=9))
def test_every_old_address_answers(acts):
    try:
        with transaction.atomic():
            _live_through(acts)
            raise Undone
    except Undone:
        pass


def _live_through(acts):
    """The model: who has or had an address, who is part of whom, who is out."""
    patterns = [make_pattern(name, uid=f"pat_{name}") for name in NAMES]
    owner = {name: number for number, name in enumerate(NAMES)}
    merged, out = {}, set()
    for act, number, other in acts:
        try:
            _do(act, patterns, number, other)
        except PublishingError:
            continue
        if act == "rename":
            assert owner.setdefault(other, number) == number
        elif act == "merge" and number != other:
            merged[number] = other
        elif act == "back":
            merged.pop(number, None)
        elif act == "retire" and number not in merged:
            out.add(number)
        elif act == "restore":
            out.discard(number)
    for address, number in owner.items():
        _answers(address, patterns, number, merged, out)


def _do(act, patterns, number, other):
    thing = Pattern.objects.get(pk=patterns[number].pk)
    with transaction.atomic():
        if act == "rename":
            publishing.rename(thing, by=None, reason="So", slug=other)
        elif act == "merge":
            publishing.merge(thing, into=patterns[other], by=None, reason="So")
        elif act == "back":
            for record in PatternMerge.objects.filter(merged=thing, ended_at=None):
                publishing.take_back(record, by=None, reason="So")
        elif act == "retire":
            goal = patterns[other] if other != number else None
            publishing.retire(thing, actor=None, reason="So", successor=goal)
        else:
            publishing.restore(thing, actor=None, reason="So")


def _answers(address, patterns, number, merged, out):
    """In one step at most, to the pattern that has it or what that is part of; 200 or 410 there."""
    seen = set()
    while number in merged:
        assert number not in seen
        seen.add(number)
        number = merged[number]
    final = Pattern.objects.get(pk=patterns[number].pk)
    found = _ask(address)
    if address != final.slug:
        assert (found.status_code, found["Location"]) == (301, final.get_absolute_url())
        found = _ask(final.slug)
    if number in out:
        assert found.status_code == 410
    else:
        assert isinstance(found, Pattern)
        assert (found.pk, found.state) == (final.pk, PublicationState.PUBLISHED)


def _ask(address):
    request = RequestFactory().get(f"/patterns/{address}/")
    request.user, request.csp_nonce = AnonymousUser(), ""
    return published_pattern(request, address, "pattern")
