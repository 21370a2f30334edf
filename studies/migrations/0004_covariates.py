"""Clinical covariates of participants, entered as a table; what was entered is never changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FROZEN = """
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION dens_refuse_change();
"""


def frozen(table):
    return migrations.RunSQL(FROZEN.format(table=table), f"DROP TRIGGER never_changed ON {table};")


class Migration(migrations.Migration):

    dependencies = [
        ('studies', '0003_one_side_of_blinding'),
        ('readers', '0002_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CovariateTable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('entered_at', models.DateTimeField(auto_now_add=True)),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('study', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covariate_tables', to='studies.study')),
            ],
            options={
                'ordering': ['version'],
            },
        ),
        migrations.CreateModel(
            name='Covariate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=80)),
                ('label', models.CharField(max_length=40)),
                ('unit', models.CharField(blank=True, max_length=20)),
                ('kind', models.CharField(choices=[('number', 'Number'), ('category', 'Category')], max_length=10)),
                ('table', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covariates', to='studies.covariatetable')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='CovariateValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.FloatField(null=True)),
                ('category', models.CharField(blank=True, max_length=40)),
                ('covariate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='values', to='studies.covariate')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covariates', to='studies.subject')),
            ],
        ),
        migrations.AddConstraint(
            model_name='covariatetable',
            constraint=models.UniqueConstraint(fields=('study', 'version'), name='one_covariate_table_per_version'),
        ),
        migrations.AddConstraint(
            model_name='covariate',
            constraint=models.UniqueConstraint(fields=('table', 'name'), name='one_covariate_per_name'),
        ),
        migrations.AddConstraint(
            model_name='covariate',
            constraint=models.UniqueConstraint(fields=('table', 'position'), name='one_covariate_per_position'),
        ),
        migrations.AddConstraint(
            model_name='covariate',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['number', 'category'])), name='covariate_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='covariatevalue',
            constraint=models.UniqueConstraint(fields=('covariate', 'subject'), name='one_value_per_participant'),
        ),
        migrations.AddConstraint(
            model_name='covariatevalue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('category', ''), ('number__isnull', False)), models.Q(('number', None), models.Q(('category', ''), _negated=True)), _connector='OR'), name='a_number_or_a_category'),
        ),
        migrations.AddConstraint(
            model_name='covariatevalue',
            constraint=models.CheckConstraint(condition=models.Q(('number', None), ('number__range', (-1000000, 1000000)), _connector='OR'), name='a_covariate_is_a_number'),
        ),
        *[frozen(f"studies_{name}") for name in ("covariatetable", "covariate", "covariatevalue")],
    ]
