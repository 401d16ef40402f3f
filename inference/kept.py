"""`Kept` under the name this room knows it by; it lives below, because the checks of a proposal keep names too."""

from patterns.kept import AGE, Kept

__all__ = ["AGE", "Kept"]
