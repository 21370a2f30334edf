"""Settings come from the environment; what would weaken a deployment stops it."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment


@pytest.mark.parametrize("value", ["", "too short to be a key"])
def test_dens_does_not_start_with_a_key_that_could_be_guessed(monkeypatch, value):
    monkeypatch.setenv("DENS_UID_KEY", value)
    with pytest.raises(ImproperlyConfigured, match="DENS_UID_KEY"):
        environment.key("DENS_UID_KEY")


def test_a_long_key_is_taken_as_it_is(monkeypatch):
    monkeypatch.setenv("DENS_UID_KEY", "k" * 32)
    assert environment.key("DENS_UID_KEY") == "k" * 32
