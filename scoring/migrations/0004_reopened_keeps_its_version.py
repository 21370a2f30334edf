"""Operations and signed versions are never changed; pins are locked like scores; a signed reading opens in one way only."""

from django.db import migrations

FROZEN = """
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION dens_refuse_change();
"""
LOCK_PINS = """
CREATE TRIGGER locked_when_signed BEFORE INSERT OR UPDATE OR DELETE ON scoring_pin
    FOR EACH ROW EXECUTE FUNCTION dens_lock_signed_scores();
"""
# A reading leaves "signed" only where its signature stands under a kept version, and before the pair was compared.
LOCK_READINGS = """
CREATE FUNCTION dens_lock_signed_readings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state <> 'signed' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.state = 'started' AND NEW.signature_id IS NULL
        AND EXISTS (SELECT 1 FROM scoring_signedversion WHERE signature_id = OLD.signature_id)
        AND NOT EXISTS (SELECT 1 FROM scoring_consensus WHERE case_id = OLD.case_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'This is signed and locked' USING ERRCODE = 'integrity_constraint_violation';
END $$;
DROP TRIGGER locked_when_signed ON scoring_reading;
CREATE TRIGGER locked_when_signed BEFORE UPDATE OR DELETE ON scoring_reading
    FOR EACH ROW EXECUTE FUNCTION dens_lock_signed_readings();
"""
LOCK_READINGS_BEFORE = """
DROP TRIGGER locked_when_signed ON scoring_reading;
CREATE TRIGGER locked_when_signed BEFORE UPDATE OR DELETE ON scoring_reading
    FOR EACH ROW EXECUTE FUNCTION dens_lock_signed();
DROP FUNCTION dens_lock_signed_readings();
"""


def frozen(table):
    return migrations.RunSQL(FROZEN.format(table=table), f"DROP TRIGGER never_changed ON {table};")


class Migration(migrations.Migration):
    dependencies = [("scoring", "0003_reading_room")]
    operations = [
        frozen("scoring_operation"),
        frozen("scoring_signedversion"),
        migrations.RunSQL(LOCK_PINS, "DROP TRIGGER locked_when_signed ON scoring_pin;"),
        migrations.RunSQL(LOCK_READINGS, LOCK_READINGS_BEFORE),
    ]
