"""Third stage: views of the facts to rows."""
