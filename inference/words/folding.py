"""Folds a text into words that compare alike however they were typed: case, accents and apostrophes aside. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_PLAIN = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*'?")
_APOSTROPHES = "'’ʼ"
# Letters that Unicode does not take apart, as people without that keyboard write them.
_WRITTEN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
# Scripts written without spaces, in which every sign begins a word: Thai to Tibetan, Burmese, Khmer, kana, Han.
_SPACELESS = ((0x0E00, 0x0FFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x9FFF))
_SPACELESS_FAR = ((0xF900, 0xFAFF), (0x20000, 0x3FFFF))


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word and where it stands in the text it came from, `text[start:end]`."""

    folded: str
    start: int
    end: int


def fold(text: str) -> list[Word]:
    """Return the words of `text`. A text of signs alone (`!?`, an emoji) is one word, so that it can be found."""
    words = _plain_words(text.lower()) if text.isascii() else _words(text)
    if not words and (bare := text.strip()):
        start = text.index(bare)
        words = [Word("".join(bare.casefold().split()), start, start + len(bare))]
    return words


def reach(text: str, word: Word, letters: int) -> int:
    """Return where in `text` the first `letters` folded letters of `word` end."""
    seen, place = 0, word.start
    while place < word.end and seen < letters:
        seen += len(_letters(text[place]))
        place += 1
    while place < word.end and unicodedata.combining(text[place]):
        place += 1
    return place


def _plain_words(lowered: str) -> list[Word]:
    return [Word(match[0].replace("'", ""), match.start(), match.end()) for match in _PLAIN.finditer(lowered)]


def _words(text: str) -> list[Word]:
    words: list[Word] = []
    folded, start = "", 0
    for place, sign in enumerate(text):
        letters = _letters(sign)
        if not letters and (sign in _APOSTROPHES or unicodedata.category(sign) in {"Mn", "Me", "Cf"}):
            continue  # within a word, and nothing of it
        if folded and (not letters or _spaceless(sign)):
            words.append(Word(folded, start, place))
            folded = ""
        if letters:
            start = start if folded else place
            folded += letters
            if _spaceless(sign):
                words.append(Word(folded, start, place + 1))
                folded = ""
    return [*words, Word(folded, start, len(text))] if folded else words


@lru_cache(maxsize=4096)
def _letters(sign: str) -> str:
    """Return the letters and digits `sign` counts as, without accents and vowel points."""
    taken_apart = unicodedata.normalize("NFKD", sign.casefold()).casefold().translate(_WRITTEN)
    return "".join(one for one in taken_apart if unicodedata.category(one)[0] in "LN" or _is_vowel_sign(one))


def _is_vowel_sign(sign: str) -> bool:
    return unicodedata.category(sign) == "Mc"


def _spaceless(sign: str) -> bool:
    code = ord(sign)
    return any(first <= code <= last for first, last in (*_SPACELESS, *_SPACELESS_FAR))
