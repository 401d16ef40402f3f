"""How relations become facts: people suggest them, object to them, and decide on what machines suggested."""
