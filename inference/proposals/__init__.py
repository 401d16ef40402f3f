"""What the library knows that somebody who writes a pattern should: what is near it, and how it may be joined."""
