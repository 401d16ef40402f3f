"""Personal data in a text that is to be public: addresses, numbers and documents that belong to one person. Pure.

Numbers that carry a check digit are only reported when it is right, so that an order number is not taken for a card.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patterns.checks import Finding, Weight
from patterns.checks.excerpts import excerpt
from patterns.texts.scrubbing import EMAIL, FEWEST_DIGITS, IBAN, PHONE

SHOWN: Final = 3  # remarks of one kind in one piece
LOOKED_AT: Final = 200  # places of one kind in one piece
# Local parts that belong to an office and not to a person.
_OFFICE: Final = re.compile(
    r"(?:info|contact|kontakt|hello|hallo|office|press|presse|media|support|team|mail|admin|enquiries|inquiries|"
    r"secretariat|webmaster|noreply|no-reply)\b",
    re.IGNORECASE,
)
_EXAMPLE: Final = re.compile(
    r"@(?:[\w-]{1,63}\.){0,3}(?:example\.(?:org|com|net)|example|test|invalid)\Z", re.IGNORECASE
)
_AT: Final = re.compile(r"@|\(at\)|\[at\]", re.IGNORECASE)
_URL: Final = re.compile(r"https?://[^\s<>)\]\"']{1,2000}", re.IGNORECASE)
_CARD: Final = re.compile(r"[3-6](?<![\d.-].)\d{3}([ -])\d{4}\1\d{4}\1\d{4}(?![\d-]|\.\d)")
_SSN: Final = re.compile(r"\d(?<![\w.-].)(?<!9)\d\d(?<!000)(?<!666)-(?!00)\d{2}-(?!0000)\d{4}(?![\w.-])")
_NINO: Final = re.compile(
    r"[A-CEGHJ-PR-TW-Z](?<!\w.)[A-CEGHJ-NPR-TW-Z](?<!BG|GB|KN|NK|NT|TN|ZZ) ?\d\d ?\d\d ?\d\d ?[A-D]\b"
)
_FISCAL: Final = re.compile(r"[A-Z](?<!\w.)[A-Z]{5}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]\b")
_DNI: Final = re.compile(r"(\d(?<![\w.-].)\d{7})-?([A-HJ-NP-TV-Z])(?![\w-])")
_NIR: Final = re.compile(r"([12](?<!\d.) ?\d\d ?(?:0[1-9]|1[0-2]) ?\d\d ?\d{3} ?\d{3}) ?(\d\d)(?!\d)")
# Two shapes: a number, names and a word for a street; and German names that end in one.
_STREET: Final = re.compile(
    r"\d(?<![\w$€£.,-].)\d{0,4}+[A-Za-z]? (?:[A-Z][\w'’.-]{0,30} ){1,4}(?:Street|St\.|Road|Rd\.|Avenue|Ave\.|"
    r"Lane|Drive|Boulevard|Blvd\.?|Close|Crescent|Terrace|Court)(?! (?:bank|trad|crash|market))\b|"
    r"[A-ZÄÖÜ](?<!\w.)[a-zäöüß-]{2,30}(?:straße|strasse|str\.|gasse|weg|platz|allee) \d{1,4} ?[a-z]?\b(?!\s?[.,]?\d)"
)


def personal_in(text: str) -> Iterator[Finding]:
    """What in `text` belongs to one person."""
    yield from _emails(text)
    for message, found in (
        (_("A telephone number stands here."), _phones(text)),
        (_("The number of a bank account stands here."), _checked(IBAN, text, _is_iban)),
        (_("The number of a payment card stands here."), _checked(_CARD, text, _is_card)),
        (_("A number of an identity document or a tax office stands here."), _documents(text)),
    ):
        for place in found:
            yield _finding(Weight.WARN, message, text, place)
    for place in _some(_STREET.finditer(text)):
        yield _finding(
            Weight.NOTE,
            _("This looks like a street address."),
            text,
            place,
            advice=_("Leave it if it is a public place. Take it out if somebody lives there."),
        )


def _emails(text: str) -> Iterator[Finding]:
    shown = 0
    for at in _some(_AT.finditer(text), most=LOOKED_AT):
        found = EMAIL.search(text, max(0, at.start() - 66), at.end() + 330)
        if not found or not found.start() <= at.start() < found.end() or _EXAMPLE.search(found[0]) or shown == SHOWN:
            continue
        shown += 1
        office = bool(_OFFICE.match(found[0]))
        message = _("An e-mail address of an office stands here.") if office else _("An e-mail address stands here.")
        yield _finding(
            Weight.NOTE if office else Weight.WARN,
            message,
            text,
            found,
            advice=_("Link to a public page that says how to get in touch instead."),
        )


def _phones(text: str) -> Iterator[re.Match[str]]:
    """Telephone numbers; digits inside the address of a page are none."""
    addresses = [match.span() for match in _URL.finditer(text)]
    for match in _some(PHONE.finditer(text), most=LOOKED_AT):
        digits = sum(sign.isdigit() for sign in match[0])
        within = any(start <= match.start() < end for start, end in addresses)
        if FEWEST_DIGITS <= digits <= 15 and not within:
            yield match


def _documents(text: str) -> Iterator[re.Match[str]]:
    for shape in (_SSN, _NINO, _FISCAL):
        yield from shape.finditer(text)
    yield from _checked(_DNI, text, lambda found: "TRWAGMYFPDXBNJZSQVHLCKE"[int(found[1]) % 23] == found[2])
    yield from _checked(_NIR, text, lambda found: 97 - int(found[1].replace(" ", "")) % 97 == int(found[2]))


def _checked(shape: re.Pattern[str], text: str, right: Callable[[re.Match[str]], bool]) -> Iterator[re.Match[str]]:
    return (match for match in _some(shape.finditer(text), most=LOOKED_AT) if right(match))


def _is_iban(found: re.Match[str]) -> bool:
    """ISO 13616: with its first four characters at the end and letters as numbers, it leaves 1 when divided by 97."""
    plain = found[0].replace(" ", "")
    return 15 <= len(plain) <= 34 and int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


def _is_card(found: re.Match[str]) -> bool:
    """Luhn's check digit, ISO/IEC 7812-1."""
    digits = [int(sign) for sign in found[0] if sign.isdigit()]
    doubled = [digit if place % 2 else digit * 2 for place, digit in enumerate(digits)]
    return sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10 == 0


def _some(found: Iterator[re.Match[str]], *, most: int = SHOWN) -> Iterator[re.Match[str]]:
    return islice(found, most)


_ADVICE: Final[str | Promise] = gettext_lazy("Take it out, or say it without naming the person.")


def _finding(weight: Weight, message: str, text: str, place: re.Match[str], *, advice: str = "") -> Finding:
    return Finding(
        weight,
        message,
        excerpt=excerpt(text, place.start(), place.end()),
        why=_("What is published stays in the history and may be copied by everyone."),
        advice=advice or str(_ADVICE),
        rule="personal",
    )
