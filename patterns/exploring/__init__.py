"""What can be asked of a graph of relations, wherever it is stored: ways, prerequisites, circles, what is shared.

Patterns are whole numbers here. Every function does bounded work, and says when a bound was met.
"""
