"""A library, real or made up, and the same library ten times over."""

import os

from bench.pages import SIZE, grow


def fill() -> bool:
    """Bring in the library; return whether it is a real one."""
    if corpus := os.environ.get("CLM_CORPUS"):
        from patterns.importing import import_library

        import_library(corpus)
    else:
        grow(0, SIZE)
        suit()
    analyse()
    return bool(corpus)


def suit() -> None:
    """Say of every third made-up pattern what it suits, as often as the real library does."""
    from patterns.models import Pattern, Suitability

    names = {"archetype": 16, "stage": 10, "sector": 12}
    patterns = list(Pattern.objects.only("library_id", "uid"))
    Suitability.objects.bulk_create(
        Suitability(
            library_id=pattern.library_id,
            pattern=pattern,
            pattern_ref=pattern.uid,
            axis=axis,
            name=f"{axis} {(place // 3 + step * step) % many}",
            score=(10 + (place + step) % 11) / 20,
            rationale="Because they go together, as everyone says who has seen both.",
        )
        for place, pattern in enumerate(patterns)
        if place % 3 == 0
        for axis, many in names.items()
        for step in range(3)
    )


def multiply(times: int) -> None:
    """Make each published pattern `times` patterns that share its revision, its facets and what it suits."""
    from django.db import connection

    from patterns.models import LibraryChange, Pattern, Suitability

    own = ", ".join(f'"{name}"' for name in columns_of(Pattern, besides={"id", "slug", "title"}))
    said = columns_of(Suitability, besides={"id", "pattern_id"})
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO patterns_pattern (slug, title, {own}) "  # noqa: S608 - names of columns
            f"SELECT left(slug, 180) || '~' || id || '~' || n, left(title, 290) || ' ' || n, {own} "
            "FROM patterns_pattern, generate_series(2, %s) n WHERE state = 'published'",
            [times],
        )
        names = ", ".join(f'"{name}"' for name in said)
        values = ", ".join(f's."{name}"' for name in said)
        cursor.execute(
            f"INSERT INTO patterns_suitability (pattern_id, {names}) SELECT copy.id, {values} "  # noqa: S608
            "FROM patterns_suitability s JOIN patterns_pattern copy "
            "ON copy.slug LIKE '%%~%%~%%' AND split_part(copy.slug, '~', 2) = s.pattern_id::text"
        )
    analyse()
    LibraryChange.objects.create(kind="relations_changed")


def analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def columns_of(model, *, besides: set[str]) -> list[str]:
    fields = model._meta.concrete_fields  # noqa: SLF001 - Django's own name for them
    return [field.column for field in fields if field.column not in besides]
