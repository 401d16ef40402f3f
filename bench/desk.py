"""The desk of suggested relations with 20,000 that wait ÷ with 20, and deciding on 10,000 at once.

Generated relations, most of them to a few targets of the beginning of the alphabet, as the real library has them. Then
what a page costs at the beginning of the list and at its end, and one act ÷ the bare UPDATE of the same rows.
"""

import http.client
import statistics
import time
from collections.abc import Iterator, Sequence

from bench.figures import Figure, report
from bench.pages import served
from bench.site import fresh_site

NAME = "desk"
FEW, MANY = 20, 20_000
PATTERNS = 2_000
AT_ONCE = 10_000
TIMES = 20


def measure() -> Iterator[Figure]:
    with fresh_site():
        from django.core.management import call_command

        call_command("collectstatic", verbosity=0, interactive=False, skip_checks=True)
        grow(PATTERNS)
        reviewer, cookie = signed_in()
        suggest(FEW)
        with served() as port:
            few = {name: spent(port, cookie, address) for name, address in pages().items()}
        suggest(MANY - FEW, start=FEW)
        took = following()
        with served() as port:
            many = {name: spent(port, cookie, address) for name, address in pages().items()}
            last = spent(port, cookie, f"/review/relations/?all=yes&after={near_the_end()}")
        for name, seconds in many.items():
            note = f"p50 {seconds * 1000:.1f} ms ÷ {few[name] * 1000:.1f} ms"
            ratio = seconds / few[name]
            yield Figure(NAME, f"{name}, {MANY:,} suggested relations ÷ {FEW}", ratio, most=1.5, note=note)
        note = f"p50 {last * 1000:.1f} ms ÷ {many['list'] * 1000:.1f} ms"
        yield Figure(NAME, "page 1,000 of the list ÷ page 1", last / many["list"], most=1.2, note=note)
        note = f"{MANY:,} relations of {PATTERNS:,} patterns, in the bulk worker"
        yield Figure(NAME, "all doubts worked out and written", took, "s", note=note)
        act, back, bare = deciding(reviewer)
        note = f"{act:.2f} s ÷ {bare:.2f} s; undone again in {back:.2f} s"
        yield Figure(NAME, f"{AT_ONCE:,} rejected in one act ÷ one bare UPDATE of them", act / bare, most=4, note=note)
        yield Figure(NAME, f"{AT_ONCE:,} rejected in one act", act, "s", note="with record, log and audit line")


def pages() -> dict[str, str]:
    return {"overview": "/review/relations/", "list": "/review/relations/?all=yes"}


def grow(count: int) -> None:
    """Add patterns; the desk reads no more of them than their names."""
    from patterns.models import Library, Pattern

    made_up = {"title": "Made up", "origin": "imported"}
    library, _new = Library.objects.get_or_create(slug="made-up", defaults=made_up)
    Pattern.objects.bulk_create(
        Pattern(library=library, uid=f"p{n}", slug=f"p-{n:05}", title=f"Pattern {n:05}", domain=f"domain-{n % 20}")
        for n in range(count)
    )


def suggest(count: int, *, start: int = 0) -> None:
    """Add suggested relations, nine in ten to the first fifty patterns, and work the doubts out."""
    from django.db import connection

    from patterns.doubting import keeping
    from patterns.models import Library, LibraryChange, Pattern, Relation
    from patterns.recording.copying import copy_in

    library = Library.objects.get(slug="made-up")
    pks = list(Pattern.objects.order_by("slug").values_list("pk", flat=True))
    kinds = ("enables", "complements", "requires", "related")
    copy_in(
        [
            Relation(
                library=library, source_id=pks[n * 7 % len(pks)],
                target_id=pks[n % 50 if n % 10 else n * 13 % len(pks)],
                kind=kinds[n % 4], provenance="imported", state="suggested", weight=0.8,
                stands_at=f"relationships.{kinds[n % 4]}[0]",
                evidence="" if n % 5 else "Seen in several towns at once.",
            )
            for n in range(start, start + count)
        ]
    )  # fmt: skip
    LibraryChange.objects.create(kind="relations_changed", pattern_id=pks[0])
    if not start:
        keeping.follow()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def following() -> float:
    from patterns.doubting import keeping

    started = time.perf_counter()
    keeping.follow()
    return time.perf_counter() - started


def near_the_end() -> int:
    from patterns.models import Relation

    return Relation.objects.order_by("-pk").values_list("pk", flat=True)[30]


def signed_in() -> tuple[object, str]:
    from django.conf import settings

    from patterns.models import User
    from tests.factories.sessions import session_of

    reviewer = User.objects.create_user("reviewer@example.org", roles=["reviewer"])
    return reviewer, f"{settings.SESSION_COOKIE_NAME}={session_of(reviewer)}"


def spent(port: int, cookie: str, address: str) -> float:
    """The median seconds of a page, the first few left out."""
    connection, found = http.client.HTTPConnection("127.0.0.1", port), []
    for _ in range(TIMES):
        started = time.perf_counter()
        connection.request("GET", address, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        found.append(time.perf_counter() - started)
        if answer.status != 200:
            raise RuntimeError(f"The site answered {answer.status} to {address}.")
    return statistics.median(found[5:])


def deciding(reviewer: object) -> Sequence[float]:
    """Seconds of one act on `AT_ONCE` relations, of taking it back, and of a bare UPDATE of the same rows."""
    from django.db import transaction

    from patterns.models import Relation
    from patterns.relating.choosing import Chosen, decidable, fingerprint
    from patterns.relating.deciding import decide_all
    from patterns.relating.undoing import undo

    keep = Relation.objects.order_by("pk").values_list("pk", flat=True)[AT_ONCE]
    Relation.objects.filter(pk__gte=keep).delete()
    chosen = Chosen()
    seen = str(fingerprint(decidable(chosen, reviewer=reviewer)))
    started = time.perf_counter()
    outcome = decide_all(chosen, seen=seen, reviewer=reviewer, act="reject", reason="Noise.")
    act = time.perf_counter() - started
    started = time.perf_counter()
    undo(outcome.batch, by=reviewer)
    back = time.perf_counter() - started
    started = time.perf_counter()
    with transaction.atomic():
        Relation.objects.filter(state="suggested").update(state="rejected")
    return act, back, time.perf_counter() - started


if __name__ == "__main__":
    report(measure)
