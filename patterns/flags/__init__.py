"""Readers say that something is wrong; several flags of one thing are one matter, and a person decides on it once."""

from patterns.flags.deciding import decide, open_case
from patterns.flags.flagging import FlagError, flag, forget_words
from patterns.flags.targets import Target, Thing, find, register

__all__ = ["FlagError", "Target", "Thing", "decide", "find", "flag", "forget_words", "open_case", "register"]
