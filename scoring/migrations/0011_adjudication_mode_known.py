"""An adjudication is settled in one of the ways there are."""

from django.conf import settings
from django.db import migrations, models

MODES = ["pick_item", "pick_reading", "own_first", "median", "closest_two", "joint"]


class Migration(migrations.Migration):
    dependencies = [
        ("readers", "0003_chained_audit"),
        ("scoring", "0010_locked_whole"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="adjudication",
            constraint=models.CheckConstraint(condition=models.Q(mode__in=MODES), name="adjudication_mode_known"),
        ),
    ]
