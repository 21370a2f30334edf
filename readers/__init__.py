"""PEOPLE: who they are, that it is really them, and what they did."""
