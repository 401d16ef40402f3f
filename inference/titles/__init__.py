"""Suggests entries by their titles while somebody types."""
