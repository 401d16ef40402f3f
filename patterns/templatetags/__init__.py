"""Filters for the library's templates."""
