"""Tells people what concerns them, on the site and by mail, in as many words as they want."""

from patterns.people.notices.telling import notify, read, read_all

__all__ = ["notify", "read", "read_all"]
