"""The two things most holdings do with a table: hand out a person's rows, and delete them."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from patterns.people.models import User


def rows(model: type[Model], column: str, *fields: str) -> Callable[[User], list[dict[str, Any]]]:
    """An export of `fields` of the rows whose `column` is the person."""
    return lambda user: list(model._default_manager.filter(**{column: user}).order_by("pk").values(*fields))  # noqa: SLF001


def delete(model: type[Model], column: str) -> Callable[[User], None]:
    """An erasure of those rows."""

    def erase(user: User) -> None:
        model._default_manager.filter(**{column: user}).delete()  # noqa: SLF001

    return erase
