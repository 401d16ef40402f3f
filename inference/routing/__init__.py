"""Decides how a question will be answered, and says why in words the asker reads."""

from inference.routing.choosing import route

__all__ = ["route"]
