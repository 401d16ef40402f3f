"""The one place that knows the order of an answer: route, retrieve, judge, write, check, finish.

Runs in a worker. Every stage is a function elsewhere; whatever happens in one, the answer ends in one final row and
the worker lives on.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings

from inference import prompting
from inference.authorising import authorised
from inference.backends import BackendError
from inference.citations import Numbering, settle
from inference.claiming import Running, claim, finish, heartbeat
from inference.compression import fit
from inference.confidence import judge
from inference.drafting import Draft, draft
from inference.entities import link
from inference.facts import Facts, facts_about
from inference.generators import Chosen, current
from inference.models import Answer, Citation, IndexGeneration, Question, UsageRecord
from inference.presenting import EXTRACTIVE, finished_event
from inference.reaping import reap
from inference.retrieval import search
from inference.routing import route as route_of
from inference.streams import Writer, forget_stop
from inference.types import Evidence, Fact, Prompt, Route, Sentence

__all__ = ["answer", "reap"]
log = logging.getLogger(__name__)

PASSAGES = 14
NEAREST = 3
SAFETY = 64  # tokens of the context left free
FAILED = "Something went wrong on our side while this answer was written. Your question is kept: ask it again."
LATE = "This answer took longer than the {limit} seconds it may take, so it was ended. Ask again, or ask for less."
NEAREST_WORDS = "We could not find a clear answer in the library. These passages come nearest."
NONE_WORDS = "We could not find this in the library."


@dataclass
class _Work:
    """What is known so far about one answer; filled in stage by stage, and enough to finish from at any moment."""

    running: Running
    question: Question
    wire: Writer
    begun: float = field(default_factory=time.perf_counter)
    timings: dict[str, float] = field(default_factory=dict)
    route: Route | None = None
    shown_route: dict[str, Any] = field(default_factory=dict)
    outcome: str = ""
    nearest: list[dict[str, str]] = field(default_factory=list)
    evidence: tuple[Evidence, ...] = ()
    sources: tuple[Evidence, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    numbering: Numbering = field(default_factory=lambda: Numbering(0))
    chosen: Chosen | None = None
    usage: UsageRecord | None = None
    prompt_sha256: str = ""

    def took(self, step: str, since: float) -> None:
        self.timings[step] = round((time.perf_counter() - since) * 1000, 1)


def answer(answer_id: int) -> None:
    """Answer a pending question from its claim to its one final row. Does nothing when another worker has it."""
    running = claim(answer_id)
    if running is None:
        log.info("answer %s is already taken or finished", answer_id)
        return
    question = Question.objects.select_related("about", "parent").get(answer=answer_id)
    with Writer(running.public_id, running.attempt) as wire, heartbeat(running) as lost:
        work = _Work(running, question, wire)
        state, error = Answer.State.DONE, ""
        try:
            if ended := _written(work, lambda: "lost" if lost.is_set() else _why_end(work)):
                state = Answer.State.STOPPED if ended == "stopped" else Answer.State.FAILED
                error = LATE.format(limit=settings.ANSWER_TIME_LIMIT) if ended == "late" else ""
            _check(work)
        except BackendError as problem:
            log.exception("answer %s: a backend failed", running.public_id)
            state, error = Answer.State.FAILED, f"{problem} Your question is kept: ask it again."
        except Exception:  # whatever a stage raises, the answer ends honestly and the worker lives
            log.exception("answer %s failed", running.public_id)
            state, error = Answer.State.FAILED, FAILED
        _finish(work, state, error)


def _written(work: _Work, ended: Any) -> str:
    """Route, retrieve, judge and write; returns why it was ended early, or nothing."""
    facts = _retrieve(work)
    if why := ended():
        return why
    confidence = judge(work.question.text, work.route, work.evidence, facts=len(facts.stated) + len(facts.suggested))
    work.outcome = confidence.outcome
    work.shown_route |= {"confidence": asdict(confidence), "why": confidence.reason}
    if work.outcome != Answer.Outcome.ANSWER:
        _no_answer(work)
        return ""
    since = time.perf_counter()
    work.chosen = current()
    quoting = work.chosen.generator.name == EXTRACTIVE
    work.wire.step("writing", "Quoting the library" if quoting else f"Writing with {work.chosen.generator.name}")
    prompt = _prompt(work, facts.stated)
    work.numbering = Numbering(len(prompt.evidence))
    work.evidence = prompt.evidence
    done = draft(work.chosen.generator, prompt, wire=work.wire, numbering=work.numbering, ended=ended)
    work.usage = _usage(work, prompt, done)
    if not done.ended:
        _suggest(work, facts.suggested)
    work.took("write", since)
    return done.ended


def _retrieve(work: _Work) -> Facts:
    """Find what the question names and what the library says about it."""
    since = time.perf_counter()
    question = work.question
    context = " ".join(
        text for text in (question.about and question.about.title, question.parent and question.parent.text) if text
    )
    entities = link(question.text) or (link(context) if context else ())
    work.route = route_of(question.text, entities=entities)
    work.shown_route = {
        "kind": work.route.kind,
        "reason": work.route.reason,
        "entities": [asdict(entity) for entity in work.route.entities],
        "complexity": work.route.complexity,
    }
    work.wire.step("routed", work.route.reason)
    work.took("route", since)
    since = time.perf_counter()
    found = search(f"{context} {question.text}".strip(), limit=PASSAGES)
    facts = facts_about(question.text, work.route)
    stated = dict.fromkeys(fact.source for fact in facts.stated)
    work.evidence = authorised(tuple(dict.fromkeys([*stated, *found.evidence])))
    entries = len({(one.kind, one.slug) for one in work.evidence})
    work.shown_route |= {"passages": len(work.evidence), "entries": entries, "words_only": found.words_only}
    work.wire.step("found", f"Found {_counted(len(work.evidence), 'passage')} in {_counted(entries, 'entry')}")
    work.took("retrieve", since)
    return facts


def _prompt(work: _Work, facts: Sequence[Fact]) -> Prompt:
    generator = work.chosen.generator
    max_tokens = min(prompting.MAX_TOKENS, generator.context // 4)
    bare = prompting.build(work.question.text, (), work.route, max_tokens=max_tokens)
    said = sum(generator.count(fact.sentence) + 8 for fact in facts)
    budget = generator.context - max_tokens - generator.count(prompting.plain(bare)) - said - SAFETY
    packed = fit(work.evidence, budget=budget, count=generator.count)
    prompt = prompting.build(work.question.text, packed, work.route, facts=facts, max_tokens=max_tokens)
    work.prompt_sha256 = prompting.sha256(prompt)
    return prompt


def _suggest(work: _Work, suggested: Sequence[Fact]) -> None:
    """Add the relations nobody has reviewed, apart and named as such."""
    readable = set(authorised([fact.source for fact in suggested]))
    lines = []
    for fact in suggested:
        if fact.source in readable:
            work.evidence = (*work.evidence, fact.source)
            lines.append(f"- {fact.sentence} [{work.numbering.number(len(work.evidence))}]")
    if lines:
        before = "\n\n" if work.wire.text.strip() else ""
        work.wire.write(f"{before}## Suggested, not reviewed\n\n" + "\n".join(lines))


def _no_answer(work: _Work) -> None:
    """Say so, and show what comes nearest: its passages, or only its names."""
    first = {}
    for one in work.evidence:
        first.setdefault((one.kind, one.slug), one)
    nearest = tuple(first.values())[:NEAREST]
    work.nearest = [
        {"kind": one.kind, "slug": one.slug, "title": one.title, "summary": one.text[:200]} for one in nearest
    ]
    has_passages = work.outcome == Answer.Outcome.NEAREST
    work.sources = nearest if has_passages else ()
    words = NEAREST_WORDS if has_passages else NONE_WORDS
    work.sentences = (Sentence(words, support=""),)
    work.wire.write(words)


def _check(work: _Work) -> None:
    since = time.perf_counter()
    if work.outcome == Answer.Outcome.ANSWER:
        work.wire.step("checking", "Checking each sentence against its sources")
        work.sentences, work.sources = settle(work.wire.text, work.evidence, work.numbering.used)
    work.took("check", since)


def _finish(work: _Work, state: str, error: str) -> None:
    work.took("total", work.begun)
    chosen = work.chosen
    finished = finish(
        work.running,
        state=state,
        error=error,
        route=work.shown_route,
        outcome=work.outcome,
        text=work.wire.text.strip(),
        sentences=[asdict(sentence) for sentence in work.sentences],
        nearest=work.nearest,
        generator=chosen.generator.name if chosen else "",
        model_id=chosen.model.pk if chosen and chosen.model else None,
        prompt_sha256=work.prompt_sha256,
        generation_id=IndexGeneration.objects.filter(live=True).values_list("pk", flat=True).first(),
        timings=work.timings,
        citations=[_citation(number, source) for number, source in enumerate(work.sources, 1)],
        usage=work.usage,
    )
    if finished:
        row = Answer.objects.select_related("question").get(pk=work.running.answer_id)
        work.wire.event("done", finished_event(row))
        forget_stop(work.running.public_id)


def _citation(number: int, source: Evidence) -> Citation:
    return Citation(
        number=number,
        passage_id=source.passage_id,
        revision_id=source.revision_id,
        relation_id=source.relation_id,
        section=source.section[:300],
        start=source.start,
        end=source.end,
        sha256=source.sha256,
        quote=source.text,
        why=list(source.why),
    )


def _usage(work: _Work, prompt: Prompt, done: Draft) -> UsageRecord:
    return UsageRecord(
        model=work.chosen.model,
        generator=work.chosen.generator.name,
        tokens_in=work.chosen.generator.count(prompting.plain(prompt)),
        tokens_out=done.tokens_out,
        first_token_ms=done.first_token_ms,
        tokens_per_second=done.tokens_per_second,
    )


def _why_end(work: _Work) -> str:
    if work.wire.stopped.is_set():
        return "stopped"
    return "late" if time.perf_counter() - work.begun > settings.ANSWER_TIME_LIMIT else ""


def _counted(number: int, noun: str) -> str:
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"
