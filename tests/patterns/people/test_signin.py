"""The one-time link works once, for a day, for one person."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from patterns.people.models import SignInLink, User
from patterns.people.signin import first_moderator, one_time_link, spend

pytestmark = pytest.mark.django_db


def token_of(link: str) -> str:
    return link.strip("/").rpartition("/")[2]


def test_a_new_site_gets_one_moderator_who_may_review_and_administer():
    user = first_moderator()
    assert {"reviewer", "admin"} <= set(user.roles)
    assert user.is_staff
    assert first_moderator() == user
    assert User.objects.count() == 1


def test_the_link_signs_in(client: Client):
    user = first_moderator()
    response = client.get(one_time_link(user))
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_the_link_works_once(client: Client):
    link = one_time_link(first_moderator())
    client.get(link)
    other = Client()
    assert other.get(link).status_code == 302
    assert "_auth_user_id" not in other.session


def test_looking_at_the_head_of_it_does_not_spend_it(client: Client):
    link = one_time_link(first_moderator())
    assert client.head(link).status_code == 405
    assert spend(token_of(link))


def test_it_expires():
    link = one_time_link(first_moderator())
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert spend(token_of(link)) is None


def test_a_newer_link_replaces_an_unused_one():
    user = first_moderator()
    old, new = one_time_link(user), one_time_link(user)
    assert spend(token_of(old)) is None
    assert spend(token_of(new)) == user


def test_an_account_that_was_closed_gets_in_no_more():
    user = first_moderator()
    link = one_time_link(user)
    User.objects.update(is_active=False)
    assert spend(token_of(link)) is None


def test_the_token_itself_is_not_kept():
    token = token_of(one_time_link(first_moderator()))
    assert token not in str(SignInLink.objects.values().get())
