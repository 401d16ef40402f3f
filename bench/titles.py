"""Titles as somebody types, letter by letter, against the view one would write instead: `title ILIKE '%…%'`.

On the library CLM_CORPUS names, or on made-up titles; then on ten times as many, whose titles are halves of these put
together anew. Requests go through the whole of Django, one after another, in this process.
"""

import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from bench.figures import Figure, report
from bench.site import fresh_site

NAME = "titles"
TYPED = 25  # titles typed from their first letter to their last
SLIPS = 400  # titles looked for with one slip
SIZE = 3_600
SYLLABLES = (
    "com",
    "mun",
    "ity",
    "ste",
    "ward",
    "own",
    "er",
    "land",
    "trust",
    "wa",
    "ter",
    "ga",
    "ther",
    "ing",
    "op",
    "cle",
)


def measure() -> Iterator[Figure]:
    with fresh_site():
        from django.conf import settings

        settings.ROOT_URLCONF = "bench.titles"
        settings.ALLOWED_HOSTS = ["*"]
        random.seed(11)
        fill()
        yield from figures("", most=30)
        grow()
        yield from figures(", ten times the titles")


def figures(where: str, *, most: float | None = None) -> Iterator[Figure]:
    """Measure both views on the library as it is."""
    from inference.titles import suggesting

    known = titles()
    built = timed(partial(suggesting.suggest, "a"))
    typed = [title[:length] for title in random.sample(known, TYPED) for length in range(1, len(title) + 1)]
    own, plain = took("/search/titles/", typed), took("/plain/", typed)
    note = f"p50 {ms(own, 50):.1f} ms, {len(typed):,} requests, {len(known):,} titles"
    yield Figure(NAME, f"p95 of a request while typing{where}", ms(own, 95), unit="ms", most=most, note=note)
    note = f"p50 {ms(own, 50):.1f} ms ÷ {ms(plain, 50):.1f} ms; p95 {ms(own, 95):.1f} ÷ {ms(plain, 95):.1f}"
    yield Figure(NAME, f"request ÷ ILIKE view{where}", ms(own, 50) / ms(plain, 50), note=note)
    yield Figure(NAME, f"building the index{where}", built, unit="s", note="once a change of the library")
    missed = statistics.mean(not found(title) for title in random.sample([t for t in known if len(t) >= 6], SLIPS))
    yield Figure(NAME, f"titles with one slip not in the first three{where}", 100 * missed, unit="%", most=1)


def took(address: str, queries: list[str]) -> list[float]:
    """Return the seconds of each request."""
    from django.test import Client

    client = Client()
    client.get(address, {"q": "warm"})
    return [timed(partial(ask, client, address, query)) for query in queries]


def ask(client, address: str, query: str) -> None:
    if client.get(address, {"q": query}).status_code != 200:
        raise RuntimeError(f"The site refused {query!r}.")


def timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def ms(seconds: list[float], percent: int) -> float:
    return 1000 * statistics.quantiles(seconds, n=100)[percent - 1]


def found(title: str) -> bool:
    """Whether `title` with a letter too many, too few, wrong, or swapped is among the first three."""
    from inference.titles.suggesting import suggest

    place, letter = random.randrange(len(title) - 1), random.choice("abcdefghijklmnopqrstuvwxyz")
    head, tail = title[:place], title[place:]
    slip = random.choice((letter + tail, tail[1:], letter + tail[1:], tail[1] + tail[0] + tail[2:]))
    return title in [one.title for one in suggest(head + slip)[:3]]


def titles() -> list[str]:
    from patterns.queries.library import published

    return list(published().values_list("title", flat=True))


def fill() -> None:
    """Import the real library, or make one up."""
    if corpus := os.environ.get("CLM_CORPUS"):
        from django.core.management import call_command

        with Path(os.devnull).open("w") as nowhere:
            call_command("import_library", corpus, "--beside", "--json", stdout=nowhere)
        return
    words = ["".join(random.sample(SYLLABLES, random.randint(1, 3))).title() for _ in range(2_500)]
    add([" ".join(random.sample(words, random.randint(1, 4))) for _ in range(SIZE)])


def grow() -> None:
    """Add nine times as many titles, each a first half of one and a second half of another."""
    known = [title.split() for title in titles()]
    pairs = ((random.choice(known), random.choice(known)) for _ in range(9 * len(known)))
    add([" ".join(first[: len(first) // 2 + 1] + second[len(second) // 2 :])[:300] for first, second in pairs])


def add(made: list[str]) -> None:
    """Publish patterns with these titles, each with an alias and four wordings."""
    from patterns.models import Library, LibraryChange, Pattern, Revision

    library, _ = Library.objects.get_or_create(slug="made-up", defaults={"title": "Made up", "origin": "imported"})
    have = Pattern.objects.count()
    for start in range(0, len(made), 2_000):
        some = list(enumerate(made[start : start + 2_000], start=have + start))
        patterns = Pattern.objects.bulk_create(
            Pattern(library=library, slug=f"p-{n}", title=title, aliases=[f"{title} Way"], domain=f"domain-{n % 80}")
            for n, title in some
        )
        contexts = ("corporate", "government", "activist", "tech")
        revisions = Revision.objects.bulk_create(
            Revision(
                pattern=pattern,
                number=1,
                title=pattern.title,
                source="",
                sha256="0" * 64,
                front={"context_labels": {one: f"{random.choice(made)} {one}" for one in contexts}},
                origin="imported",
            )
            for pattern in patterns
        )
        for pattern, revision in zip(patterns, revisions, strict=True):
            pattern.current = revision
        Pattern.objects.bulk_update(patterns, ["current"])
    LibraryChange.objects.create(kind="relations_changed")


def plain_titles(request):
    """What one would write instead."""
    from django.http import HttpResponse
    from django.utils.html import format_html_join

    from patterns.queries.library import published

    rows = published().filter(title__icontains=request.GET.get("q", "")).order_by("title")[:8]
    return HttpResponse(format_html_join("", '<a href="/patterns/{}/">{}</a>', rows.values_list("slug", "title")))


def __getattr__(name: str) -> list:
    if name == "urlpatterns":
        from django.urls import include, path

        return [path("plain/", plain_titles), path("", include("clm_site.urls"))]
    raise AttributeError(name)


if __name__ == "__main__":
    report(measure)
