"""Tests mirror the source; each folder runs by itself."""
