"""The commands, by what they work on; ``graph.cli`` holds them together."""
