"""Count what the queue's filters would show, truly: kinds and states on every page, the rest when it is asked for.

A filter is counted under all others, so that its number is what one sees after choosing it. What makes a true count
cheap with twenty thousand items is written down in ADR 0026.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Case, Count, ExpressionWrapper, IntegerField, Min, Q, QuerySet, Value, When
from django.utils import timezone

from patterns.enums import RelationState
from patterns.models import Relation, ReviewItem, SavedView, User
from patterns.queries.queue import in_state, narrowed
from patterns.review import live_claims
from patterns.review.filters import AGES, LEVELS, QUICK, Filters
from patterns.review.priority import ranks

MOST_COUNTED = 1_000
MOST_DOMAINS = 12
UNTIL_COUNTED = 999  # of a saved view


@dataclass(frozen=True, slots=True)
class Bounded:
    """A count that stops: `more` says that there are more than `count`."""

    count: int
    more: bool = False


def kinds_in(filters: Filters, *, reader: User) -> dict[str, int]:
    """Return how many of each kind there are under the other filters. One query."""
    now = timezone.now()
    items = in_state(filters.state, reader=reader, now=now).filter(
        narrowed(filters, reader=reader, now=now, but="kinds")
    )
    return dict(items.order_by().values_list("kind").annotate(Count("pk")))


def states_in(filters: Filters, *, reader: User, waiting: int | None = None) -> dict[str, Bounded]:
    """Return how many there are in each state under the filters. One query; `waiting` where it is known already."""
    now = timezone.now()
    condition = narrowed(filters, reader=reader, now=now)
    wanted = [name for name in ("waiting", "mine", "held", "author") if name != "waiting" or waiting is None]
    counts = [_named(name, in_state(name, reader=reader, now=now).filter(condition)) for name in wanted]
    own = in_state("waiting", reader=reader, now=now).filter(condition, author=reader)
    decided = in_state("decided", reader=reader, now=now).filter(condition)[: MOST_COUNTED + 1]
    rows = counts[0].union(
        *counts[1:], _named("own", own), _named("decided", ReviewItem.objects.filter(pk__in=decided.values("pk"))),
        all=True,
    )  # fmt: skip
    found = Counter(dict(rows))
    if waiting is not None:
        found["waiting"] = waiting
    free = found["waiting"] - found["mine"] - found["held"] - found["own"]
    return {
        "waiting": Bounded(found["waiting"]),
        "free": Bounded(max(0, free)),
        "mine": Bounded(found["mine"]),
        "held": Bounded(found["held"]),
        "author": Bounded(found["author"]),
        "decided": Bounded(min(found["decided"], MOST_COUNTED), found["decided"] > MOST_COUNTED),
    }


def everything_in(filters: Filters, *, reader: User) -> dict[str, dict[Any, int]]:
    """Return the counts of all other filters: of each, what it would show beside the others. Two queries.

    The rows are grouped once by all that is counted, and the groups are added up for each filter here.
    """
    now = timezone.now()
    apart = Filters(kinds=filters.kinds, others=filters.others, domain=filters.domain, words=filters.words)
    items = in_state(filters.state, reader=reader, now=now)
    cells = (
        items.filter(narrowed(apart, reader=reader, now=now))
        .annotate(level=_level(now), days=_days(now), quick_one=_is(Q(minutes__isnull=False, minutes__lte=QUICK)))
        .order_by()
        .values_list("level", "days", "quick_one", "tier", "newcomer")
        .annotate(Count("pk"))
    )
    found = folded(cells, filters)
    rest = items.filter(narrowed(filters, reader=reader, now=now, but="domain")).exclude(domain="")
    domains = rest.order_by().values_list("domain").annotate(n=Count("pk")).order_by("-n", "domain")
    return found | {"domain": dict(domains[:MOST_DOMAINS])}


def folded(cells: Iterable[tuple[Any, ...]], filters: Filters) -> dict[str, dict[Any, int]]:
    """Add cells (level, days, quick, tier, newcomer, how many) up for each filter, under all others. Pure."""
    counts: dict[str, Counter[Any]] = {name: Counter() for name in ("level", "age", "quick", "tier", "author")}
    for level, days, quick, tier, newcomer, number in cells:
        author = "new" if newcomer else "known"
        holds = {
            "level": filters.level in {"", level},
            "age": filters.age <= days,
            "quick": not filters.quick or quick,
            "tier": filters.tier in {"", tier},
            "author": filters.author in {"", author},
        }
        missed = [name for name, held in holds.items() if not held]
        if len(missed) > 1:
            continue
        for name in missed or holds:
            for value in _values(name, level=level, days=days, quick=quick, tier=tier, author=author):
                counts[name][value] += number
    return {name: dict(found) for name, found in counts.items()}


def counted(views: Sequence[tuple[Any, Filters]], *, reader: User) -> dict[Any, Bounded]:
    """Return how many each list holds, up to a bound, by what names it. One query for all of them."""
    now = timezone.now()
    each = []
    for name, filters in views:
        items = in_state(filters.state, reader=reader, now=now).filter(narrowed(filters, reader=reader, now=now))
        some = ReviewItem.objects.filter(pk__in=items.order_by().values("pk")[: UNTIL_COUNTED + 1])
        each.append(_named(str(name), some))
    if not each:
        return {}
    found = Counter(dict(each[0].union(*each[1:], all=True) if len(each) > 1 else each[0]))
    return {
        name: Bounded(min(found[str(name)], UNTIL_COUNTED), found[str(name)] > UNTIL_COUNTED)
        for name, _filters in views
    }


def first_end(reader: User) -> datetime | None:
    """Return when the first claim of another reviewer ends. One query."""
    return live_claims().exclude(reviewer=reader).aggregate(end=Min("expires_at"))["end"]


def suggested_relations() -> Bounded:
    """Return how many relations wait at the desk that is theirs, up to a bound. One query."""
    some = Relation.objects.filter(state=RelationState.SUGGESTED).order_by().values("pk")[: MOST_COUNTED + 1]
    found = len(some)
    return Bounded(min(found, MOST_COUNTED), found > MOST_COUNTED)


def views_of(owner: User) -> list[SavedView]:
    """Return a person's saved views in their order. One query."""
    return list(SavedView.objects.filter(owner=owner))


def _values(name: str, *, level: str, days: int, quick: bool, tier: str, author: str) -> list[Any]:
    if name == "age":
        return [least for least in AGES if days >= least]
    value = {"level": level, "quick": quick, "tier": tier, "author": author}[name]
    return [value] if value else []


def _named(name: str, items: QuerySet[ReviewItem]) -> QuerySet[Any]:
    """How many there are, under a name, as one row or none."""
    named = items.order_by().annotate(named=Value(name)).values("named")
    return named.annotate(number=Count("pk")).values_list("named", "number")


def _level(now: datetime) -> Case:
    bounds = [(name, ranks(name, now=now)[1]) for name in LEVELS]
    return Case(
        *[When(rank__lte=most, then=Value(name)) for name, most in bounds if most is not None], default=Value("usual")
    )


def _days(now: datetime) -> Case:
    """The longest of the ages that an item has reached, 0 for none."""
    reached = [
        When(waits_since__lte=now - timedelta(days=days), then=Value(days)) for days in sorted(AGES, reverse=True)
    ]
    return Case(*reached, default=Value(0), output_field=IntegerField())


def _is(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())
