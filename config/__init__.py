"""Wiring only: settings, URLs, Celery, and the one translator from exceptions to HTTP."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
