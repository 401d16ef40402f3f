"""Takes personal data out of what will be published: e-mail addresses, phone numbers, bank accounts, network addresses.

Pure and cautious: a name in prose is a reviewer's matter, a year or a sum of money is left alone.
"""

import re
from collections import Counter

EMAIL = re.compile(r"[\w.+%-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}", re.IGNORECASE)
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
NETWORK = re.compile(r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])")
# Digits are taken whole (`+` after a count): a long run of them would be cut in every possible way otherwise.
# With a country code; with an area code that begins with 0; or as (415) 555-0132 and 415-555-0132.
PHONE = re.compile(
    r"(?<![\w.])(?:"
    r"(?:\+|(?<!\d[ .])00)[1-9]\d{0,2}+(?:[ ./-]?\(?\d{1,5}+\)?){2,6}"
    r"|(?<!\d[ .])\(?0[1-9]\d{0,4}\)?[ ./-]\d{2,8}(?:[ ./-]\d{2,6}){0,3}"
    r"|(?:\(\d{3}\) ?|\d{3}[.-])\d{3}[.-]\d{4}"
    r")(?!\w)"
)
KINDS = (("email", EMAIL), ("bank account", IBAN), ("network address", NETWORK), ("phone", PHONE))
FEWEST_DIGITS = 8  # of a phone number


def scrub(text: str) -> tuple[str, Counter[str]]:
    """`text` with each finding replaced by `[email removed]` and the like, and how many of each kind there were."""
    counts: Counter[str] = Counter()
    for kind, shape in KINDS:

        def replaced(found: re.Match[str], kind: str = kind) -> str:
            if kind == "phone" and sum(sign.isdigit() for sign in found[0]) < FEWEST_DIGITS:
                return found[0]
            counts[kind] += 1
            return f"[{kind} removed]"

        text = shape.sub(replaced, text)
    return text, counts
