"""The stages of an answer, each filling in the same notebook; `inference.answering.running` alone knows their order."""
