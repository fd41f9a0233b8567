"""The engine: lines of CSV to facts, triples, answers and views."""
