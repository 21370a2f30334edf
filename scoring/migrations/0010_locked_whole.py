"""A locked study is locked whole, opened again by two people only; a compared reading is opened by what supersedes it."""

import django.utils.timezone
from django.db import migrations, models

# FOR KEY SHARE: whoever locks the study (locking.py, FOR UPDATE) waits for what is being written, and then counts it.
# Nothing else waits, for everything else takes the study FOR NO KEY UPDATE.
REFUSE = """
CREATE OR REPLACE FUNCTION dens_refuse_if_locked(study bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, unblinding AS $$
DECLARE is_locked boolean;
BEGIN
    SELECT locked_at IS NOT NULL INTO is_locked FROM studies_study WHERE id = study FOR KEY SHARE;
    IF is_locked THEN
        RAISE EXCEPTION 'This study is locked' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$;
CREATE OR REPLACE FUNCTION dens_refuse_emptying() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, unblinding AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM studies_study WHERE locked_at IS NOT NULL) THEN
        RAISE EXCEPTION 'This study is locked' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
"""
# Both the study a row is of and the one it would go to: nothing is moved out of a locked one either.
LOCKED = """
CREATE OR REPLACE FUNCTION dens_locked_{table}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, unblinding AS $$
DECLARE row_of record;
BEGIN
    IF {unless} THEN
        RETURN NEW;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        row_of := OLD;
        PERFORM dens_refuse_if_locked(({study_of}));
    END IF;
    IF TG_OP <> 'DELETE' THEN
        row_of := NEW;
        PERFORM dens_refuse_if_locked(({study_of}));
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""
TRIGGER = """
CREATE TRIGGER a_locked_study BEFORE INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION dens_locked_{table}();
"""
NOT_EMPTIED = """
CREATE TRIGGER a_locked_study_is_not_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION dens_refuse_emptying();
"""
OF_STUDY = "SELECT row_of.study_id"
OF_SUBJECT = "SELECT study_id FROM studies_subject WHERE id = row_of.subject_id"
OF_EXAM = "SELECT s.study_id FROM studies_exam e JOIN studies_subject s ON s.id = e.subject_id WHERE e.id = row_of.exam_id"
OF_SERIES = (
    "SELECT s.study_id FROM studies_series i JOIN studies_exam e ON e.id = i.exam_id"
    " JOIN studies_subject s ON s.id = e.subject_id WHERE i.id = row_of.series_id"
)
OF_CASE = "SELECT study_id FROM studies_case WHERE id = row_of.case_id"
OF_READING = "SELECT c.study_id FROM scoring_reading r JOIN studies_case c ON c.id = r.case_id WHERE r.id = row_of.reading_id"
OF_CONSENSUS = (
    "SELECT c.study_id FROM scoring_consensus s JOIN studies_case c ON c.id = COALESCE(s.case_id, s.former_case_id)"
)
OF_ADJUDICATION = (
    f"{OF_CONSENSUS} JOIN scoring_adjudication a ON a.consensus_id = s.id WHERE a.id = row_of.adjudication_id"
)
KNOWN = {
    **dict.fromkeys(("scoring_allocation", "scoring_charter"), OF_STUDY),
    **{
        f"scoring_{name}": OF_READING
        for name in (
            "score", "pin", "operation", "signedversion", "reopening", "problem", "sitting", "selfcheck",
        )
    },
    "scoring_reading": OF_CASE,
    "scoring_consensus": "SELECT study_id FROM studies_case WHERE id = COALESCE(row_of.case_id, row_of.former_case_id)",
    **{f"scoring_{name}": f"{OF_CONSENSUS} WHERE s.id = row_of.consensus_id" for name in ("finalscore", "adjudication", "slip")},
    **dict.fromkeys(("scoring_dispute", "scoring_sham"), OF_ADJUDICATION),
}  # fmt: skip
NEW = {
    **{
        f"studies_{name}": OF_STUDY
        for name in ("centre", "membership", "machineaccount", "subject", "case", "upload", "covariatetable")
    },
    "studies_exam": OF_SUBJECT,
    **dict.fromkeys(("studies_examfacts", "studies_series"), OF_EXAM),
    "studies_instance": OF_SERIES,
    **dict.fromkeys(("studies_qualitycheck", "studies_query", "scoring_reference"), OF_CASE),
    "studies_uploadedfile": "SELECT study_id FROM studies_upload WHERE id = row_of.upload_id",
    "studies_covariate": "SELECT study_id FROM studies_covariatetable WHERE id = row_of.table_id",
    "studies_covariatevalue": (
        "SELECT t.study_id FROM studies_covariate k JOIN studies_covariatetable t ON t.id = k.table_id"
        " WHERE k.id = row_of.covariate_id"
    ),
    **dict.fromkeys(("scoring_desk", "scoring_repeat"), OF_READING),
    **dict.fromkeys(("scoring_sealedseed", "scoring_qualification"), OF_STUDY),
    "scoring_reminder": "SELECT study_id FROM studies_membership WHERE id = row_of.membership_id",
}
# What goes on in a locked study: people leave it, and those join who need its result; machines end, and are seen.
UNLESS = {
    "studies_membership": (
        "(TG_OP = 'INSERT' AND NEW.role NOT IN ('reader', 'adjudicator')) OR (TG_OP = 'UPDATE'"
        " AND to_jsonb(OLD) - 'ended_at' = to_jsonb(NEW) - 'ended_at'"
        " AND (OLD.ended_at IS NULL OR NEW.ended_at IS NOT DISTINCT FROM OLD.ended_at))"
    ),
    "studies_machineaccount": (
        "TG_OP = 'UPDATE'"
        " AND to_jsonb(OLD) - '{ended_at,last_used_at}'::text[] = to_jsonb(NEW) - '{ended_at,last_used_at}'::text[]"
        " AND (OLD.ended_at IS NULL OR NEW.ended_at IS NOT DISTINCT FROM OLD.ended_at)"
    ),
}
# The lock goes only with an unlocking of this very lock, and such an unlocking only with the lock (checked at the commit):
# so both are of one transaction.
STUDY = """
CREATE FUNCTION dens_locked_studies_study() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, unblinding AS $$
BEGIN
    IF OLD.locked_at IS NULL THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.locked_at IS NULL AND NEW.locked_by_id IS NULL
        AND to_jsonb(OLD) - '{locked_at,locked_by_id}'::text[] = to_jsonb(NEW) - '{locked_at,locked_by_id}'::text[]
        AND EXISTS (SELECT 1 FROM scoring_unlocking
            WHERE study_id = OLD.id AND state = 'granted' AND locked_at = OLD.locked_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'This study is locked' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER a_locked_study BEFORE UPDATE OR DELETE ON studies_study
    FOR EACH ROW EXECUTE FUNCTION dens_locked_studies_study();
"""
UNLOCKING = """
CREATE FUNCTION dens_unlocking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.state = 'asked' AND EXISTS (
            SELECT 1 FROM studies_study WHERE id = NEW.study_id AND locked_at = NEW.locked_at) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'asked' AND NEW.state IN ('granted', 'declined')
        AND to_jsonb(OLD) - '{state,decided_by_id,decided_at,note}'::text[]
            = to_jsonb(NEW) - '{state,decided_by_id,decided_at,note}'::text[] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'An unlocking is asked for of a locked study, decided once, and never changed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER decided_once BEFORE INSERT OR UPDATE OR DELETE ON scoring_unlocking
    FOR EACH ROW EXECUTE FUNCTION dens_unlocking();
CREATE FUNCTION dens_unlocked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'granted' AND EXISTS (
            SELECT 1 FROM studies_study WHERE id = NEW.study_id AND locked_at = NEW.locked_at) THEN
        RAISE EXCEPTION 'A granted unlocking opens its study' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER granted_means_opened AFTER UPDATE ON scoring_unlocking
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dens_unlocked();
"""
KNOWN_SEED = """
CREATE FUNCTION dens_no_draw_from_a_known_seed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM scoring_unlocking WHERE study_id = NEW.study_id AND state = 'granted') THEN
        RAISE EXCEPTION 'The seed of this study is known' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER drawn_from_a_sealed_seed BEFORE INSERT ON scoring_allocation
    FOR EACH ROW EXECUTE FUNCTION dens_no_draw_from_a_known_seed();
"""
REOPENING = """
CREATE FUNCTION dens_reopening() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.state = 'asked' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'asked' AND NEW.state IN ('granted', 'declined')
        AND to_jsonb(OLD) - '{state,decided_by_id,decided_at,note}'::text[]
            = to_jsonb(NEW) - '{state,decided_by_id,decided_at,note}'::text[] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A reopening is asked for, decided once, and never changed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER decided_once BEFORE INSERT OR UPDATE OR DELETE ON scoring_reopening
    FOR EACH ROW EXECUTE FUNCTION dens_reopening();
"""
# A reading leaves "signed" only where its signature stands under a version that a granted request of it has kept, and
# no consensus is built on it (any more).
SIGNED = """
CREATE OR REPLACE FUNCTION dens_lock_signed_readings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state <> 'signed' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.state = 'started' AND NEW.signature_id IS NULL
        AND EXISTS (SELECT 1 FROM scoring_signedversion {version})
        AND NOT EXISTS (SELECT 1 FROM scoring_consensus WHERE case_id = OLD.case_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'This is signed and locked' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
GRANTED = (
    "AS v JOIN scoring_reopening AS o ON o.id = v.reopening_id"
    " WHERE v.signature_id = OLD.signature_id AND o.reading_id = OLD.id AND o.state = 'granted'"
)
SUPERSEDED = """
CREATE OR REPLACE FUNCTION dens_superseded_consensus() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.superseded_at IS NOT NULL THEN
        RAISE EXCEPTION 'A superseded consensus is never changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    {leaving}
    RETURN NEW;
END $$;
"""
# Two IFs: an adjudicator's request, which settles a consensus, may not look at requests to open a reading.
LEAVING = """
    IF NEW.case_id IS DISTINCT FROM OLD.case_id THEN
        IF NEW.former_case_id IS DISTINCT FROM OLD.case_id OR NOT EXISTS (
                SELECT 1 FROM scoring_reopening AS o JOIN scoring_reading AS r ON r.id = o.reading_id
                WHERE o.id = NEW.superseded_by_id AND o.state = 'granted' AND r.case_id = OLD.case_id) THEN
            RAISE EXCEPTION 'A consensus leaves its case only when a reading of it is opened again'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
"""


def locked(table, study_of, *, trigger):
    written = LOCKED.format(table=table, study_of=study_of, unless=UNLESS.get(table, "FALSE"))
    if not trigger:
        return migrations.RunSQL(written, migrations.RunSQL.noop)
    undo = f"DROP TRIGGER a_locked_study ON {table}; DROP FUNCTION dens_locked_{table}();"
    return migrations.RunSQL(written + TRIGGER.format(table=table), undo)


class Migration(migrations.Migration):
    dependencies = [("scoring", "0009_own_answers_stay"), ("studies", "0004_covariates")]
    operations = [
        migrations.AddField(
            model_name="unlocking",
            name="locked_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.RunSQL(REFUSE, migrations.RunSQL.noop),
        *[locked(table, study_of, trigger=False) for table, study_of in KNOWN.items()],
        *[locked(table, study_of, trigger=True) for table, study_of in NEW.items()],
        migrations.RunSQL(
            STUDY, "DROP TRIGGER a_locked_study ON studies_study; DROP FUNCTION dens_locked_studies_study();"
        ),
        *[
            migrations.RunSQL(
                NOT_EMPTIED.format(table=table), f"DROP TRIGGER a_locked_study_is_not_emptied ON {table};"
            )
            for table in (*KNOWN, *NEW, "studies_study")
        ],
        migrations.RunSQL(
            UNLOCKING,
            "DROP TRIGGER granted_means_opened ON scoring_unlocking; DROP TRIGGER decided_once ON scoring_unlocking;"
            " DROP FUNCTION dens_unlocked(); DROP FUNCTION dens_unlocking();",
        ),
        migrations.RunSQL(
            KNOWN_SEED,
            "DROP TRIGGER drawn_from_a_sealed_seed ON scoring_allocation;"
            " DROP FUNCTION dens_no_draw_from_a_known_seed();",
        ),
        migrations.RunSQL(
            REOPENING, "DROP TRIGGER decided_once ON scoring_reopening; DROP FUNCTION dens_reopening();"
        ),
        migrations.RunSQL(
            SIGNED.format(version=GRANTED), SIGNED.format(version="WHERE signature_id = OLD.signature_id")
        ),
        migrations.RunSQL(SUPERSEDED.format(leaving=LEAVING), SUPERSEDED.format(leaving="")),
    ]
