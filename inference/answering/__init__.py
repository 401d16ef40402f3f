"""The course of one answer in a worker: claimed, written, ended once, and noticed when its worker dies."""
