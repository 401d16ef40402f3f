"""Texts as such, whoever wrote them: their sections, two edits of one brought together, what must not be published."""
