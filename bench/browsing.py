"""Facets and constellations over ten times the library ÷ once, also when nobody has asked for that combination before.

CLM_CORPUS names the library; without it made-up patterns stand in. What is copied nine times keeps its facets, so ten
times the library answers every choice with ten times the patterns. Beside it the same counts as grouped SQL.
"""

import http.client
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence

from bench.figures import Figure, report
from bench.grouped import by_grouping, rows_read
from bench.pages import served
from bench.site import fresh_site
from bench.tenfold import fill, multiply

NAME = "browsing"
COMBINATIONS = 120
TIMES = 10
PAGES = ("facets", "constellation")


def measure() -> Iterator[Figure]:
    with fresh_site():
        from django.core.management import call_command

        call_command("collectstatic", verbosity=0, interactive=False, skip_checks=True)
        real = fill()
        asked = {"facets": two_facets(), "constellation": situations()}
        before, once = sized(asked)
        multiply(TIMES)
        after, tenfold = sized(asked)
        size = f"{tenfold['patterns']:,.0f} ÷ {once['patterns']:,.0f} {'real' if real else 'made-up'} patterns"
        for page in PAGES:
            for kind, what in (("first", "first view of a combination"), ("again", "seen before")):
                new, old = after[page, kind], before[page, kind]
                note = f"p50 {new * 1000:.1f} ms ÷ {old * 1000:.1f} ms, {size}"
                yield Figure(NAME, f"{page} page, {what}, ten times the library ÷ once", new / old, most=1.5, note=note)
        for figures, times in ((once, "once"), (tenfold, "ten times")):
            note = f"p50 {figures['ours'] * 1000:.1f} ms ÷ {figures['grouped'] * 1000:.1f} ms"
            ratio = figures["ours"] / figures["grouped"]
            yield Figure(NAME, f"counts and list ÷ as grouped SQL, {times} the library", ratio, most=1, note=note)
            note = (
                f"{figures['made'] * 1000:.0f} ms ÷ {figures['read'] * 1000:.0f} ms, after each change of the library"
            )
            yield Figure(
                NAME, f"index made ÷ its rows read, {times} the library", figures["made"] / figures["read"], note=note
            )


def sized(asked: dict[str, list[str]]) -> tuple[dict[tuple[str, str], float], dict[str, float]]:
    """Return the median seconds of each page, first and again, and what counting costs in this process."""
    with served() as port:
        found = {}
        for page, addresses in asked.items():
            spent(port, addresses[:5])  # makes the index, compiles the templates
            first, again = spent(port, addresses[5:]), spent(port, addresses[5:])
            found[page, "first"], found[page, "again"] = statistics.median(first), statistics.median(again)
    return found, counting([address.partition("?")[2] for address in asked["facets"][:20]])


def spent(port: int, addresses: Sequence[str]) -> list[float]:
    """Ask for each address once, over one connection; return the seconds each took."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    found = []
    for address in addresses:
        started = time.perf_counter()
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        found.append(time.perf_counter() - started)
        if answer.status != 200:
            raise RuntimeError(f"The site answered {answer.status} to {address}.")
    return found


def counting(queries: Sequence[str]) -> dict[str, float]:
    """Return median seconds of one page's counts and list by bitmaps and by SQL, and of making the index."""
    from django.http import QueryDict

    from patterns.queries import facet_index
    from patterns.queries.browsing import Browsing

    browsings = [Browsing.from_query(QueryDict(query)) for query in queries]
    kept = facet_index.kept_index()
    return {
        "patterns": float(len(kept.index.pks)),
        "ours": statistics.median(timed(by_bitmaps, browsing) for browsing in browsings),
        "grouped": statistics.median(timed(by_grouping, browsing) for browsing in browsings),
        "made": min(timed(lambda _: facet_index.made(), None) for _ in range(3)),
        "read": min(timed(rows_read, None) for _ in range(3)),
    }


def timed(act: Callable, given) -> float:
    started = time.perf_counter()
    act(given)
    return time.perf_counter() - started


def by_bitmaps(browsing) -> None:
    from patterns.faceting.index import FACETS
    from patterns.queries.facet_index import kept_index
    from patterns.queries.facets import counts
    from patterns.queries.listing import listing

    kept = kept_index()
    for facet in FACETS:
        counts(facet, browsing, kept.index)
    listing(browsing, kept)


def two_facets() -> list[str]:
    """Return browse addresses with two facets chosen, each of which fills a page."""
    from patterns.queries.browsing import Browsing
    from patterns.queries.facet_index import kept_index

    index, found = kept_index().index, []
    for one, other in (("domain", "stage"), ("category", "archetype"), ("domain", "sector"), ("category", "status")):
        for key, first in index.values[one].items():
            for other_key, second in index.values[other].items():
                if (first.bits & second.bits).bit_count() >= 25:
                    found.append(f"/patterns/{Browsing(chosen={one: (key,), other: (other_key,)}).address()}")
    return sample(found)


def situations() -> list[str]:
    """Return constellations of three axes."""
    from patterns.faceting.index import SUITS
    from patterns.queries.facet_index import kept_index
    from patterns.queries.situations import Situation

    values = kept_index().index.values
    most = [sorted(values[axis], key=lambda key: -values[axis][key].bits.bit_count())[:8] for axis in SUITS]
    found = [
        f"/constellations/{Situation(dict(zip(SUITS, (one, two, three), strict=True))).address()}"
        for one in most[0]
        for two in most[1]
        for three in most[2]
    ]
    return sample(found)


def sample(found: list[str]) -> list[str]:
    return random.Random(8).sample(found, min(COMBINATIONS, len(found)))


if __name__ == "__main__":
    report(measure)
