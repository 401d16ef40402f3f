"""What a part of an entry is about (its problem, its first steps, its limits), and which of these a question asks for.

Entries name their sections in many ways ("Section 7: When Not to Use", "Anti-Patterns & Gotchas"); the aspect is what
these names have in common.
"""

import re
from enum import StrEnum


class Aspect(StrEnum):
    DEFINITION = "definition"
    PROBLEM = "problem"
    SOLUTION = "solution"
    STEPS = "steps"
    GAINS = "gains"
    RISKS = "risks"
    LIMITS = "limits"
    FIT = "fit"
    USES = "uses"
    SIGNS = "signs"
    DECAY = "decay"
    ASIDE = "aside"  # sources, assessments, thoughts on machines: not quoted unless a question's words are there


def _patterns(*pairs: tuple[Aspect, str]) -> tuple[tuple[Aspect, re.Pattern[str]], ...]:
    return tuple((aspect, re.compile(words, re.IGNORECASE)) for aspect, words in pairs)


# The more particular first: "When Not to Use" before "When to Use", "What Risks Emerge" before "Consequences".
_SECTIONS = _patterns(
    (
        Aspect.ASIDE,
        (
            r"\b(?:sources?|references?|(?:further|essential) reading|resources|bibliography|known issues|assessment"
            r"|pillars|cognitive era|alignment|relationships|related patterns|books)\b"
        ),
    ),
    (Aspect.LIMITS, r"\bwhen not\b|\bnot to use\b|\blimits?\b|\blimitations?\b"),
    (Aspect.DECAY, r"\bsigns of decay\b|\bdecay\b|\bwarning signs?\b"),
    (Aspect.SIGNS, r"\bsigns?\b|\bvital|\bmetrics?\b|\bmeasur"),
    (
        Aspect.RISKS,
        (
            r"\brisks?\b|\bdrawbacks?\b|\bchallenges?\b|\bcriticisms?\b|\bdisadvantages\b|\bcons\b|\bfailure|\bpitfalls?\b"
            r"|\banti-?patterns?\b|\bgotchas?\b"
        ),
    ),
    (Aspect.GAINS, r"\bflourish|\bbenefits?\b|\badvantages?\b|\bpros\b|\bimpacts?\b(?<!evidence & impact)"),
    (Aspect.FIT, r"\bwhen to (?:use|replant)\b|\bapplication context\b|\bsuitable\b"),
    (Aspect.USES, r"\bknown use|\bcase stud|\bexamples?\b|\bevidence\b|\bpatterns in use\b|\badopters\b"),
    (
        Aspect.STEPS,
        (
            r"\bimplement|\bgetting started\b|\bhow to\b|\bsteps?\b|\bstep-by-step\b|\broadmap\b|\bkey practices\b"
            r"|\bfirst moves?\b"
        ),
    ),
    (Aspect.PROBLEM, r"\bproblem\b|\bcore conflict\b|\btensions?\b"),
    (Aspect.SOLUTION, r"\bsolution\b|\bprinciples?\b|\bhow it works\b|\brationale\b"),
    (Aspect.DEFINITION, r"^$|\bsummary\b|\boverview\b|\bintroduction\b|\bdefinition\b"),
    (Aspect.RISKS, r"\bconsequences?\b"),
)
_QUESTIONS = _patterns(
    (
        Aspect.LIMITS,
        (
            r"\b(?:when|where|why)\b.*\b(?:not\b|n't|avoid)|\b(?:not|never) (?:to )?(?:use|do)\b|\bavoid\b"
            r"|\bunsuitable\b|\bwrong (?:form|tool|choice)\b|\blimit(?:s|ations?)\b"
        ),
    ),
    (
        Aspect.RISKS,
        (
            r"\b(?:risks?|dangers?|fails?|failure|go(?:es)? wrong|problems? with|drawbacks?|disadvantages?|criticisms?"
            r"|downsides?|pitfalls?|costs?|cons)\b"
        ),
    ),
    (Aspect.DECAY, r"\bdecay|\bwarning signs?\b|\bsigns? (?:that .* )?(?:fail|not work)"),
    (
        Aspect.SIGNS,
        r"\b(?:signs?|symptoms?|measured?|metrics?|healthy|indicators?)\b|\bknow (?:that|whether|if)\b.*\bwork",
    ),
    (
        Aspect.USES,
        (
            r"\bwho (?:else )?(?:use[sd]?|has|have|is using|adopt|practi|appl)|\bwhere (?:is|are|was|were|has|have)\b"
            r"|\bexamples?\b|\bcases\b"
        ),
    ),
    (
        Aspect.STEPS,
        r"\bhow (?:do|to|can|should|would|could|might)\b|\b(?:steps?|start|begin|introduce|implement|launch|set up)\b",
    ),
    (
        Aspect.GAINS,
        r"\bwhy (?:should|would|do|does|use|bother)\b|\bbenefits?\b|\badvantages?\b|\bworth\b|\bgains?\b|\bpros\b",
    ),
    (Aspect.FIT, r"\bwhen (?:should|do|to|is|does|can)\b|\bsuit(?:s|able|ed)?\b"),
    (Aspect.SOLUTION, r"\bhow (?:does|do|is|are)\b.*\bworks?\b"),
)

_OVER = {
    Aspect.RISKS: frozenset({Aspect.GAINS}),
    Aspect.LIMITS: frozenset({Aspect.FIT, Aspect.STEPS, Aspect.GAINS}),
    Aspect.SIGNS: frozenset({Aspect.STEPS, Aspect.SOLUTION}),
    Aspect.DECAY: frozenset({Aspect.SIGNS, Aspect.STEPS, Aspect.SOLUTION}),
}
_CUES = {
    Aspect.RISKS: re.compile(
        r"\b(?:risks?|challeng\w+|difficult\w*|fail\w*|pitfalls?|critici\w+|dangers?|drawbacks?|costly|harder"
        r"|struggle\w*|manipulat\w+|co-opt\w*)\b",
        re.IGNORECASE,
    ),
    Aspect.LIMITS: re.compile(
        r"\b(?:not (?:suit\w+|appropriate|ideal|the right|right|work)|less (?:suit\w+|effective|relevant)"
        r"|should not|do not|avoid|unsuitable|ill-suited|inappropriate|wrong)\b",
        re.IGNORECASE,
    ),
    Aspect.SIGNS: re.compile(r"\b(?:signs?|measur\w+|indicators?|metrics?|evaluat\w+)\b", re.IGNORECASE),
    Aspect.GAINS: re.compile(r"\b(?:benefits?|improv\w+|increas\w+|helps?|advantages?|reduc\w+)\b", re.IGNORECASE),
    Aspect.USES: re.compile(r"\b(?:used by|adopted|for (?:example|instance)|such as|pioneered)\b", re.IGNORECASE),
}


def aspect_of(section: str) -> Aspect | None:
    """What a section of this name, or a line that stands above others, is about; None where the name does not say."""
    return next((aspect for aspect, words in _SECTIONS if words.search(section)), None)


def asked(question: str) -> tuple[Aspect, ...]:
    """The aspects a question asks for, the first one most; empty for a plain "what is" and for anything else."""
    found = tuple(aspect for aspect, words in _QUESTIONS if words.search(question))
    # "When should we not" has the words of "when should we", "how do I know whether it works" those of "how do I".
    over = frozenset().union(*(_OVER.get(aspect, ()) for aspect in found))
    return tuple(aspect for aspect in found if aspect not in over)


def cue(aspect: Aspect) -> re.Pattern[str] | None:
    """What a sentence says that speaks of an aspect outside a section of it."""
    return _CUES.get(aspect)
