"""Measures retrieval and answers against judged questions, through the product's own code path."""
