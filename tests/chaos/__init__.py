"""Readings under everything that goes wrong: nothing lost, nothing doubled, nothing overwritten, no early promise."""
