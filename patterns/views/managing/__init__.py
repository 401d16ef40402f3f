"""The curators' pages of one pattern or lighthouse: what it rests on, and acts that say first what they will do."""
