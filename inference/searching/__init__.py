"""The search page: what was asked, the worker's ranking within a deadline, and what is shown of it."""
