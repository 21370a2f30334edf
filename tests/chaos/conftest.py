"""Dens as it runs for people, as for tests/browser; and how many readings there are."""

import os

import pytest

from tests.browser.conftest import data_folder, processes, stack  # noqa: F401


@pytest.fixture
def n_readings():
    return int(os.environ.get("DENS_CHAOS") or 8)
