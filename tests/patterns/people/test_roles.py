"""Roles are given by people, and every grant is written down."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from patterns.enums import Role
from patterns.models import AuditEntry
from patterns.people import audit, roles
from tests.factories.library import make_pattern, make_user

pytestmark = pytest.mark.django_db

PREDICATES = (roles.is_reviewer, roles.is_curator, roles.is_admin)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], (False, False, False)),
        ([Role.CONTRIBUTOR], (False, False, False)),
        ([Role.REVIEWER], (True, False, False)),
        ([Role.CURATOR], (True, True, False)),
        ([Role.ADMIN], (True, True, True)),
    ],
)
def test_each_role_may_what_the_ones_below_it_may(given, expected):
    user = make_user(roles=given)
    assert tuple(may(user) for may in PREDICATES) == expected


@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_strangers_may_nothing(nobody):
    assert not any(may(nobody) for may in PREDICATES)


def test_a_closed_account_may_nothing():
    user = make_user(roles=[Role.ADMIN], is_active=False)
    assert not any(may(user) for may in PREDICATES)


def test_granting_and_revoking_are_written_down_once():
    admin, user = make_user(roles=[Role.ADMIN]), make_user()
    roles.grant(user, Role.REVIEWER, by=admin)
    roles.grant(user, Role.REVIEWER, by=admin)
    assert user.roles == [Role.REVIEWER]
    roles.revoke(user, Role.REVIEWER, by=admin)
    assert user.roles == []
    assert list(AuditEntry.objects.values_list("action", "actor")) == [
        ("revoked role", admin.pk), ("granted role", admin.pk)
    ]  # fmt: skip


def test_only_an_admin_gives_roles():
    with pytest.raises(PermissionDenied):
        roles.grant(make_user(), Role.REVIEWER, by=make_user(roles=[Role.CURATOR]))


def test_an_audit_line_outlives_what_it_names():
    pattern = make_pattern("Well")
    line = audit.note(None, "looked at", target=pattern, why="to see")
    assert (line.target_type, line.target_id, line.target_name) == ("pattern", str(pattern.pk), "Well")
    assert line.details == {"why": "to see"}
