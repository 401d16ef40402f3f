"""The few words of its own that a quoting answer has. They claim nothing, so nothing is checked of them."""

from inference.quoting.aspects import Aspect

# The name of a part. A comparison has one row a name.
PARTS = {
    Aspect.DEFINITION: "What it is",
    Aspect.PROBLEM: "The problem it answers",
    Aspect.SOLUTION: "How it works",
    Aspect.STEPS: "How to start",
    Aspect.GAINS: "What it brings",
    Aspect.RISKS: "What can go wrong",
    Aspect.LIMITS: "When not to use it",
    Aspect.FIT: "When to use it",
    Aspect.USES: "Where it is used",
    Aspect.SIGNS: "Signs that it lives",
    Aspect.DECAY: "Signs of decay",
}
FIRST_STEP = "A first step"
PRINCIPLES = "What it rests on"
LISTED = "What the library says, entry by entry:"
SUITED = "Patterns that may suit this situation:"
NOTHING = "The library has no passage about it."
MISSING = {
    aspect: f"This entry does not say {what}."
    for aspect, what in {
        Aspect.SOLUTION: "how it works",
        Aspect.STEPS: "how to start with it",
        Aspect.GAINS: "what it brings",
        Aspect.RISKS: "what can go wrong with it",
        Aspect.LIMITS: "when not to use it",
        Aspect.FIT: "when to use it",
        Aspect.USES: "where it is used",
        Aspect.SIGNS: "how to tell that it works",
        Aspect.DECAY: "how to tell that it decays",
    }.items()
}
NO_OTHER = "No other entry of the library is named in the question."
NO_RELATION = "The library states no reviewed relation that answers this."
LABELS = frozenset({*PARTS.values(), FIRST_STEP, PRINCIPLES})
