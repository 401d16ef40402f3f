"""The notebook of one answer: what is known so far, and enough to end it from at any moment."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from inference.answering.claiming import Running
from inference.checking.citations import Numbering
from inference.generation.generators import Chosen
from inference.models import Question, UsageRecord
from inference.streaming.streams import Writer
from inference.types import Evidence, Route, RouteKind, Sentence


@dataclass
class Work:
    """One answer in the making. Stages read what earlier ones wrote and add their own."""

    running: Running
    question: Question
    wire: Writer
    begun: float = field(default_factory=time.perf_counter)
    timings: dict[str, float] = field(default_factory=dict)
    route: Route = field(default_factory=lambda: Route(RouteKind.SEMANTIC, ""))
    shown_route: dict[str, Any] = field(default_factory=dict)
    understood: str = ""
    outcome: str = ""
    nearest: list[dict[str, str]] = field(default_factory=list)
    evidence: tuple[Evidence, ...] = ()
    similarity: float | None = None
    rarity: Mapping[str, float] = field(default_factory=dict)
    sources: tuple[Evidence, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    numbering: Numbering = field(default_factory=lambda: Numbering(0))
    chosen: Chosen | None = None
    tried: list[str] = field(default_factory=list)  # generators that failed before their first word
    usage: UsageRecord | None = None
    prompt_sha256: str = ""

    @property
    def asked(self) -> str:
        """The question as it stands on its own: a follow-up's with what it takes from its thread."""
        return self.understood or self.question.text

    def took(self, step: str, since: float) -> None:
        """Keep how long a step took, in milliseconds."""
        self.timings[step] = round((time.perf_counter() - since) * 1000, 1)
