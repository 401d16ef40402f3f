"""Collections, which are private until their owner shares one, and go with the account."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from patterns.models import Collection
from patterns.people.holdings import register
from patterns.people.models import User


def register_holdings() -> None:
    register(
        "collections", export=_collections, erase=lambda user: Collection.objects.filter(owner=user).delete(),
        title=_("Your collections, with your notes"), fate=_("deleted; their links lead nowhere any more"),
        covers=("patterns.Collection.owner",),
    )  # fmt: skip


def _collections(user: User) -> list[dict[str, Any]]:
    mine = Collection.objects.filter(owner=user).prefetch_related("items", "shares")
    return [
        {
            "title": one.title,
            "description": one.description,
            "created_at": one.created_at,
            "changed_at": one.changed_at,
            "deleted_at": one.deleted_at,
            "patterns": [
                {"title": item.title, "note": item.note, "added_at": item.added_at} for item in one.items.all()
            ],
            "links": [{"created_at": link.created_at, "ended_at": link.ended_at} for link in one.shares.all()],
        }
        for one in mine
    ]
