"""The least that shows the same pixels: one page and one script, beside Dens's own doors on the same server."""
