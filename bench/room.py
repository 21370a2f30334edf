"""Where benchmarks of the whole happen: a database, a Redis database and a folder of their own, and a real worker."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import django
import psycopg2
import redis
from psycopg2 import sql

from config.environment import database, other_database
from launcher import services

REDIS_DATABASE = 13
NAME = f"dens_bench_{os.getpid()}"
PATIENCE_SECONDS = 600


@contextmanager
def opened(folder: Path) -> Iterator[None]:
    """Django, set up on an empty database and the given folder."""
    url = os.environ["DATABASE_URL"]
    ask(url, "CREATE DATABASE {}")
    os.environ |= {
        "DATABASE_URL": urlsplit(url)._replace(path=f"/{NAME}").geturl(),
        "REDIS_URL": other_database(os.environ["REDIS_URL"], REDIS_DATABASE),
        "DENS_DATA": str(folder / "data"),
    }
    redis.Redis.from_url(os.environ["REDIS_URL"]).flushdb()
    django.setup()
    try:
        migrate()
        yield
    finally:
        django.db.connections.close_all()
        ask(url, "DROP DATABASE {} WITH (FORCE)")


def ask(url: str, statement: str) -> None:
    given = database(url)
    connection = psycopg2.connect(
        dbname=given["NAME"], user=given["USER"], password=given["PASSWORD"], host=given["HOST"], port=given["PORT"]
    )
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(sql.Identifier(NAME)))
    connection.close()


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


@contextmanager
def worker(*, concurrency: int) -> Iterator[None]:
    """A Celery worker as in a deployment, with this many processes."""
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-c", str(concurrency), "--loglevel", "ERROR"]
    running = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        running.terminate()
        running.wait()


@contextmanager
def server(settings: str) -> Iterator[str]:
    """The web server as in a deployment, with these settings; its address."""
    port = free_port()
    place = {"GRANIAN_HOST": "127.0.0.1", "GRANIAN_PORT": str(port), "DJANGO_SETTINGS_MODULE": settings}
    running = subprocess.Popen(
        services.WEB.split(), env=os.environ | place, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        wait_until_healthy(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_healthy(port: int) -> None:
    start = time.perf_counter()
    while not services.is_healthy(port):
        if time.perf_counter() - start > PATIENCE_SECONDS:
            raise SystemExit("The web server did not answer.")
        time.sleep(0.1)


def open_study():
    from readers.models import User
    from scoring import charter

    person, _ = User.objects.get_or_create(
        username="dora", defaults={"full_name": "Dora Duarte", "can_open_studies": True}
    )
    return charter.open_study(title="Bench", instrument="cspine-bme-baraliakos@1.0.0", actor=person)


def received(study, files: list[Path]) -> int:
    """An upload that is all there and of which no worker knows yet."""
    from studies import uploads
    from studies.models import Upload, UploadState

    upload = uploads.begin(study, subject="", actor=study.opened_by)
    uploads.receive(upload, dict(enumerate(files)))
    Upload.objects.filter(pk=upload.pk).update(state=UploadState.RECEIVED)
    return int(upload.pk)


def import_all(pks: list[int]) -> float:
    """Wake the worker for each, and the seconds until all of them are imported."""
    from studies.models import Upload
    from studies.tasks import import_upload

    start = time.perf_counter()
    for pk in pks:
        import_upload.delay(pk)
    while Upload.objects.filter(pk__in=pks, finished_at=None).exists():
        if time.perf_counter() - start > PATIENCE_SECONDS:
            raise SystemExit("The worker did not finish.")
        time.sleep(0.01)
    return time.perf_counter() - start


def check(pks: list[int]) -> None:
    """A benchmark of work that was not done would be a fine one."""
    from studies.models import UploadedFile, Verdict

    verdicts = set(UploadedFile.objects.filter(upload__in=pks).values_list("verdict", flat=True))
    if verdicts != {Verdict.IMPORTED}:
        raise SystemExit(f"Not every image was imported: {sorted(verdicts)}")
