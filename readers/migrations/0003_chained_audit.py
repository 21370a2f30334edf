"""Every audit event becomes a link of one chain of hashes, at the commit of its transaction.

At the commit, because a lock taken in the middle of long transactions would make deadlocks (one has locked a row, then
records an event; another the reverse) and would hold everybody up while one of them loads a cohort.
"""

import json

import django.db.models.deletion
import rfc8785
from django.db import migrations, models
from django.db.models.functions import Now

APPEND_ONLY = """
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON readers_auditlink FOR EACH ROW EXECUTE FUNCTION dens_refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON readers_auditlink FOR EACH STATEMENT EXECUTE FUNCTION dens_refuse_change();
"""
STAMP = """
CREATE FUNCTION dens_stamp_event() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER stamped BEFORE INSERT ON readers_auditevent FOR EACH ROW EXECUTE FUNCTION dens_stamp_event();
"""
UNSTAMP = "DROP TRIGGER stamped ON readers_auditevent; DROP FUNCTION dens_stamp_event();"

# A length before each field, for "ab" + "c" must not look like "a" + "bc"; -1 where there is no value at all.
FIELD = """
CREATE FUNCTION dens_audit_field(value text) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN value IS NULL THEN int4send(-1)
        ELSE int4send(octet_length(convert_to(value, 'UTF8'))) || convert_to(value, 'UTF8') END
$$;
"""
LINK = """
CREATE FUNCTION dens_audit_link(event public.readers_auditevent) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    last record;
    next bigint;
    link text;
BEGIN
    PERFORM pg_advisory_xact_lock(1145393747, 1);  -- "DENS": one link after the other, whoever is at work
    SELECT seq, hash INTO last FROM public.readers_auditlink ORDER BY seq DESC LIMIT 1;
    next := coalesce(last.seq, 0) + 1;
    link := encode(sha256(
        public.dens_audit_field(next::text)
        || public.dens_audit_field(to_char(event.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
        || public.dens_audit_field(event.actor_id::text)
        || public.dens_audit_field(event.action)
        || public.dens_audit_field(event.study_code)
        || public.dens_audit_field(event.object_type)
        || public.dens_audit_field(event.object_key)
        || public.dens_audit_field(event.canonical)
        || public.dens_audit_field(event.reason)
        || public.dens_audit_field(coalesce(last.hash, ''))
    ), 'hex');
    INSERT INTO public.readers_auditlink (seq, event_id, prev, hash) VALUES (next, event.id, coalesce(last.hash, ''), link);
END $$;
REVOKE EXECUTE ON FUNCTION dens_audit_link(public.readers_auditevent) FROM PUBLIC;
CREATE FUNCTION dens_link_event() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM public.dens_audit_link(NEW);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER linked AFTER INSERT ON readers_auditevent
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dens_link_event();
"""
UNLINK = """
DROP TRIGGER linked ON readers_auditevent;
DROP FUNCTION dens_link_event();
DROP FUNCTION dens_audit_link(public.readers_auditevent);
"""
OLD_ONES = "SELECT dens_audit_link(one) FROM (SELECT e FROM readers_auditevent AS e ORDER BY id) AS ordered(one);"


def write_canonically(apps, schema_editor):
    """Events of before get their canonical text. This once, the owner of the table may change them."""
    events = apps.get_model("readers", "AuditEvent")
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("ALTER TABLE readers_auditevent DISABLE TRIGGER never_changed")
        for key, before, after in events.objects.values_list("pk", "before", "after").iterator(chunk_size=1000):
            text = rfc8785.dumps(json.loads(json.dumps({"before": before, "after": after}))).decode()
            cursor.execute("UPDATE readers_auditevent SET canonical = %s WHERE id = %s", [text, key])
        cursor.execute("ALTER TABLE readers_auditevent ENABLE TRIGGER never_changed")


class Migration(migrations.Migration):
    dependencies = [("readers", "0002_append_only")]
    operations = [
        migrations.AlterField("auditevent", "at", models.DateTimeField(db_default=Now())),
        migrations.AddField("auditevent", "canonical", models.TextField(default=""), preserve_default=False),
        migrations.CreateModel(
            name="AuditLink",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("prev", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(max_length=64)),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="link", to="readers.auditevent"
                    ),
                ),
            ],
            options={"ordering": ["seq"]},
        ),
        migrations.CreateModel(
            name="AuditCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("seq", models.BigIntegerField()),
                ("hash", models.CharField(blank=True, max_length=64)),
                ("code", models.PositiveSmallIntegerField()),
                ("sentence", models.TextField()),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.RunSQL(APPEND_ONLY, migrations.RunSQL.noop),
        migrations.RunSQL(STAMP, UNSTAMP),
        migrations.RunSQL(FIELD, "DROP FUNCTION dens_audit_field(text);"),
        migrations.RunSQL(LINK, UNLINK),
        migrations.RunPython(write_canonically, migrations.RunPython.noop),
        migrations.RunSQL(OLD_ONES, migrations.RunSQL.noop),
    ]
