"""Second stage: records to triples, triples to answers."""
