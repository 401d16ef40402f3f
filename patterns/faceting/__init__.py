"""Facets: every value of every published pattern as bitmaps, and how well patterns suit a situation. All pure."""
