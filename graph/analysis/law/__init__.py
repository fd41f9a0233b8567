"""Under which law an actor or a thing stands, and where it is."""
