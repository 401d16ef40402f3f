"""Find one page of the review queue, whatever it is narrowed to, at a cost that does not depend on how far in it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from patterns.models import Claim, Review, ReviewItem, User
from patterns.review import QueueKind, kind_of, level, live_claim, live_claims, words
from patterns.review.filters import QUICK, Filters, Place
from patterns.review.kinds import closed_to
from patterns.review.priority import ranks

A_PAGE = 25
DECIDED_DAYS = 14
ORDERS = {"pressing": ("rank", "pk"), "oldest": ("waits_since", "pk"), "newest": ("-waits_since", "-pk")}
DECIDED_ORDER = ("-closed_at", "-pk")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue: an item, why it stands there, and who holds it."""

    item: ReviewItem
    kind: QueueKind
    level: str
    why: tuple[str, ...]
    claim: Claim | None
    review: Review | None = None

    @property
    def pair(self) -> str:
        """The item in its version, as forms name it."""
        return f"{self.item.pk}:{self.item.version}"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `before` and `after` are the places where its neighbours begin."""

    rows: Sequence[Row]
    before: Place | None
    after: Place | None


def matching(filters: Filters, *, reader: User, now: datetime | None = None) -> QuerySet[ReviewItem]:
    """Return everything that `filters` lets through for `reader`, in no order."""
    now = now or timezone.now()
    return in_state(filters.state, reader=reader, now=now).filter(narrowed(filters, reader=reader, now=now))


def in_state(state: str, *, reader: User, now: datetime) -> QuerySet[ReviewItem]:
    """Return what is in one state: with reviewers (held or not), with its author, or decided lately."""
    if state == "decided":
        return ReviewItem.objects.filter(open=False, closed_at__gte=now - timedelta(days=DECIDED_DAYS))
    if state == "author":
        return ReviewItem.objects.filter(open=True, with_author=True)
    waiting = ReviewItem.objects.filter(open=True, with_author=False)
    if state == "mine":
        return waiting.filter(pk__in=live_claims().filter(reviewer=reader).values("item"))
    if state == "held":
        return waiting.filter(pk__in=live_claims().exclude(reviewer=reader).values("item"))
    if state == "free":
        return waiting.filter(~Exists(live_claims().filter(item=OuterRef("pk")))).filter(not_by(reader))
    return waiting


def not_by(reader: User) -> Q:
    """Whatever somebody else wrote, or nobody."""
    return Q(author=None) | ~Q(author=reader)


def narrowed(filters: Filters, *, reader: User, now: datetime, but: str = "") -> Q:
    """Return the condition of every filter, that called `but` left out."""
    found = Q()
    for name in filters.active:
        if name != but:
            found &= _condition(name, filters, reader=reader, now=now)
    return found


def page_of(filters: Filters, *, reader: User, place: Place | None = None, now: datetime | None = None) -> Page:
    """Return the page that begins at `place`. One query, by the index of its order; another for what was decided."""
    now = now or timezone.now()
    order = order_of(filters)
    found = matching(filters, reader=reader, now=now)
    if place is not None:
        found = found.filter(_beyond(place, order))
    backwards = place is not None and place.backwards
    ordered = found.order_by(*(_turned(name) for name in order) if backwards else order)
    ordered = ordered.select_related("author", "claim__reviewer")
    if filters.state == "decided":
        ordered = ordered.prefetch_related(Prefetch("reviews", Review.objects.select_related("reviewer")))
    items = list(ordered[: A_PAGE + 1])
    more, items = len(items) > A_PAGE, items[:A_PAGE]
    if backwards:
        items.reverse()
    earlier = items and (more if backwards else place is not None)
    later = items and (backwards or more)
    return Page(
        rows=[row_of(item, now=now) for item in items],
        before=_place(items[0], order, backwards=True) if earlier else None,
        after=_place(items[-1], order) if later else None,
    )


def row_of(item: ReviewItem, *, now: datetime) -> Row:
    """Return what a list shows of an item that was read with its author and claim."""
    why, review = tuple(words(item, now=now)), None if item.open else next(iter(item.reviews.all()), None)
    return Row(item, kind_of(item), level(item, now=now), why, live_claim(item), review)


def order_of(filters: Filters) -> tuple[str, ...]:
    """Return the fields a list is ordered by; what is decided always comes newest first."""
    return DECIDED_ORDER if filters.state == "decided" else ORDERS[filters.sort]


def next_for(reader: User, *, filters: Filters, besides: ReviewItem) -> ReviewItem | None:
    """Return what to look at once an item is dealt with: the first of the list that is free. One query."""
    free = Filters(**{name: getattr(filters, name) for name in ("sort", *filters.active)}, state="free")
    mine = matching(free, reader=reader).exclude(kind__in=closed_to(reader))
    return mine.exclude(pk=besides.pk).order_by(*order_of(free)).first()


def _condition(name: str, filters: Filters, *, reader: User, now: datetime) -> Q:
    if name == "level":
        above, up_to = ranks(filters.level, now=now)
        return (Q(rank__gt=above) if above is not None else Q()) & (Q(rank__lte=up_to) if up_to is not None else Q())
    if name == "words":
        wanted = " & ".join(f"{word}:*" for word in filters.tokens)
        return Q(pk__in=_titled(wanted)) if wanted else Q(pk=None)
    return {
        "kinds": lambda: Q(kind__in=filters.kinds),
        "author": lambda: Q(newcomer=filters.author == "new"),
        "others": lambda: not_by(reader),
        "age": lambda: Q(waits_since__lte=now - timedelta(days=filters.age)),
        "tier": lambda: Q(tier=filters.tier),
        "domain": lambda: Q(domain=filters.domain),
        "quick": lambda: Q(minutes__lte=QUICK),
    }[name]()


def _titled(wanted: str) -> QuerySet[ReviewItem]:
    """Return the ids of items whose title has words that begin so, found by the index of titles."""
    titles = ReviewItem.objects.annotate(title_words=SearchVector("title", config="simple"))
    return titles.filter(title_words=SearchQuery(wanted, config="simple", search_type="raw")).values("pk")


def _beyond(place: Place, order: tuple[str, ...]) -> Q:
    """The rows that come after `place`, or before it when it is read backwards."""
    name = order[0].lstrip("-")
    falling = order[0].startswith("-") != place.backwards
    value = place.key if name == "rank" else _moment(place.key)
    side = "lt" if falling else "gt"
    # The first part is what an index can be entered by.
    return Q(**{f"{name}__{side}e": value}) & (Q(**{f"{name}__{side}": value}) | Q(**{f"pk__{side}": place.pk}))


def _place(item: ReviewItem, order: tuple[str, ...], *, backwards: bool = False) -> Place:
    value = getattr(item, order[0].lstrip("-"))
    return Place(value if isinstance(value, int) else _micros(value), item.pk, backwards)


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _micros(at: datetime) -> int:
    return round((at - _EPOCH) / timedelta(microseconds=1))


def _moment(micros: int) -> datetime:
    try:
        return _EPOCH + timedelta(microseconds=micros)
    except OverflowError:
        return _EPOCH


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
