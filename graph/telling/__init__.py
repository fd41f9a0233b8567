"""Findings in words and tables, in one language: for the commands and for the pages."""
