"""MATERIAL: which study, whose team, which images, in what form."""
