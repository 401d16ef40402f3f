"""What the pages show of an answer: its sentences, its sources, how it was made, and what to ask next."""
