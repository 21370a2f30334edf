"""The record of what people did, and their signatures, can be added to and never changed: the database refuses."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION dens_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Dens never changes or deletes rows of %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
TRIGGERS = """
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION dens_refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION dens_refuse_change();
"""
UNDO = "DROP TRIGGER never_changed ON {table}; DROP TRIGGER never_emptied ON {table};"


def append_only(table):
    return migrations.RunSQL(TRIGGERS.format(table=table), UNDO.format(table=table))


class Migration(migrations.Migration):
    dependencies = [("readers", "0001_people")]
    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION dens_refuse_change();"),
        append_only("readers_auditevent"),
        append_only("readers_signature"),
    ]
