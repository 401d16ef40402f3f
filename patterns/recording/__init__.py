"""What files say, written as rows: the facets of a pattern, its relations, and many rows at once."""
