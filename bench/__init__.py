"""Benchmarks: ratios measured within one run, so that any machine may run them: `python -m bench`."""
