"""The stages of an answer, each filling in the same notebook; `inference.answering` alone knows their order."""
