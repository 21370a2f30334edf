"""Nobody is ever on both sides of blinding in one study: who had another role cannot read, who has read has no other."""

from django.db import migrations

ONE_SIDE = """
CREATE FUNCTION dens_one_side_of_blinding() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM studies_membership AS had WHERE had.study_id = NEW.study_id AND had.user_id = NEW.user_id
            AND had.role <> NEW.role AND (had.role IN ('reader', 'adjudicator') OR NEW.role IN ('reader', 'adjudicator'))) THEN
        RAISE EXCEPTION 'Nobody is on both sides of blinding in one study' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER one_side_of_blinding BEFORE INSERT OR UPDATE OF study_id, user_id, role ON studies_membership
    FOR EACH ROW EXECUTE FUNCTION dens_one_side_of_blinding();
CREATE TRIGGER never_deleted BEFORE DELETE ON studies_membership FOR EACH ROW EXECUTE FUNCTION dens_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("studies", "0002_practice_lock_and_pool"), ("readers", "0002_append_only")]
    operations = [
        migrations.RunSQL(
            ONE_SIDE,
            "DROP TRIGGER never_deleted ON studies_membership; DROP TRIGGER one_side_of_blinding ON studies_membership;"
            " DROP FUNCTION dens_one_side_of_blinding();",
        ),
    ]
