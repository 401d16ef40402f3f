"""Understands a follow-up: what "it" is, what "how do I start?" is about, and when a question is about something new.

Pure. A question that stands on its own is left as it is; one that does not is told in words that do, which are shown
("Understood as: …"), searched for and answered.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from inference.types import Cue, Entity
from inference.words.vocabulary import STOP_WORDS, asked_words

FEW = 3  # telling words of a question that cannot stand on its own
SHORT = 9  # words of it
MOST = 3  # things one thread is about

_BEGINS = re.compile(
    r"^\W*(?:(?:and|but|so|ok(?:ay)?|then|also|now|well|yes|no|hm+|thanks?|please)\b[\s,.:!]*)+", re.IGNORECASE
)
_WHAT_ABOUT = re.compile(
    r"^\W*(?:(?:and|but|so) )?(?:what|how) about\b\s*|^\W*(?:and|or) (?=\S+(?: \S+){0,4}\W*$)", re.IGNORECASE
)
_ASKS = re.compile(r"(?:why|how|who|what|when|where|which|whose)\b", re.IGNORECASE)
_OF_IT = re.compile(r"\b(?:its|their)\b(?=\s+\w)", re.IGNORECASE)
# "this" and "that" mean what came before only where they are not before a noun or a clause of their own.
_KINDS = "patterns?|practices?|approach|approaches|methods?|ideas?|model|tool|one|ones"
_VERBS = "is|are|was|were|does|do|did|has|have|can|could|will|would|should|work|works|mean|means"
_IT = re.compile(
    rf"\b(?:(?:this|that|the|these|those|such an?) (?:{_KINDS})|it|they|them|theirs|one|ones|both"
    rf"|(?:this|that|these|those)(?=\W*$| (?:{_VERBS}|an?|from|with|to|in|for)\b)|(?<=is )(?:this|that)"
    r"|(?<=does )(?:this|that))\b",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(
    r"\b(?:is|was|would) it (?:possible|true|better|worth|necessary|ok|legal|wise|normal|a good idea)\b", re.IGNORECASE
)
_NUMBER_ONE = re.compile(
    r"\bone (?:of|another|person|day|year|vote|member)\b|\b(?:no|any|every|some) one\b|\b(?:at|day) one\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Thread:
    """What was spoken of before: the things it was about, the question as it was understood, the cues it gave.

    `fixed`: the asker asks about `topics` whatever the words (the page "ask about this pattern").
    """

    topics: tuple[Entity, ...] = ()
    question: str = ""
    cues: tuple[Cue, ...] = ()
    fixed: bool = False


@dataclass(frozen=True)
class Understood:
    """A question as it stands alone. `carried` says that it took something from its thread."""

    text: str
    entities: tuple[Entity, ...]
    cues: tuple[Cue, ...]
    carried: bool = False


def understand(
    question: str, *, named: Sequence[Entity] = (), cues: Sequence[Cue] = (), thread: Thread | None = None
) -> Understood:
    """`question`, which itself names `named` and tells `cues`, as a reader of `thread` understands it."""
    own = tuple(named)
    if thread is None or not (thread.topics or thread.question):
        return Understood(question, own, tuple(cues))
    kept = _kept(cues, thread)
    topics = tuple(one for one in thread.topics[:MOST] if (one.kind, one.slug) not in {(e.kind, e.slug) for e in own})
    if topics and (told := _with_names(question, topics, own)):
        return Understood(told, (*topics, *own), kept, carried=True)
    if (rest := _what_about(question)) and (told := _asked_again(thread, own, rest)):
        return Understood(told, own or thread.topics[:MOST], kept, carried=True)
    if own or not (thread.fixed or _needs_more(question)):
        return Understood(question, own, kept)
    told = _listed(topics) if topics else _open(thread.question)
    return Understood(f"{_bare(question)} ({told})", topics, kept, carried=True)


def _kept(cues: Sequence[Cue], thread: Thread) -> tuple[Cue, ...]:
    """The asker stays who they are; what they say now counts before what they said."""
    said = {cue.axis for cue in cues}
    return (*cues, *(cue for cue in thread.cues if cue.axis not in said))


def _with_names(question: str, topics: Sequence[Entity], own: Sequence[Entity]) -> str:
    """The question with its first pronoun replaced by what it means; nothing where it has none."""
    names = _listed(topics)
    spared = _EXPLETIVE.search(question) or _NUMBER_ONE.search(question)
    if (found := _OF_IT.search(question)) and not _of_its_own(question[: found.start()]):
        return _put(question, found, f"{names}’s" if not names.endswith("s") else f"{names}’")
    for found in _IT.finditer(question):
        if _of_its_own(question[: found.start()]):
            break
        inside = any(found[0].lower() in one.matched.lower().split() for one in own)
        if not inside and not (spared and spared.start() <= found.start() < spared.end()):
            return _put(question, found, names)
    return ""


def _of_its_own(before: str) -> bool:
    """Whether enough stands before a pronoun for it to mean that: in "a town and its shops" it is the town's."""
    return len([word for word in asked_words(before) if word not in STOP_WORDS]) > 1


def _put(question: str, found: re.Match[str], names: str) -> str:
    return _bare(f"{question[: found.start()]}{names}{question[found.end() :]}")


def _what_about(question: str) -> str:
    """What a "what about …?" or "and …?" asks to look at instead, or nothing."""
    for text in (question, _BEGINS.sub("", question)):
        if found := _WHAT_ABOUT.match(text):
            rest = text[found.end() :].strip(" ?!.…")
            return "" if _ASKS.match(rest) else rest
    return ""


def _asked_again(thread: Thread, own: Sequence[Entity], rest: str) -> str:
    """The question before, asked of something else or for somebody else."""
    if not own:
        return f"{_open(thread.question)} {rest}?" if thread.question else ""
    for topic in thread.topics:
        for name in (topic.matched, topic.title):
            at = thread.question.lower().find(name.lower()) if name else -1
            if at >= 0:
                return f"{thread.question[:at]}{_listed(own)}{thread.question[at + len(name) :]}"
    return ""


def _needs_more(question: str) -> bool:
    """Whether a question says too little to stand alone: "how do I start?", "any examples?", "why?"."""
    bare = _bare(question)
    telling = {word for word in asked_words(bare) if word not in STOP_WORDS}
    return len(bare.split()) <= SHORT and len(telling) <= FEW


def _bare(question: str) -> str:
    rest = _BEGINS.sub("", question).strip() or question.strip()
    return rest[:1].upper() + rest[1:]


def _open(question: str) -> str:
    return question.rstrip(" ?!.")


def _listed(some: Sequence[Entity]) -> str:
    titles = [one.title for one in some[:MOST]]
    return titles[0] if len(titles) == 1 else ", ".join(titles[:-1]) + f" and {titles[-1]}"
