"""The Commons OS file format, read and written without a database: `parse`, `edit`, `author`, `serialise`."""

from patterns.format.document import Document, Generation, NestedFront, Problem, Reference, Severity
from patterns.format.facets import Facets, facets
from patterns.format.reading import line_of_item, parse
from patterns.format.writing import UnwritableError, author, edit, serialise

__all__ = [
    "Document",
    "Facets",
    "Generation",
    "NestedFront",
    "Problem",
    "Reference",
    "Severity",
    "UnwritableError",
    "author",
    "edit",
    "facets",
    "line_of_item",
    "parse",
    "serialise",
]
