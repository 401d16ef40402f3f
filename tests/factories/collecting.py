"""Collections as a person would have made them."""

from patterns.collections import arranging, collecting
from patterns.models import Collection, CollectionItem, Pattern, User
from tests.factories.library import make_pattern, make_user


def make_collection(owner: User | None = None, *patterns: Pattern | str, title: str = "Reading list") -> Collection:
    """A collection of `owner` that holds these patterns, or patterns of these titles, in this order."""
    owner = owner or make_user()
    collection = collecting.create(owner, title=title)
    for one in patterns:
        arranging.add(collection, pattern=make_pattern(one) if isinstance(one, str) else one, actor=owner)
    return collection


def make_long_collection(owner: User, *, count: int) -> Collection:
    """A collection of `count` lines, past every limit, as a script might have written it; the last 60 name patterns."""
    collection = collecting.create(owner, title="Everything")
    there = {number: make_pattern(f"P {number}") for number in range(count - 59, count + 1)}
    CollectionItem.objects.bulk_create(
        [
            CollectionItem(collection=collection, pattern=there.get(number), title=f"P {number}", position=number)
            for number in range(1, count + 1)
        ],
        batch_size=2000,
    )
    return collection


def order(collection: Collection) -> list[str]:
    """The titles that stand in it, in order; their positions must be 1, 2, 3 …"""
    rows = list(collection.items.filter(position__isnull=False).order_by("position").values_list("position", "title"))
    assert [position for position, _ in rows] == list(range(1, len(rows) + 1))
    return [title for _, title in rows]
