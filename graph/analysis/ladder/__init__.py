"""The EU Cloud Sovereignty Framework: its arithmetic, and what the graph can cap."""
