"""What `./dens` does: sets up the checkout, starts the servers and Dens itself, and stops them again.

Standard library only, for it runs before anything is installed. Everything it makes lives in `.dens/`.
"""

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent


class Refused(Exception):
    """Something a person has to settle first; the message is the sentence they read."""
