"""What a relation submission proposes: a new relation, or that an existing one is wrong. Read from its payload.

A payload is what somebody sent: anything in it may be missing or of the wrong kind, and then it proposes nothing.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final, Self

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patterns.enums import SYMMETRIC, RelationKind
from patterns.models import Submission
from patterns.queries.relation_words import kind_word

# A weight in words; readers see the word, the graph gets the number.
WEIGHTS: Final[dict[str, tuple[float, str | Promise]]] = {
    "weak": (0.4, gettext_lazy("Weak: it helps to know both")),
    "clear": (0.7, gettext_lazy("Clear: most who use one meet the other")),
    "strong": (0.9, gettext_lazy("Strong: one is hardly to be had without the other")),
}
LONGEST: Final = 1000


class Sort(StrEnum):
    """What is proposed about a relation."""

    SUGGESTION = "suggestion"
    OBJECTION = "objection"


@dataclass(frozen=True, slots=True)
class Proposal:
    """`relation` is the one objected to. `citation` says where the evidence can be found."""

    sort: str
    source: int = 0
    target: int = 0
    kind: str = ""
    evidence: str = ""
    citation: str = ""
    weight: str = ""
    relation: int = 0

    @classmethod
    def of(cls, submission: Submission) -> Self:
        return cls.read(submission.payload)

    @classmethod
    def read(cls, payload: Mapping[str, Any]) -> Self:
        """Read a payload; what does not fit is as if it was not there."""
        numbers = {name: _number(payload.get(name)) for name in ("source", "target", "relation")}
        texts = {name: _text(payload.get(name)) for name in ("evidence", "citation")}
        kind, weight, sort = (payload.get(name) for name in ("kind", "weight", "sort"))
        return cls(
            sort=sort if sort in set(Sort) else Sort.SUGGESTION,
            kind=kind if kind in RelationKind.values else "",
            weight=weight if weight in WEIGHTS else "",
            **numbers,
            **texts,
        )

    @property
    def payload(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def number(self) -> float | None:
        """The weight as the graph keeps it."""
        return WEIGHTS[self.weight][0] if self.weight else None

    @property
    def written(self) -> str:
        """The evidence as the library keeps it, with its source in the same breath, so that files carry both."""
        return _("%(evidence)s (%(citation)s)") % {"evidence": self.evidence, "citation": self.citation}


def ways(title: str) -> list[tuple[str, str]]:
    """Return the ways a pattern can be joined to another as (value, words with … for the other), for a form."""
    found = []
    for kind in RelationKind:
        found.append((f"{kind}:out", sentence(title, kind, "…")))
        if kind not in SYMMETRIC:
            found.append((f"{kind}:in", sentence("…", kind, title)))
    return found


def sentence(first: str, kind: str, second: str) -> str:
    """Return what a relation says as a sentence: `Solar co-op requires Commons charter`."""
    return _("%(first)s %(kind)s %(second)s") % {"first": first, "kind": _verb(kind), "second": second}


def _verb(kind: str) -> str:
    return str(_VERBS.get(kind) or kind_word(kind))


_VERBS: Final[dict[str, str | Promise]] = {
    RelationKind.TENSIONS_WITH: gettext_lazy("is in tension with"),
    RelationKind.ALTERNATIVE_TO: gettext_lazy("is an alternative to"),
    RelationKind.TOOL_FOR: gettext_lazy("is a tool for"),
    RelationKind.RELATED: gettext_lazy("is related to"),
}


def _number(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**62 else 0


def _text(value: Any) -> str:
    return value.replace("\0", " ").strip()[:LONGEST] if isinstance(value, str) else ""
