"""A queue to measure: items of every kind by many authors, over four months, some held, some with their authors."""

import random
from datetime import timedelta

KINDS = ("edit", "new_pattern", "relation", "lighthouse", "correction", "flag", "public_question", "wanted_topic")
TIERS = ("", "", "bronze", "bronze", "bronze", "silver", "gold")
AUTHORS = 400
WORDS = [
    "water",
    "garden",
    "council",
    "harvest",
    "meeting",
    "ledger",
    "river",
    "school",
    "market",
    "forest",
    "kitchen",
    "charter",
    "night",
    "repair",
]


def fill_queue(size: int, *, seed: int = 7, vacuum: bool = True) -> None:
    """Put `size` waiting items into the queue, a twentieth of it held by others, and half as many decided ones."""
    from django.db import connection
    from django.utils import timezone

    from patterns.models import Claim, Review, ReviewItem, User
    from patterns.review import Signs

    chance, now = random.Random(seed), timezone.now()
    authors = User.objects.bulk_create(
        [User(email=f"author{seed}-{n}@example.org", name=f"Author {n}") for n in range(min(AUTHORS, size))]
    )
    judges = User.objects.bulk_create(
        [User(email=f"judge{seed}-{n}@example.org", name=f"Judge {n}", roles=["reviewer"]) for n in range(20)]
    )

    def one(number: int) -> ReviewItem:
        signs = Signs(
            resubmitted=chance.random() < 0.1, newcomer=chance.random() < 0.2, tier=chance.choice(TIERS),
            domain=f"domain-{min(79, int(chance.expovariate(0.08)))}", relied=chance.choice((0, 0, 0, 1, 3, 9)),
            flags=chance.choice((0,) * 18 + (1, 3)), minutes=1 + int(chance.expovariate(0.3)),
        )  # fmt: skip
        return ReviewItem(
            kind=chance.choice(KINDS), object_id=seed * 10_000_000 + number,
            title=f"{chance.choice(WORDS).title()} {chance.choice(WORDS)} {number}", author=chance.choice(authors),
            priority=signs.points, signs=signs.kept(), tier=signs.tier, domain=signs.domain, newcomer=signs.newcomer,
            minutes=signs.minutes, waits_since=now - timedelta(seconds=chance.uniform(0, 120 * 86_400)),
        )  # fmt: skip

    waiting = ReviewItem.objects.bulk_create([one(n) for n in range(size)], batch_size=2_000)
    Claim.objects.bulk_create(
        [
            Claim(item=item, reviewer=chance.choice(judges), expires_at=now + timedelta(hours=2))
            for item in chance.sample(waiting, size // 20)
        ],
        batch_size=2_000,
    )
    done = ReviewItem.objects.bulk_create([one(size + n) for n in range(size // 2)], batch_size=2_000)
    Review.objects.bulk_create(
        [Review(item=item, reviewer=judges[0], author=item.author, decision="accept", item_version=1) for item in done],
        batch_size=2_000,
    )
    ReviewItem.objects.filter(pk__in=[item.pk for item in done]).update(open=False, closed_at=now)
    if vacuum:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
