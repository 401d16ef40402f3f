"""Faults at full counts (`make campaign`); tests/e2e/test_faults.py runs the same code with a few answers each."""
