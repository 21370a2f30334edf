"""The product's settings, and one page more."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.bare.urls"
