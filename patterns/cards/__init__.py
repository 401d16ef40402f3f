"""Cards: what one says of a pattern, how much of it fits on A6, and the code that tells later whether it is stale."""
