"""Lighthouses: what their files say of them, of the patterns they use, and how they are filtered. All pure."""
