"""The Celery application. A task is a doorway: a key in, the row re-read, one function called, safe to run twice."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("dens")
app.set_default()  # also in the threads of the web server, or a request would wake nobody
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
