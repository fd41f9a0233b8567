"""The graph of dependencies: views of it, chains in it, and measures on it."""
