"""The models that write: registered, tried, loaded, warmed and chosen."""
