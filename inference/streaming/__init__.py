"""From a worker's words to an open page: the wire, its readers, and the line before it."""
