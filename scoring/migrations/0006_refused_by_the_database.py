"""What the database refuses: changes of a frozen charter, a second first reading of a case, writing in a locked study."""

from django.db import migrations

FROZEN = """
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION dens_refuse_change();
"""
LOCK_CHARTERS = """
CREATE FUNCTION dens_lock_frozen_charters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.frozen_at IS NOT NULL THEN
        RAISE EXCEPTION 'A charter in force is never changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER locked_when_frozen BEFORE UPDATE OR DELETE ON scoring_charter
    FOR EACH ROW EXECUTE FUNCTION dens_lock_frozen_charters();
"""
# Counted at the commit: a repeat's row says what it is only after the reading is there.
READ_ONCE = """
CREATE FUNCTION dens_read_once() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, unblinding AS $$
BEGIN
    IF (SELECT is_practice FROM studies_study JOIN studies_case ON study_id = studies_study.id
            WHERE studies_case.id = NEW.case_id) THEN
        RETURN NULL;
    END IF;
    IF (SELECT count(*) FROM scoring_reading AS r WHERE r.case_id = NEW.case_id AND r.reader_id = NEW.reader_id
            AND r.state <> 'withdrawn' AND NOT EXISTS (SELECT 1 FROM scoring_repeat WHERE reading_id = r.id)) > 1 THEN
        RAISE EXCEPTION 'A reader reads a case once' USING ERRCODE = 'unique_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER a_reader_reads_a_case_once AFTER INSERT OR UPDATE OF reader_id, case_id, state ON scoring_reading
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dens_read_once();
"""
WITHDRAWN = """
CREATE FUNCTION dens_withdraw_only_unread() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'withdrawn' OR (NEW.state = 'withdrawn' AND OLD.state <> 'assigned') THEN
        RAISE EXCEPTION 'Only a reading that nobody has begun is withdrawn, and for good'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER withdrawn_before_begun BEFORE UPDATE OF state ON scoring_reading
    FOR EACH ROW EXECUTE FUNCTION dens_withdraw_only_unread();
"""
STUDY_OF = {
    "scoring_reading": "SELECT study_id FROM studies_case WHERE id = row_of.case_id",
    "scoring_consensus": "SELECT study_id FROM studies_case WHERE id = row_of.case_id",
    "scoring_finalscore": "SELECT c.study_id FROM scoring_consensus s JOIN studies_case c ON c.id = s.case_id WHERE s.id = row_of.consensus_id",
    "scoring_adjudication": "SELECT c.study_id FROM scoring_consensus s JOIN studies_case c ON c.id = s.case_id WHERE s.id = row_of.consensus_id",
    "scoring_dispute": "SELECT c.study_id FROM scoring_adjudication a JOIN scoring_consensus s ON s.id = a.consensus_id JOIN studies_case c ON c.id = s.case_id WHERE a.id = row_of.adjudication_id",
    "scoring_allocation": "SELECT row_of.study_id",
    "scoring_charter": "SELECT row_of.study_id",
}
OF_A_READING = ("score", "pin", "operation", "signedversion", "reopening", "problem", "sitting")
for _name in OF_A_READING:
    STUDY_OF[f"scoring_{_name}"] = (
        "SELECT c.study_id FROM scoring_reading r JOIN studies_case c ON c.id = r.case_id WHERE r.id = row_of.reading_id"
    )
LOCK = """
CREATE FUNCTION dens_locked_{table}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, unblinding AS $$
DECLARE row_of record := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    IF EXISTS (SELECT 1 FROM studies_study WHERE locked_at IS NOT NULL AND id = ({study_of})) THEN
        RAISE EXCEPTION 'This study is locked' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN row_of;
END $$;
CREATE TRIGGER a_locked_study BEFORE INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION dens_locked_{table}();
"""
UNLOCK = "DROP TRIGGER a_locked_study ON {table}; DROP FUNCTION dens_locked_{table}();"


def frozen(table):
    return migrations.RunSQL(FROZEN.format(table=table), f"DROP TRIGGER never_changed ON {table};")


class Migration(migrations.Migration):
    dependencies = [("scoring", "0005_charter_rules")]
    operations = [
        *[frozen(f"scoring_{name}") for name in ("sealedseed", "repeat", "qualification", "unblinding")],
        migrations.RunSQL(
            LOCK_CHARTERS, "DROP TRIGGER locked_when_frozen ON scoring_charter; DROP FUNCTION dens_lock_frozen_charters();"
        ),
        migrations.RunSQL(
            READ_ONCE, "DROP TRIGGER a_reader_reads_a_case_once ON scoring_reading; DROP FUNCTION dens_read_once();"
        ),
        migrations.RunSQL(
            WITHDRAWN, "DROP TRIGGER withdrawn_before_begun ON scoring_reading; DROP FUNCTION dens_withdraw_only_unread();"
        ),
        *[
            migrations.RunSQL(LOCK.format(table=table, study_of=query), UNLOCK.format(table=table))
            for table, query in STUDY_OF.items()
        ],
    ]
