"""Records of asking: passages and their index, questions, answers, citations, models and their use."""

from inference.models.answers import Answer, Citation, Question
from inference.models.index import IndexedRevision, IndexGeneration, Passage
from inference.models.registry import LanguageModel, UsageRecord

__all__ = [
    "Answer",
    "Citation",
    "IndexGeneration",
    "IndexedRevision",
    "LanguageModel",
    "Passage",
    "Question",
    "UsageRecord",
]
