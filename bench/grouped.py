"""What a facet page would cost without an index of our own: grouped SQL, and the rows the index is made from."""

PATTERNS = """
SELECT id, title, stars, changed_at, domain, categories, tier, lifecycle_status, universality, library_id
  FROM patterns_pattern WHERE state = 'published'
"""
SUITABILITY = """
SELECT axis, name, score, level, array_agg(pattern_id) FROM patterns_suitability GROUP BY 1, 2, 3, 4
"""


def by_grouping(browsing) -> None:
    """Make a grouped query for each facet, a count and a page."""
    from django.db.models import Count, F, Func, Q, Value
    from django.db.models.functions import Lower, Replace

    from patterns.faceting.index import FACETS, SUITS
    from patterns.models import Suitability
    from patterns.queries.library import published
    from patterns.queries.listing import PAGE_SIZE, with_first_words

    def key(name: str):
        return Replace(Replace(Lower(name), Value("_"), Value("-")), Value(" "), Value("-"))

    columns = {"status": "lifecycle_status", "library": "library__slug"}

    def filtered(chosen):
        found = published()
        for facet, keys in chosen.items():
            if facet in SUITS:
                said = Suitability.objects.annotate(key=key("name")).filter(axis=facet, key__in=keys)
                found = found.filter(pk__in=said.filter(~Q(score=0)).values("pattern_id"))
            elif facet == "category":
                found = found.filter(categories__overlap=list(keys))
            else:
                found = found.annotate(**{f"{facet}_key": key(columns.get(facet, facet))})
                found = found.filter(**{f"{facet}_key__in": keys})
        return found

    for facet in FACETS:
        others = filtered({name: keys for name, keys in browsing.chosen.items() if name != facet})
        if facet in SUITS:
            rows = others.filter(suitabilities__axis=facet).annotate(at=F("suitabilities__name"))
        elif facet == "category":
            rows = others.annotate(at=Func(F("categories"), function="unnest"))
        else:
            rows = others.annotate(at=key(columns.get(facet, facet)))
        list(rows.values("at").annotate(n=Count("pk")).order_by("-n"))
    filtered(browsing.chosen).count()
    with_first_words(filtered(browsing.chosen).order_by("title", "pk")[:PAGE_SIZE])


def rows_read(_) -> None:
    """Read what the index is made from, through a cursor."""
    from django.db import connection

    with connection.cursor() as cursor:
        for sql in (PATTERNS, SUITABILITY):
            cursor.execute(sql)
            cursor.fetchall()
