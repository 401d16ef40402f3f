"""Writes the answer from its evidence, or says that the library has none."""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict

from django.db import connection

from inference.checking.citations import Numbering, settle
from inference.facts import Facts
from inference.generation.generators import current
from inference.models import Answer, UsageRecord
from inference.prompting.compression import fit
from inference.prompting.prompt import MAX_TOKENS, build, plain, sha256
from inference.retrieval.authorising import authorised
from inference.retrieval.confidence import judge
from inference.showing.presenting import EXTRACTIVE
from inference.stages.appending import appended
from inference.stages.drafting import Draft, draft
from inference.stages.reading import read_on
from inference.stages.work import Work
from inference.types import Evidence, Fact, Prompt, Sentence

NEAREST = 3
SAFETY = 64  # tokens of the context left free
TRIES = 3  # of packing into a context whose tokens are counted in pieces
NEAREST_WORDS = "We could not find a clear answer in the library. These passages come nearest."
NONE_WORDS = "We could not find this in the library."


def write(work: Work, facts: Facts, *, ended: Callable[[], str]) -> str:
    """Judge the evidence and write from it; returns why it was ended early (see `ended`), or nothing."""
    confidence = judge(
        work.asked,
        work.route,
        work.evidence,
        facts=len(facts.stated) + len(facts.apart),
        similarity=work.similarity,
        rarity=work.rarity,
    )
    work.outcome = confidence.outcome
    work.shown_route |= {"confidence": asdict(confidence), "why": confidence.reason}
    if work.outcome != Answer.Outcome.ANSWER:
        _say_there_is_none(work)
        return ""
    since = time.perf_counter()
    if facts.whole and not facts.stated:
        work.wire.write(facts.lead)
        _append(work, facts)
        work.took("write", since)
        return ""
    if not facts.stated:  # facts bring what they rest on with them
        work.evidence = read_on(work.asked, work.route, work.evidence)
    work.chosen = current(complexity=work.route.complexity, tried=work.tried)
    name = work.chosen.generator.name
    work.wire.step("writing", "Quoting the library" if name == EXTRACTIVE else f"Writing with {name}")
    prompt, tokens = _prompt(work, facts.stated)
    work.evidence = prompt.evidence
    work.numbering = Numbering(len(prompt.evidence))
    # Writing may take minutes and needs no store: a database that restarts meanwhile costs the answer nothing.
    if not connection.in_atomic_block:
        connection.close()
    lead = facts.lead or (facts.opening if name == EXTRACTIVE else "")
    done = draft(work.chosen.generator, prompt, wire=work.wire, numbering=work.numbering, ended=ended, lead=lead)
    work.usage = _usage(work, tokens, done)
    if not done.ended:
        _append(work, facts)
    work.took("write", since)
    return done.ended


def check(work: Work) -> None:
    """Tie every sentence to the passages it cites and keep how well they support it."""
    since = time.perf_counter()
    if work.outcome == Answer.Outcome.ANSWER:
        work.wire.step("checking", "Checking each sentence against its sources")
        work.sentences, work.sources = settle(work.wire.text, work.evidence, work.numbering.used)
    work.took("check", since)


def _prompt(work: Work, facts: Sequence[Fact]) -> tuple[Prompt, int]:
    """The prompt that fits the generator, and its tokens: facts and what they rest on first, then passages."""
    generator = work.chosen.generator
    max_tokens = min(MAX_TOKENS, generator.context // 4)
    most = generator.context - max_tokens - SAFETY
    bare = generator.count(plain(build(work.asked, (), work.route)))
    budget = most - bare - sum(generator.count(fact.sentence) + 8 for fact in facts)
    for _ in range(TRIES):
        packed = fit(work.evidence, budget=max(0, budget), count=generator.count, question=work.asked)
        prompt = build(work.asked, packed, work.route, facts=facts, max_tokens=max_tokens)
        whole = plain(prompt)
        # Pieces counted one by one may be a few tokens short of the whole.
        tokens = generator.count(whole)
        if tokens <= most:
            break
        budget -= tokens - most + SAFETY
    work.prompt_sha256 = sha256(whole)
    return prompt, tokens


def _append(work: Work, facts: Facts) -> None:
    """Add what nobody has reviewed and what is only near in meaning, apart and named as such."""
    readable = set(authorised([fact.source for fact in facts.apart]))
    suggested, near = ([fact for fact in some if fact.source in readable] for some in (facts.suggested, facts.near))

    def number(source: Evidence) -> int:
        if source not in work.evidence:
            work.evidence = (*work.evidence, source)
        return work.numbering.number(work.evidence.index(source) + 1)

    for part in appended(suggested, near, number=number):
        work.wire.write(("\n\n" if work.wire.text.strip() else "") + part)


def _say_there_is_none(work: Work) -> None:
    """Say so, and show what comes nearest: its passages, or only its names."""
    first: dict[tuple[str, str], Evidence] = {}
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


def _usage(work: Work, tokens: int, done: Draft) -> UsageRecord:
    return UsageRecord(
        model=work.chosen.model,
        generator=work.chosen.generator.name,
        tier=work.chosen.tier,
        cost_confidence="exact" if work.chosen.tier == 1 else "unknown",
        tokens_in=done.usage.tokens_in if done.usage else tokens,
        tokens_cached=done.usage.cached if done.usage else 0,
        tokens_out=done.tokens_out,
        first_token_ms=done.first_token_ms,
        tokens_per_second=done.tokens_per_second,
    )
