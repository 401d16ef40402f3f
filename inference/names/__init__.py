"""Finds what a question names: titles, aliases and slugs, with the slips people make."""
