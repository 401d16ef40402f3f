"""What people ask and the library cannot answer, gathered by meaning into topics somebody could write a pattern for."""
