"""The frozen values that travel between the stages of an answer, so that each stage can be read and tested alone."""

from dataclasses import dataclass, field
from enum import StrEnum


class RouteKind(StrEnum):
    DIRECT = "direct"
    SEMANTIC = "semantic"
    GRAPH = "graph"
    COMPARE = "compare"
    CONTEXT = "context"
    NONE = "none"


@dataclass(frozen=True)
class Entity:
    """Something a question names: `kind` is `pattern` or `lighthouse`; `score` is 0 to 100 (100 is an exact match)."""

    kind: str
    id: int
    slug: str
    title: str
    matched: str
    score: float


@dataclass(frozen=True)
class Cue:
    """Something the asker tells of themselves: `axis` is archetype, stage, sector, scale or role.

    `keys` are the library's values it stands for, none where the library has none or the axis is no facet; `label` is
    shown; `said` is how the question has it.
    """

    axis: str
    label: str
    said: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Route:
    """How a question will be answered, and why in words the visitor reads."""

    kind: RouteKind
    reason: str
    entities: tuple[Entity, ...] = ()
    complexity: str = "small"
    complexity_reason: str = ""
    cues: tuple[Cue, ...] = ()


@dataclass(frozen=True)
class Hit:
    """One passage one searcher found. `score` is that searcher's own; `why` is shown to people."""

    passage_id: int
    score: float
    why: str


@dataclass(frozen=True)
class Evidence:
    """A passage chosen for an answer or a result page, readable without another query.

    `start` and `end` are character offsets in the revision's body; `score` is the fused one, 0 to 1.
    `relation_id` is set where the evidence is a relation (its own sentence), not prose.
    """

    passage_id: int | None
    revision_id: int
    kind: str  # pattern or lighthouse
    slug: str
    title: str
    section: str
    anchor: str
    start: int
    end: int
    text: str
    sha256: str
    score: float
    why: tuple[str, ...] = ()
    url: str = ""
    relation_id: int | None = None
    trusted: bool = True


@dataclass(frozen=True)
class Results:
    """What a search found, best first. `words_only` says that meaning was not searched (no worker in time).

    `nearest` is what lies nearest in meaning where nothing was found.
    """

    evidence: tuple[Evidence, ...]
    words_only: bool = False
    took_ms: float = 0.0
    total: int = 0
    nearest: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Fact:
    """Something the records state: `subject` `says` `thing` (Buurtzorg / uses / Consent), with a sentence about it.

    `source` is the evidence that states it. A fact without a `detail` is a bare line. Facts that follow each other with
    one `group` are told together under that name: the steps of one way, both ends of what two things share. `doubt` is
    what speaks against one that nobody has reviewed.
    """

    subject: str
    says: str
    thing: str
    source: Evidence
    detail: str = ""
    group: str = ""
    doubt: str = ""

    @property
    def sentence(self) -> str:
        return f"{self.subject} {self.says} {self.thing}."


@dataclass(frozen=True)
class Read:
    """What a model reads of a passage: all (`full`), a window (`part`) or a sentence in its place (`summary`)."""

    layer: str
    text: str


@dataclass(frozen=True)
class Prompt:
    """Static instructions first and retrieved text after, so that a model can reuse its prefix.

    `evidence` is numbered from 1 in the order given; a generator cites `[n]`. The source of every fact is among it.
    `read` says what is read of each (empty: all of all), `links` where more stands, `left` how many are left out.
    """

    instructions: str
    question: str
    evidence: tuple[Evidence, ...]
    route: Route
    max_tokens: int = 400
    facts: tuple[Fact, ...] = ()
    read: tuple[Read, ...] = ()
    links: tuple[str, ...] = ()
    left: int = 0

    def number(self, evidence: Evidence) -> int:
        """The number that cites `evidence`."""
        return self.evidence.index(evidence) + 1


@dataclass(frozen=True)
class Usage:
    """Tokens read and written. Of those read, `cached` had not to be read again; the first `static` never vary."""

    tokens_in: int
    tokens_out: int = 0
    cached: int = 0
    static: int = 0


@dataclass(frozen=True)
class Token:
    """A piece of generated text; `usage` comes with one that ends a stage, from generators that count."""

    text: str
    usage: Usage | None = None


@dataclass(frozen=True)
class Sentence:
    """A sentence of an answer, what it cites, and how well those passages support it.

    `block` counts the paragraphs, items and headings of the answer; `form` is text, item or heading; `label` is the
    bold name an item begins with. `support` is empty where nothing is claimed (a heading, "These are used:").
    """

    text: str
    citations: tuple[int, ...] = ()
    support: str = "unsupported"  # supported, weak, unsupported
    block: int = 0
    form: str = "text"
    label: str = ""


@dataclass(frozen=True)
class Support:
    """The checked answer: its sentences and the evidence numbers they use."""

    sentences: tuple[Sentence, ...] = field(default_factory=tuple)
