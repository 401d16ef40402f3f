"""Datasets as pure values: examples in, bytes out; the same examples in any order give the same bytes anywhere."""

from feedback.dataset.building import Dataset, build
from feedback.dataset.example import Example, Passage, Source

__all__ = ["Dataset", "Example", "Passage", "Source", "build"]
