"""Signals of advertising: links upon links, the same words again and again, shouting, and phrases that sell. Pure."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from feedback.screening.phrases import Phrases
from patterns.checks import Finding, Weight
from patterns.checks.excerpts import excerpt
from patterns.checks.links import links_of

SHOWN: Final = 3
READ: Final = 200_000  # characters
MANY_LINKS: Final = 6  # links to other places, from which their share of the words counts
WORDS_A_LINK: Final = 8  # fewer words than so many for each link are a list of links
TIMES: Final = 4  # that a sentence stands there before it is called repeated
LEAST_WORDS: Final = 5  # of a sentence that is compared
SHOUTED: Final = 8  # words in capitals, one after the other

_SHORTENERS: Final = frozenset(
    {
        *("adf.ly", "bit.do", "bit.ly", "buff.ly", "cutt.ly", "goo.gl", "is.gd"),
        *("lnkd.in", "ow.ly", "rb.gy", "rebrand.ly", "shorturl.at", "shorte.st", "soo.gd"),
        *("t.co", "t.ly", "tiny.cc", "tinyurl.com", "trib.al", "v.gd"),
    }
)
_SENTENCE: Final = re.compile(r"[.!?。\n]+")
_SHOUT: Final = re.compile(rf"(?:\b[A-ZÄÖÜ]{{3,}}+\b[ \t,'’-]*+){{{SHOUTED},}}+")
_SELLS: Final = Phrases(
    [
        ("buy |order ", r"(?:now|today)(?!['’\"”]? button)"),
        ("click here to |click below to ", r"(?:buy|order|win|claim|get)"),
        ("limited time |limited-time ", r"(?:offer|deal)"),
        ("lowest price|best price", r"s? (?:guaranteed|online)"),
        ("100% ", r"(?:free|guaranteed|satisfaction)"),
        ("risk free |risk-free ", r"(?:trial|offer)"),
        ("make money ", r"(?:fast|online|from home)"),
        ("earn $|earn €|earn £|earn up to ", r"[$€£]? ?\d[\d,.]{0,9} (?:a|per|every) (?:day|week|hour)"),
        ("double your ", r"(?:bitcoins?|money|crypto)"),
        ("casino ", r"bonus(?:es)?"),
        ("cheap ", r"(?:viagra|cialis|pills|meds)"),
        ("weight loss |weight-loss ", r"(?:pills?|secrets?)"),
        ("guest post|guest posting", r" services?"),
        ("seo ", r"(?:services?|agency|experts?) (?:in|for|at)"),
        ("whatsapp |telegram ", r"(?:me|us) (?:at|on)"),
        ("dm me |dm us ", r"(?:for|to)"),
        ("use promo |use coupon |use discount ", r"code"),
        ("subscribe to my |subscribe to our ", r"channel"),
        (
            (
                "special promotion|money back guarantee|money-back guarantee|free trial today|work from home and earn|"
                "get rich quick|crypto giveaway|online casino|sports betting tips|payday loans online|viagra|cialis|"
                "replica watches|buy backlinks"
            ),
            "s?",
        ),
    ]
)


def spam_in(text: str) -> Iterator[Finding]:
    """Signals in one piece of a text. One alone proves nothing; a reviewer sees all of them."""
    text = text[:READ]
    selling = list(islice(_SELLS.spans(text), SHOWN))
    for start, end in selling:
        yield _finding(
            _("This reads like an advertisement."), excerpt(text, start, end),
            _("Say what people do and what it costs them, and leave the selling out."),
            weight=Weight.WARN if len(selling) > 1 else Weight.NOTE,
        )  # fmt: skip
    for place in islice(_SHOUT.finditer(text), SHOWN):
        yield _finding(
            _("Many words in a row are in capitals."), excerpt(text, place.start(), place.end()),
            _("Write them as usual; emphasis is *one word*."), weight=Weight.NOTE,
        )  # fmt: skip
    for link in dict.fromkeys(link for link in links_of(text) if _is_short(link)):
        yield _finding(
            _("A shortened link hides where it leads."), link[:120], _("Use the address it leads to."),
        )  # fmt: skip


def spam_in_all(text: str) -> Iterator[Finding]:
    """Signals that only the whole of a text shows: how dense its links are, and what it repeats."""
    text = text[:READ]
    links = [link for link in links_of(text) if link.lower().startswith("http")]
    words = len(re.sub(r"https?://\S{1,2000}", " ", text).split())
    if len(links) >= MANY_LINKS and words < WORDS_A_LINK * len(links):
        yield _finding(
            _("It has %(links)s links in %(words)s words.") % {"links": len(links), "words": words}, "",
            _("Keep the links a reader needs to check or go on, and say what each shows."),
        )  # fmt: skip
    counted = Counter(" ".join(one.split()).casefold() for one in _SENTENCE.split(text) if not one.endswith(":"))
    often = (pair for pair in counted.most_common(50) if pair[1] >= TIMES)
    for sentence, times in islice(((one, n) for one, n in often if _says_something(one)), SHOWN):
        yield _finding(
                _("The same sentence stands there %(times)s times.") % {"times": times}, excerpt(sentence, 0, 100),
                _("Say it once, where it matters most."),
            )  # fmt: skip


def _says_something(sentence: str) -> bool:
    return sum(word.isalpha() for word in sentence.split()) >= LEAST_WORDS


def _is_short(link: str) -> bool:
    try:
        host = urlsplit(link).hostname or ""
    except ValueError:
        return False
    return host.removeprefix("www.") in _SHORTENERS


def _finding(message: str, quoted: str, advice: str, *, weight: Weight = Weight.WARN) -> Finding:
    why = _("The library is read by people who look for help; what sells or repeats drives them away.")
    return Finding(weight, message, excerpt=quoted, why=why, advice=advice, rule="spam")
