"""What could be done: replace suppliers, or complete an alliance."""
