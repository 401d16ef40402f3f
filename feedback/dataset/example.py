"""One thing a model can learn from, with everything that must travel with it: sources, licence, consent, people."""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cached_property


@dataclass(frozen=True)
class Passage:
    """Text that was shown with the question; `sha256` fingerprints it as the library held it."""

    slug: str
    revision: int
    section: str
    sha256: str
    text: str


@dataclass(frozen=True, order=True)
class Source:
    """A revision an example rests on, with what its licence asks to be said."""

    slug: str
    revision: int
    title: str
    sha256: str
    license: str
    attribution: str


@dataclass(frozen=True)
class Example:
    """`rejected` is the text that `answer` corrects, or empty. `verdicts` are (text, helpful) people gave."""

    task: str
    question: str
    answer: str
    license: str
    consent: str
    author: str
    reviewer: str
    rejected: str = ""
    evidence: tuple[Passage, ...] = ()
    sources: tuple[Source, ...] = ()
    verdicts: tuple[tuple[str, bool], ...] = ()

    @cached_property
    def id(self) -> str:
        """A fingerprint of the content, so that a row has the same name on every site and in every release."""
        content = json.dumps(asdict(self), sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(content.encode()).hexdigest()[:24]
