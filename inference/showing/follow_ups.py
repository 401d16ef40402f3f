"""What to ask next: only what this library can answer, because it is made of what it holds about the same things.

In the language of the library's texts, like the examples on the home page, and grammatical for any title.
"""

import re
from collections.abc import Iterator, Sequence

from django.db.models import Q

from inference.models import Answer
from inference.retrieval.evidence import readable
from patterns.enums import PublicationState, RelationKind, RelationState
from patterns.models import Adoption, Relation

MOST = 3
_PUBLISHED = PublicationState.PUBLISHED
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")

# What a part of an entry answers, by its heading: the question, headings that promise it, and how it is asked.
_PARTS = (
    (
        "How can we start with {}?",
        r"implement|how to|step|getting started|in practice|application",
        r"start|begin|introduc|steps",
    ),
    (
        "When should we not use {}?",
        r"when not|limit|anti-?pattern|boundar(?:y|ies) of use|not to use",
        r"\bnot\b|limit",
    ),
    (
        "What are the risks of {}?",
        r"risk|consequence|pitfall|failure|challenge|trade-?off|decay|shadow",
        r"risk|danger|fail|wrong",
    ),
)
_RELATIONS = (
    (RelationKind.ALTERNATIVE_TO, "What is the difference between {} and {other}?", r"differ|compar|\bvs\b|\bor\b"),
    (RelationKind.TENSIONS_WITH, "What is in tension with {}?", r"tension|conflict"),
    (RelationKind.REQUIRES, "What does {} require?", r"requir|prerequisit|need"),
    (RelationKind.COMPLEMENTS, "What complements {}?", r"complement|combin"),
)


def suggestions(answer: Answer) -> tuple[str, ...]:
    """At most three questions that go on from `answer`, each with something in the library that answers it.

    Four queries at most, whatever the answer. None after an answer that failed.
    """
    if answer.state != Answer.State.DONE:
        return ()
    if answer.outcome != Answer.Outcome.ANSWER:
        return tuple(f"What is {_spoken(one['title'])}?" for one in answer.nearest[:MOST] if one.get("title"))
    topics = _topics(answer)
    asked = answer.route.get("understood") or answer.question.text
    found: dict[str, None] = {}
    for one in _interleaved([_about(topic, asked) for topic in topics]):
        if one.casefold() != asked.casefold():
            found.setdefault(one)
        if len(found) == MOST:
            break
    return tuple(found)


Topic = tuple[str, int, str]  # kind, id and title


def _topics(answer: Answer) -> list[Topic]:
    """What the question named, else what the answer cites first."""
    named = [(one["kind"], one["id"], one["title"]) for one in answer.route.get("entities", ()) if "id" in one]
    if named:
        return named[:1]
    row = (
        answer.citations.select_related("revision__pattern", "revision__lighthouse")
        .defer("revision__source", "revision__front")
        .first()
    )
    thing = (row.revision.pattern or row.revision.lighthouse) if row else None
    return [("pattern" if row.revision.pattern_id else "lighthouse", thing.pk, thing.title)] if thing else []


def _about(topic: Topic, asked: str) -> Iterator[str]:
    kind, pk, title = topic
    yield from _lighthouse(pk, title, asked) if kind == "lighthouse" else _pattern(pk, title, asked)


def _lighthouse(pk: int, title: str, asked: str) -> Iterator[str]:
    uses = Adoption.objects.filter(lighthouse=pk, lighthouse__state=_PUBLISHED, pattern__state=_PUBLISHED)
    titles = list(uses.order_by("position").values_list("pattern__title", flat=True)[:MOST])
    if titles and not re.search(r"\buse|practi|pattern", asked, re.IGNORECASE):
        yield f"Which patterns does {_spoken(title)} use?"
    for one in titles:
        yield f"What is {_spoken(one)}?"


def _pattern(pk: int, title: str, asked: str) -> Iterator[str]:
    """What its own parts answer, who uses it, and what approved relations join to it, in turns."""
    name = _spoken(title)
    sections = " | ".join(readable().filter(pattern=pk).values_list("section", flat=True).distinct()[:60])
    parts = [
        question.format(name)
        for question, promises, said in _PARTS
        if re.search(promises, sections, re.IGNORECASE) and not re.search(said, asked, re.IGNORECASE)
    ]
    yield from _interleaved([iter(parts), iter([*_relations(pk, name, asked), *_used(pk, name, asked)])])


def _used(pk: int, name: str, asked: str) -> list[str]:
    used = Adoption.objects.filter(pattern=pk, pattern__state=_PUBLISHED, lighthouse__state=_PUBLISHED)
    told = re.search(r"\bwho\b|\buse[sd]? (?:by|it)\b", asked, re.IGNORECASE)
    return [f"Who uses {name}?"] if not told and used.exists() else []


def _relations(pk: int, name: str, asked: str) -> list[str]:
    rows = (
        Relation.objects.filter(
            Q(source=pk) | Q(target=pk, kind__in=[RelationKind.ALTERNATIVE_TO, RelationKind.TENSIONS_WITH])
        )
        .filter(state=RelationState.APPROVED, source__state=_PUBLISHED, target__state=_PUBLISHED)
        .order_by("-weight", "pk")
        .values_list("kind", "source_id", "source__title", "target__title")[:60]
    )
    first: dict[str, str] = {}
    for kind, source, source_title, target_title in rows:
        first.setdefault(kind, target_title if source == pk else source_title)
    return [
        question.format(name, other=_spoken(first[kind]))
        for kind, question, said in _RELATIONS
        if kind in first and not re.search(said, asked, re.IGNORECASE)
    ]


def _interleaved(each: Sequence[Iterator[str]]) -> Iterator[str]:
    waiting = list(each)
    while waiting:
        for one in list(waiting):
            if (following := next(one, None)) is None:
                waiting.remove(one)
            else:
                yield following


def _spoken(title: str) -> str:
    """A title as it is asked for: without what stands in brackets at its end."""
    return _ASIDE.sub("", title) or title
