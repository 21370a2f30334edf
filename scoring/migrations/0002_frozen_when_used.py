"""What has been used is frozen: instruments always, allocations always, scores and decisions once they are signed."""

from django.db import migrations

FROZEN = """
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION dens_refuse_change();
"""
LOCK_SCORES = """
CREATE FUNCTION dens_lock_signed_scores() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE row_of record := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    IF TG_OP = 'DELETE' OR EXISTS (SELECT 1 FROM scoring_reading WHERE id = row_of.reading_id AND state = 'signed') THEN
        RAISE EXCEPTION 'This reading is signed and locked' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN row_of;
END $$;
CREATE TRIGGER locked_when_signed BEFORE INSERT OR UPDATE OR DELETE ON scoring_score
    FOR EACH ROW EXECUTE FUNCTION dens_lock_signed_scores();
"""
LOCK_DECISIONS = """
CREATE FUNCTION dens_lock_signed_decisions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE row_of record := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    IF TG_OP = 'DELETE' OR EXISTS (SELECT 1 FROM scoring_adjudication WHERE id = row_of.adjudication_id AND state = 'signed') THEN
        RAISE EXCEPTION 'This adjudication is signed and locked' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN row_of;
END $$;
CREATE TRIGGER locked_when_signed BEFORE INSERT OR UPDATE OR DELETE ON scoring_dispute
    FOR EACH ROW EXECUTE FUNCTION dens_lock_signed_decisions();
"""
LOCK_SIGNED = """
CREATE FUNCTION dens_lock_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state = 'signed' THEN
        RAISE EXCEPTION 'This is signed and locked' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER locked_when_signed BEFORE UPDATE OR DELETE ON scoring_reading
    FOR EACH ROW EXECUTE FUNCTION dens_lock_signed();
CREATE TRIGGER locked_when_signed BEFORE UPDATE OR DELETE ON scoring_adjudication
    FOR EACH ROW EXECUTE FUNCTION dens_lock_signed();
"""


def frozen(table):
    return migrations.RunSQL(FROZEN.format(table=table), f"DROP TRIGGER never_changed ON {table};")


class Migration(migrations.Migration):
    dependencies = [("scoring", "0001_judgement"), ("readers", "0002_append_only")]
    operations = [
        frozen("scoring_instrument"),
        frozen("scoring_item"),
        frozen("scoring_allocation"),
        frozen("scoring_finalscore"),
        migrations.RunSQL(
            LOCK_SCORES, "DROP TRIGGER locked_when_signed ON scoring_score; DROP FUNCTION dens_lock_signed_scores();"
        ),
        migrations.RunSQL(
            LOCK_DECISIONS,
            "DROP TRIGGER locked_when_signed ON scoring_dispute; DROP FUNCTION dens_lock_signed_decisions();",
        ),
        migrations.RunSQL(
            LOCK_SIGNED,
            "DROP TRIGGER locked_when_signed ON scoring_reading; DROP TRIGGER locked_when_signed ON scoring_adjudication;"
            " DROP FUNCTION dens_lock_signed();",
        ),
    ]
