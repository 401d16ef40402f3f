"""What every page of the relation explorer needs: its patterns by address, and the switch for suggested relations."""

from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from patterns.enums import PublicationState
from patterns.models import Pattern
from patterns.queries import choosing, graph
from patterns.queries.library import library_state, remembered
from patterns.queries.reading import Moved
from patterns.views.errors import asked_again, gone


@dataclass(frozen=True, slots=True)
class Doubt:
    """Whether relations nobody has reviewed are shown (`?suggested=yes`), and the addresses that switch it."""

    suggested: bool
    library_has_approved: bool
    view: str = "relations"
    names: tuple[str, ...] = field(default_factory=tuple)

    @classmethod
    def of(cls, request: HttpRequest, view: str = "relations", *names: str) -> Self:
        """Read the switch from the address. One query, and a second when the library has changed."""
        # As a number: what is remembered must not be taken for nothing.
        known = remembered("relations:approved", lambda: 1 + graph.has_approved(), state=library_state())
        return cls(request.GET.get("suggested") == "yes", known == 2, view, names)

    @property
    def states(self) -> tuple[str, ...]:
        return graph.WITH_SUGGESTED if self.suggested else graph.APPROVED

    @property
    def query(self) -> str:
        """What a link to another page of the explorer adds, to keep the switch."""
        return "?suggested=yes" if self.suggested else ""

    @property
    def without(self) -> str:
        return address_of(self.view, *self.names, suggested=False)

    @property
    def with_(self) -> str:
        return address_of(self.view, *self.names, suggested=True)

    def address(self, view: str, *names: str, **query: Any) -> str:
        """Return an address in the explorer that keeps the switch."""
        return address_of(view, *names, suggested=self.suggested, **query)


def address_of(view: str, *names: str, suggested: bool, **query: Any) -> str:
    """Return the one address of an answer: the switch first, nothing that says nothing."""
    parts = ({"suggested": "yes"} if suggested else {}) | {name: value for name, value in query.items() if value}
    return reverse(view, args=names) + (f"?{urlencode(parts)}" if parts else "")


def published_or_answer(
    request: HttpRequest, slug: str, view: str, *, before: tuple[str, ...] = (), after: tuple[str, ...] = ()
) -> Pattern | HttpResponse:
    """Return the pattern at `slug`, or the answer to give instead: moved for good, or taken out. One query if found.

    `before` and `after` are what stands around its slug in the address.
    """
    found = choosing.pattern_at(slug)
    if found is None:
        raise Http404(_("There is no pattern at this address."))
    if isinstance(found, Moved):
        query = request.META.get("QUERY_STRING", "")
        address = reverse(view, args=[*before, found.slug, *after])
        return asked_again(HttpResponsePermanentRedirect(f"{address}?{query}" if query else address))
    if found.state != PublicationState.PUBLISHED:
        return gone(request, title=found.title, thing=found)
    return found
