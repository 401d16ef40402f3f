"""Answers that may be wrong: scored from what is stored, put before a person only where that is allowed, and judged."""
