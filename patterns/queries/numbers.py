"""Numbers that people and programs write into addresses. Pure."""

_LONGEST = 9  # digits; what a database column holds, and more than any of these numbers grows to


def number_in(text: str) -> int | None:
    """Return the whole number above nought that `text` is, or nothing for anything else."""
    plain = text.strip()
    return (int(plain) or None) if plain.isascii() and plain.isdecimal() and len(plain) <= _LONGEST else None
