"""Writes answers out of the library's own sentences: what is quoted, in which order, in which shape. Pure.

Everything written is a quotation with its mark, a name, or one of the few lines in `inference.quoting.fixed`.
"""

from inference.quoting.shapes import written

__all__ = ["written"]
