"""The operators' window shows and never writes."""

import pytest
from django.contrib import admin
from django.urls import reverse

from patterns.models import User
from tests.factories.library import make_pattern
from tests.patterns.review.test_queue import sent_edit

pytestmark = pytest.mark.django_db
OURS = [model for model in admin.site._registry if model._meta.app_label == "patterns"]


@pytest.fixture
def operator(client):
    client.force_login(User.objects.create_superuser("operator@example.org"))
    return client


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_list_and_row_can_be_looked_at(operator, model):
    make_pattern("Well in the square")
    sent_edit()
    name = f"admin:patterns_{model._meta.model_name}"
    assert operator.get(reverse(f"{name}_changelist")).status_code == 200
    if row := model.objects.first():
        assert operator.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_nothing_can_be_added_or_removed(operator, model):
    sent_edit()
    name = f"admin:patterns_{model._meta.model_name}"
    assert operator.get(reverse(f"{name}_add")).status_code == 403
    if row := model.objects.first():
        assert operator.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403


def test_no_address_is_shown(operator):
    html = operator.get(reverse("admin:patterns_user_changelist")).content.decode()
    assert "operator@example.org" not in html
