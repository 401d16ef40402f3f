"""What a question tells of its asker (role, scale, stage, sector, kind of organisation), in the library's own terms."""

from inference.cues.reading import NOT_ASKED, Cue, Offered, chosen, read, told

__all__ = ["NOT_ASKED", "Cue", "Offered", "chosen", "read", "told"]
