"""Charters with rules, frozen when a study is opened; sealed seeds, repeats, practice, unblinding, reminders."""

import django.db.models.deletion
import readers.codes
import studies.models.gate
from django.conf import settings
from django.db import migrations, models


# Charters of before said one thing beside the instrument, and were in force from the start.
CARRY_OVER = """
UPDATE scoring_charter SET rules = jsonb_build_object('requires_pins', requires_pins), frozen_at = made_at,
    frozen_by_id = made_by_id, sha256 = encode(sha256(convert_to(id::text || requires_pins::text, 'UTF8')), 'hex');
ALTER TABLE scoring_allocation DISABLE TRIGGER never_changed;
UPDATE scoring_allocation SET seed_sha256 = encode(sha256(convert_to(seed, 'UTF8')), 'hex'), run = counted.place
    FROM (SELECT id, row_number() OVER (PARTITION BY study_id ORDER BY id) AS place FROM scoring_allocation) AS counted
    WHERE counted.id = scoring_allocation.id;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE scoring_allocation ENABLE TRIGGER never_changed;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('readers', '0002_append_only'),
        ('scoring', '0004_reopened_keeps_its_version'),
        ('studies', '0002_practice_lock_and_pool'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Qualification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('practice_set', models.CharField(max_length=20)),
                ('n_cases', models.PositiveSmallIntegerField()),
                ('kappa', models.FloatField()),
                ('target', models.FloatField()),
                ('reached_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Reference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grade', models.PositiveSmallIntegerField(null=True)),
                ('not_assessable', models.CharField(blank=True, max_length=20)),
            ],
            options={
                'ordering': ['item__position'],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Repeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='SealedSeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seed', models.CharField(max_length=64)),
                ('sha256', models.CharField(max_length=64)),
                ('drawn_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='Unblinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', studies.models.gate.Code(default=readers.codes.new_code, editable=False, max_length=12, unique=True)),
                ('who', models.CharField(max_length=200)),
                ('what', models.CharField(max_length=1000)),
                ('why', models.CharField(max_length=1000)),
                ('impact', models.CharField(max_length=1000)),
                ('is_planned', models.BooleanField()),
                ('happened_on', models.DateField()),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='finalscore',
            name='method_known',
        ),
        migrations.RemoveConstraint(
            model_name='reading',
            name='a_reader_reads_a_case_once',
        ),
        migrations.RemoveConstraint(
            model_name='reading',
            name='reading_state_known',
        ),
        migrations.AddField(
            model_name='allocation',
            name='rows',
            field=models.JSONField(default=list),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='allocation',
            name='run',
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='allocation',
            name='seed_sha256',
            field=models.CharField(default='', max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='charter',
            name='frozen_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='charter',
            name='frozen_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='charter',
            name='reason',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='charter',
            name='rules',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='charter',
            name='sha256',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='reading',
            name='part',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name='finalscore',
            name='grade',
            field=models.FloatField(null=True),
        ),
        migrations.AlterField(
            model_name='finalscore',
            name='method',
            field=models.CharField(choices=[('agreed', 'Agreed'), ('averaged', 'Averaged'), ('adjudicated', 'Adjudicated'), ('single', 'Single'), ('unresolved', 'Unresolved')], max_length=12),
        ),
        migrations.AlterField(
            model_name='reading',
            name='allocation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='scoring.allocation'),
        ),
        migrations.AlterField(
            model_name='reading',
            name='state',
            field=models.CharField(choices=[('assigned', 'Assigned'), ('started', 'Started'), ('signed', 'Signed'), ('withdrawn', 'Withdrawn')], default='assigned', max_length=10),
        ),
        migrations.RunSQL(CARRY_OVER, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name='allocation',
            name='seed',
        ),
        migrations.RemoveField(
            model_name='charter',
            name='requires_pins',
        ),
        migrations.AddConstraint(
            model_name='allocation',
            constraint=models.UniqueConstraint(fields=('study', 'run'), name='runs_are_counted'),
        ),
        migrations.AddConstraint(
            model_name='charter',
            constraint=models.UniqueConstraint(condition=models.Q(('frozen_at', None)), fields=('study',), name='one_draft_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='charter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('frozen_at', None), ('frozen_by', None), ('sha256', '')), models.Q(('frozen_at__isnull', False), ('frozen_by__isnull', False), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='frozen_means_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='finalscore',
            constraint=models.CheckConstraint(condition=models.Q(('method__in', ['agreed', 'averaged', 'adjudicated', 'single', 'unresolved'])), name='method_known'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['assigned', 'started', 'signed', 'withdrawn'])), name='reading_state_known'),
        ),
        migrations.AddField(
            model_name='qualification',
            name='charter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scoring.charter'),
        ),
        migrations.AddField(
            model_name='qualification',
            name='reader',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='qualifications', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='qualification',
            name='study',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='qualifications', to='studies.study'),
        ),
        migrations.AddField(
            model_name='reference',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='references', to='studies.case'),
        ),
        migrations.AddField(
            model_name='reference',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scoring.item'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reminder',
            name='membership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='studies.membership'),
        ),
        migrations.AddField(
            model_name='repeat',
            name='original',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='repeated_as', to='scoring.reading'),
        ),
        migrations.AddField(
            model_name='repeat',
            name='reading',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='repeat', to='scoring.reading'),
        ),
        migrations.AddField(
            model_name='sealedseed',
            name='study',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sealed_seed', to='studies.study'),
        ),
        migrations.AddField(
            model_name='unblinding',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='unblinding',
            name='study',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='unblindings', to='studies.study'),
        ),
        migrations.AddConstraint(
            model_name='qualification',
            constraint=models.CheckConstraint(condition=models.Q(('kappa__gte', models.F('target'))), name='a_target_is_reached'),
        ),
        migrations.AddConstraint(
            model_name='reference',
            constraint=models.UniqueConstraint(fields=('case', 'item'), name='one_reference_per_item'),
        ),
        migrations.AddConstraint(
            model_name='reference',
            constraint=models.CheckConstraint(condition=models.Q(('grade', None), ('not_assessable', ''), _connector='OR'), name='reference_has_one_answer'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(condition=models.Q(('sent_at', None)), fields=('membership',), name='one_reminder_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='repeat',
            constraint=models.CheckConstraint(condition=models.Q(('reading', models.F('original')), _negated=True), name='a_repeat_is_another_reading'),
        ),
    ]
