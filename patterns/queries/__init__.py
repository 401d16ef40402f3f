"""What pages read: queries and pure readings of front matter. Nothing here changes anything."""

from patterns.queries.library import published

__all__ = ["published"]
