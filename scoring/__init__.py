"""JUDGEMENT: who read what, what they said, and what counts in the end."""
