"""Records of asking: passages and their index, questions, answers, citations, what of them is public, models."""

from inference.models.answers import Answer, Citation, Question
from inference.models.index import IndexedRevision, IndexGeneration, Passage
from inference.models.questions import PublicQuestion, PublicSource, UnansweredQuestion, WantedTopic
from inference.models.registry import LanguageModel, UsageRecord

__all__ = [
    "Answer",
    "Citation",
    "IndexGeneration",
    "IndexedRevision",
    "LanguageModel",
    "Passage",
    "PublicQuestion",
    "PublicSource",
    "Question",
    "UnansweredQuestion",
    "UsageRecord",
    "WantedTopic",
]
