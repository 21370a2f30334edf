"""The product's settings with keys for tests. `./dens test` gives the database and the broker: always real ones."""

import os
import tempfile

for _name, _value in {
    "DATABASE_URL": "postgres:///dens",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "DENS_SECRET_KEY": "only for tests, never for a deployment",
    "DENS_AUDIT_KEY": "only for tests, never for a deployment",
    "DENS_UID_KEY": "only for tests, never for a deployment",
    "DENS_INSECURE_COOKIES": "1",
    "DENS_ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
}.items():
    os.environ.setdefault(_name, _value)
_data = tempfile.TemporaryDirectory(prefix="dens-test-")  # gone when the tests are; each test has a folder of its own
os.environ["DENS_DATA"] = _data.name

from dataclasses import replace  # noqa: E402

from config.settings import *  # noqa: E402, F403
from studies.limits import DEFAULTS  # noqa: E402

LIMITS = replace(DEFAULTS, free_space_percent=0)  # the disk of whoever runs the tests may be as full as it likes

DATABASES["default"]["OPTIONS"]["options"] += " -c lock_timeout=60s"  # noqa: F405  who waits longer waits for ever

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; the product keeps Django's default
