"""Gives an answer the shape that its route asks for."""

from collections.abc import Sequence
from dataclasses import replace

from inference.quoting import fixed
from inference.quoting.aspects import Aspect, asked
from inference.quoting.choosing import asked_of, definition, names_of
from inference.quoting.compared import compared
from inference.quoting.direct import about, under_name
from inference.quoting.listed import listed
from inference.quoting.marks import item
from inference.quoting.reading import Said, read, stems_of
from inference.quoting.stated import stated
from inference.types import Entity, Prompt, RouteKind

FOUND = 0.99  # share of the words a question has beside a name, from which a title is what it means by them
_NAMED = {RouteKind.DIRECT, RouteKind.GRAPH, RouteKind.COMPARE}


def written(prompt: Prompt) -> str:
    """The whole answer, in the light Markdown of answers; empty where nothing in the evidence can be quoted."""
    if prompt.facts:
        return stated(prompt)
    said = read(prompt.evidence)
    named = list({(one.kind, one.slug): one for one in prompt.route.entities}.values())
    own = {one.slug: _own(said, one) for one in named}
    known = [one for one in named if own[one.slug]]
    if prompt.route.kind not in _NAMED or not known:
        return listed(prompt, said)
    if prompt.route.kind == RouteKind.COMPARE:
        return _beside(prompt, said, named)
    if prompt.route.kind == RouteKind.GRAPH and Aspect.USES not in asked(prompt.question):
        return f"{_each(known, own)}\n\n{fixed.NO_RELATION}"
    return about(prompt.question, own[known[0].slug], known[0]) if len(known) == 1 else _each(known, own)


def _own(said: Sequence[Said], entity: Entity) -> list[Said]:
    return [one for one in said if (one.evidence.kind, one.evidence.slug) == (entity.kind, entity.slug)]


def _beside(prompt: Prompt, said: Sequence[Said], named: Sequence[Entity]) -> str:
    """A comparison; where the question names one thing only, with the entry whose title has the rest of its words."""
    if len(named) > 1:
        return compared(prompt, said)
    [thing] = named
    rest = asked_of(prompt.question, said, named)
    titles = {(one.kind, one.slug): one.title for one in prompt.evidence if one.slug != thing.slug}
    for (kind, slug), title in titles.items():
        if rest.words and rest.share(stems_of(title)) >= FOUND:
            other = Entity(kind, 0, slug, title, title, 0.0)
            return compared(replace(prompt, route=replace(prompt.route, entities=(thing, other))), said)
    return f"{about(prompt.question, _own(said, thing), thing)}\n\n{fixed.NO_OTHER}"


def _each(known: Sequence[Entity], own: dict[str, list[Said]]) -> str:
    """What each of several named entries is."""
    found = [(one, definition(own[one.slug], names_of([one]))) for one in known]
    if len(found) == 1:
        return under_name(found[0][1], found[0][0]) if found[0][1] else ""
    return "\n".join(item(run, label=one.title) for one, run in found if run)
