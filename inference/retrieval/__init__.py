"""Finds the passages that answer a question: by words, by meaning and along relations, fused into one list."""

from inference.retrieval.hybrid import search

__all__ = ["search"]
