"""What the database holds of decisions: sides, mode and who has begun stay; what was answered before the reveal stays."""

from django.db import migrations

OWN_FIRST = """
CREATE FUNCTION dens_own_answer_first() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE problem text := CASE
    WHEN (OLD.item_id, OLD.left_id, OLD.right_id) IS DISTINCT FROM (NEW.item_id, NEW.left_id, NEW.right_id)
        THEN 'The sides of a dispute are drawn once'
    WHEN OLD.is_revealed AND NOT NEW.is_revealed
        THEN 'What was revealed stays revealed'
    WHEN OLD.is_revealed AND (OLD.own_grade, OLD.own_not_assessable, OLD.own_at)
            IS DISTINCT FROM (NEW.own_grade, NEW.own_not_assessable, NEW.own_at)
        THEN 'An own answer is never changed once the readings are shown'
    WHEN NEW.is_revealed AND NOT OLD.is_revealed AND (NEW.own_at IS NULL OR NOT EXISTS
            (SELECT 1 FROM scoring_adjudication WHERE id = NEW.adjudication_id AND mode = 'own_first'))
        THEN 'The readings are shown after an own answer, or never'
    END;
BEGIN
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION '%', problem USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER own_answer_first BEFORE UPDATE ON scoring_dispute FOR EACH ROW EXECUTE FUNCTION dens_own_answer_first();
"""
AS_OPENED = """
CREATE FUNCTION dens_decided_as_opened() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.mode <> OLD.mode OR NEW.consensus_id <> OLD.consensus_id THEN
        RAISE EXCEPTION 'How an adjudication is decided stays as it was opened' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.state = 'started' AND NEW.adjudicator_id IS DISTINCT FROM OLD.adjudicator_id THEN
        RAISE EXCEPTION 'Who has begun an adjudication keeps it' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decided_as_opened BEFORE UPDATE ON scoring_adjudication FOR EACH ROW EXECUTE FUNCTION dens_decided_as_opened();
"""
UNDO = "DROP TRIGGER {trigger} ON {table}; DROP FUNCTION dens_{trigger}();"


class Migration(migrations.Migration):
    dependencies = [("scoring", "0008_superseded_is_for_good")]
    operations = [
        migrations.RunSQL(OWN_FIRST, UNDO.format(trigger="own_answer_first", table="scoring_dispute")),
        migrations.RunSQL(AS_OPENED, UNDO.format(trigger="decided_as_opened", table="scoring_adjudication")),
    ]
