"""Opaque public codes. A counting number would betray the order of enrolment, so none ever leaves Dens."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without the look-alikes 0 O, 1 I L, and U
LENGTH = 12


def new_code() -> str:
    """A random code of 58 bits a person can read out, such as K7QM2X9RVN4T."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_password() -> str:
    """Sixteen characters that can be read out, in groups of four."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4)).lower()
