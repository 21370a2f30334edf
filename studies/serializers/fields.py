"""What several doors check alike."""

from django.core.validators import RegexValidator

PSEUDONYM = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9 ._/-]*$", "Use letters, digits, spaces, dots, dashes. Never a name or a hospital number."
)
