"""The records of this room. Nothing here decides; verbs live in the modules beside this package."""

from feedback.models.dataset import Candidate, Release, TrainingRun
from feedback.models.judging import AnswerVerdict, LowAnswer
from feedback.models.ratings import Rating

__all__ = ["AnswerVerdict", "Candidate", "LowAnswer", "Rating", "Release", "TrainingRun"]
