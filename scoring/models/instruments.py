"""Instruments and their items, frozen as they were published."""

from django.db import models


class Instrument(models.Model):
    """A scoring system in one published version. The database refuses every change: a correction is a new version."""

    key = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=20)
    definition = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["key", "version"]
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="one_instrument_per_version")]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"{self.key}@{self.version}"


class ItemKind(models.TextChoices):
    GRADE = "grade"
    FLAG = "flag"


class Item(models.Model):
    """One question at one site: BME at vertebral body C4. Frozen with its instrument."""

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="items")
    code = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    region = models.CharField(max_length=10)
    site = models.CharField(max_length=20)
    label = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=ItemKind.choices)
    n_grades = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "code"], name="one_item_per_code"),
            models.UniqueConstraint(fields=["instrument", "position"], name="one_item_per_position"),
        ]

    def __str__(self) -> str:
        return self.label
