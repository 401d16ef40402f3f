"""Words that speak to a language model instead of a reader. Pure.

Answers are made from what is published here, so a text that tells a model what to do is not a pattern but an attempt.
Writing *about* such attempts is fine; the reviewer sees the sentence and decides.
"""

import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import Final

from django.utils.translation import gettext as _

from feedback.screening.phrases import Phrases
from patterns.checks import Finding, Weight
from patterns.checks.excerpts import excerpt

SHOWN: Final = 3
READ: Final = 200_000
_TOKENS: Final = Phrases(
    [
        ("<", r"\|[a-z_]{2,40}\|?>"),
        ("[inst|[/inst", r"\]"),
        ("<<sys|<</sys", r">>"),
        ("<start_of_turn|<end_of_turn|<eot_id", r">"),
        ("<tool_call|</tool_call|<function_call|</function_call|<system_prompt|</system_prompt", r"s?>"),
        ("\n## system|\n### system|\n### instruction|\n### response", r"s? ?: ?(?=\n|\Z)"),
    ],
    anywhere=True,
)
_ROLES: Final = Phrases(
    [
        (
            "\nsystem|\n**system|\nassistant|\n**assistant|\n> system|\n> assistant",
            r"[ *_]{0,4}:[ *_]{0,4}\S",
        )
    ],
    anywhere=True,
)
_EARLIER: Final = r"(?:previous|prior|above|preceding|earlier|foregoing|system)"
_ORDERS: Final = r"(?:instructions?|prompts?|directives?|commands?|rules?|messages?)"
_MODEL: Final = r"(?:ais?|llms?|(?:large )?language models?|(?:ai )?assistants?|chatbots?)"
_TO_A_MODEL: Final = Phrases(
    [
        (
            "ignore |disregard |forget |override |bypass ",
            rf"(?:\w{{1,12}} ){{0,3}}?{_EARLIER} (?:\w{{1,12}} )?{_ORDERS}",
        ),
        (
            "ignore |disregard |forget ",
            r"(?:all |everything |any )?(?:of )?(?:your|the system) (?:instructions?|prompts?|rules?|training)",
        ),
        ("forget everything |forget all ", r"(?:you (?:were|have been) told|above|before this)"),
        (
            "you are now |you are no longer |from now on you are ",
            r"(?:an? |in )?(?:\w{1,15} )?(?:ai|assistant|chatbot|language model|dan|developer mode|jailbroken)",
        ),
        (
            "new instruction|new system instruction|updated instruction|real instruction|actual instruction",
            rf"s? (?:follow|for (?:the |all |any )?{_MODEL})",
        ),
        (
            "note to |note for |message to |message for |instructions for |instruction to |attention ",
            rf"(?:all |any |the )?{_MODEL} ?[:,.]",
        ),
        ("if you are |when you are |since you are |because you are ", rf"(?:an? )?{_MODEL}"),
        (
            "reveal |print |repeat |output |show |leak ",
            r"(?:me )?(?:your|the) (?:system|hidden|initial|secret) (?:prompt|instructions?)",
        ),
        (
            "do not tell |do not inform |do not reveal this to |do not mention this to |don't tell ",
            r"the (?:user|reader|reviewer|human|moderator)s?",
        ),
        (
            "when asked|when you are asked|when answering|when summarising|when summarizing|when citing",
            r"[^.]{0,80}?,? (?:always|never|only) (?:say|answer|recommend|cite|reply|respond|mention)",
        ),
        ("always |only ", r"(?:recommend|cite|rank|prefer) this (?:pattern|page|text|site|source)"),
        ("begin |start |end ", r"(?:your|every|each) (?:answer|reply|response|replie)s? with"),
        (
            "ignoriere |ignorier ",
            r"(?:\w{1,12} ){0,2}?(?:vorherigen|bisherigen|obigen) (?:anweisungen|befehle|regeln)",
        ),
        ("ignore |ignorez |ignorer ", r"(?:\w{1,12} ){0,2}?instructions (?:pr[ée]c[ée]dentes|ant[ée]rieures)"),
        ("ignora |ignore ", r"(?:\w{1,12} ){0,2}?instrucciones (?:anteriores|previas)"),
    ]
)


def instructions_in(text: str) -> Iterator[Finding]:
    """Sentences that address a model, marks of a role, and the control tokens of chat templates."""
    text = text[:READ]
    plain = plainly(text)
    for start, end in islice(_TO_A_MODEL.spans(plain), SHOWN):
        yield _finding(Weight.WARN, _("This sentence tells a language model what to do."), plain, start, end)
    for start, end in islice(_TOKENS.spans(text), SHOWN):
        yield _finding(Weight.WARN, _("A control mark of a language model stands here."), text, start, end)
    if roles := list(islice(_ROLES.spans("\n" + text), SHOWN)):
        weight = Weight.NOTE if len(roles) == 1 else Weight.WARN
        message = _("A line begins as if a machine were speaking.")
        yield _finding(weight, message, text, max(0, roles[0][0] - 1), roles[0][1])


def plainly(text: str) -> str:
    """`text` as a model reads it, whatever it is dressed in: wide and mathematical letters plain, unseen ones gone."""
    if text.isascii():
        return " ".join(text.split())
    folded = unicodedata.normalize("NFKC", text)
    return " ".join("".join(sign for sign in folded if sign.isascii() or unicodedata.category(sign) != "Cf").split())


def _finding(weight: Weight, message: str, text: str, start: int, end: int) -> Finding:
    return Finding(
        weight,
        message,
        excerpt=excerpt(text, start, end),
        why=_("Answers on this site are made from what is published; nobody may steer them from inside a text."),
        advice=_("Speak to the reader. If you write about such attempts, say so in the note for the reviewer."),
        rule="hidden",
    )
