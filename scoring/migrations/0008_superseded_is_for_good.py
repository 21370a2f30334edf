"""What the database holds of second looks and superseded consensus: counted apart, locked with the study, never rewritten."""

from django.db import migrations

READ_ONCE = """
CREATE OR REPLACE FUNCTION dens_read_once() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, unblinding AS $$
BEGIN
    IF (SELECT is_practice FROM studies_study JOIN studies_case ON study_id = studies_study.id
            WHERE studies_case.id = NEW.case_id) THEN
        RETURN NULL;
    END IF;
    IF (SELECT count(*) FROM scoring_reading AS r WHERE r.case_id = NEW.case_id AND r.reader_id = NEW.reader_id
            AND r.state <> 'withdrawn' AND NOT EXISTS (SELECT 1 FROM scoring_repeat WHERE reading_id = r.id)
            {and_no_self_check}) > 1 THEN
        RAISE EXCEPTION 'A reader reads a case once' USING ERRCODE = 'unique_violation';
    END IF;
    RETURN NULL;
END $$;
"""
AND_NO_SELF_CHECK = "AND NOT EXISTS (SELECT 1 FROM scoring_selfcheck WHERE reading_id = r.id)"
LOCKED = """
CREATE OR REPLACE FUNCTION dens_locked_{table}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, unblinding AS $$
DECLARE row_of record := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    IF EXISTS (SELECT 1 FROM studies_study WHERE locked_at IS NOT NULL AND id = ({study_of})) THEN
        RAISE EXCEPTION 'This study is locked' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN row_of;
END $$;
"""
TRIGGER = """
CREATE TRIGGER a_locked_study BEFORE INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION dens_locked_{table}();
"""
FROZEN = """
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION dens_refuse_change();
"""
OF_CASE = "SELECT study_id FROM studies_case WHERE id = COALESCE({row}.case_id, {row}.former_case_id)"
OF_CONSENSUS = (
    "SELECT c.study_id FROM scoring_consensus s JOIN studies_case c ON c.id = COALESCE(s.case_id, s.former_case_id)"
)
OF_READING = "SELECT c.study_id FROM scoring_reading r JOIN studies_case c ON c.id = r.case_id WHERE r.id = row_of.reading_id"
STUDY_OF = {
    "scoring_consensus": OF_CASE.format(row="row_of"),
    "scoring_finalscore": f"{OF_CONSENSUS} WHERE s.id = row_of.consensus_id",
    "scoring_adjudication": f"{OF_CONSENSUS} WHERE s.id = row_of.consensus_id",
    "scoring_dispute": f"{OF_CONSENSUS} JOIN scoring_adjudication a ON a.consensus_id = s.id WHERE a.id = row_of.adjudication_id",
}
NEW_TABLES = {
    "scoring_slip": f"{OF_CONSENSUS} WHERE s.id = row_of.consensus_id",
    "scoring_sham": f"{OF_CONSENSUS} JOIN scoring_adjudication a ON a.consensus_id = s.id WHERE a.id = row_of.adjudication_id",
    "scoring_selfcheck": OF_READING,
}
SUPERSEDED = """
CREATE FUNCTION dens_superseded_{table}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, unblinding AS $$
DECLARE row_of record := CASE WHEN TG_OP = 'INSERT' THEN NEW ELSE OLD END;
BEGIN
    IF EXISTS (SELECT 1 FROM scoring_consensus s WHERE s.superseded_at IS NOT NULL AND s.id = ({consensus_of})) THEN
        RAISE EXCEPTION 'A superseded consensus is never changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER superseded_for_good BEFORE INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION dens_superseded_{table}();
"""
CONSENSUS_OF = {
    "scoring_finalscore": "row_of.consensus_id",
    "scoring_adjudication": "row_of.consensus_id",
    "scoring_dispute": "SELECT consensus_id FROM scoring_adjudication WHERE id = row_of.adjudication_id",
}
CONSENSUS_ITSELF = """
CREATE FUNCTION dens_superseded_consensus() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.superseded_at IS NOT NULL THEN
        RAISE EXCEPTION 'A superseded consensus is never changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER superseded_for_good BEFORE UPDATE ON scoring_consensus
    FOR EACH ROW EXECUTE FUNCTION dens_superseded_consensus();
"""
UNDO_SUPERSEDED = "DROP TRIGGER superseded_for_good ON {table}; DROP FUNCTION dens_superseded_{name}();"


def locked(table, study_of):
    undo = f"DROP TRIGGER a_locked_study ON {table}; DROP FUNCTION dens_locked_{table}();"
    return migrations.RunSQL(LOCKED.format(table=table, study_of=study_of) + TRIGGER.format(table=table), undo)


class Migration(migrations.Migration):
    dependencies = [("scoring", "0007_consensus_to_publish"), ("readers", "0002_append_only")]
    operations = [
        migrations.RunSQL(
            READ_ONCE.format(and_no_self_check=AND_NO_SELF_CHECK), READ_ONCE.format(and_no_self_check="")
        ),
        *[
            migrations.RunSQL(LOCKED.format(table=table, study_of=query), migrations.RunSQL.noop)
            for table, query in STUDY_OF.items()
        ],
        *[locked(table, query) for table, query in NEW_TABLES.items()],
        *[
            migrations.RunSQL(FROZEN.format(table=table), f"DROP TRIGGER never_changed ON {table};")
            for table in NEW_TABLES
        ],
        *[
            migrations.RunSQL(
                SUPERSEDED.format(table=table, consensus_of=query), UNDO_SUPERSEDED.format(table=table, name=table)
            )
            for table, query in CONSENSUS_OF.items()
        ],
        migrations.RunSQL(CONSENSUS_ITSELF, UNDO_SUPERSEDED.format(table="scoring_consensus", name="consensus")),
    ]
