"""What the database lets a blinded person's request see: a role of its own, and of every table only what it needs.

A request at a reader's door runs as `dens_reader`, at an adjudicator's as `dens_adjudicator`. Those roles may use the
tables named here and no others; in those that tell who read what, PostgreSQL shows a reader the rows of their own (row
level security), and an adjudicator two values of a disputed item, whatever a query says. What would unblind lies in a
schema of its own that neither role may even enter. So blinding does not rest on every query of every view being right.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import ImproperlyConfigured
from django.db import Error, ProgrammingError, connection, transaction
from django.db.backends.utils import CursorWrapper

from readers.models import User

READER, ADJUDICATOR, ME = "dens_reader", "dens_adjudicator", "dens.reader"
SCHEMA = "unblinding"

# Participants, hospitals, dates, facts, covariates, what came in with images, who reads with whom, what is a repeat,
# a second look, a sham, or a slip.
UNBLINDING = (
    "studies_subject", "studies_exam", "studies_examfacts", "studies_centre", "studies_upload", "studies_uploadedfile",
    "studies_qualitycheck", "studies_query", "studies_machineaccount",
    "studies_covariatetable", "studies_covariate", "studies_covariatevalue",
    "scoring_allocation", "scoring_sealedseed", "scoring_repeat", "scoring_unblinding",
    "scoring_selfcheck", "scoring_slip", "scoring_sham",
)  # fmt: skip

# Both as plain as they are for the planner's sake: a subquery here, or IN there, costs each request milliseconds.
ME_SQL = f"nullif(current_setting('{ME}', true), '')::bigint"
OF_MY_READINGS = "EXISTS (SELECT 1 FROM public.scoring_reading AS r WHERE r.id = reading_id)"  # finds own ones only
MY_ACTS = f"actor_id = {ME_SQL} OR (object_type = 'user' AND object_key = {ME_SQL}::text)"
ANSWERED = """EXISTS (SELECT 1 FROM public.scoring_score AS s JOIN public.scoring_reading AS r ON r.id = s.reading_id
    WHERE r.case_id = scoring_reference.case_id AND s.item_id = scoring_reference.item_id
    AND (s.grade IS NOT NULL OR s.not_assessable <> ''))"""
DISPUTED = """EXISTS (SELECT 1 FROM public.scoring_dispute AS d
    JOIN public.scoring_adjudication AS a ON a.id = d.adjudication_id
    JOIN public.scoring_consensus AS c ON c.id = a.consensus_id AND c.case_id IS NOT NULL
    WHERE d.is_revealed AND d.item_id = scoring_score.item_id
    AND scoring_score.reading_id IN (d.left_id, d.right_id))"""

SHOWN_PIN = """NOT is_removed AND EXISTS (SELECT 1 FROM public.scoring_dispute AS d
    JOIN public.scoring_adjudication AS a ON a.id = d.adjudication_id
    JOIN public.scoring_consensus AS c ON c.id = a.consensus_id AND c.case_id IS NOT NULL
    WHERE d.is_revealed AND d.item_id = scoring_pin.item_id
    AND scoring_pin.reading_id IN (d.left_id, d.right_id))"""
# A joint read is signed by two: who began it is shown both names.
OWN_SIGNATURES = f"""signer_id = {ME_SQL} OR EXISTS (SELECT 1 FROM public.scoring_adjudication AS a
    WHERE a.adjudicator_id = {ME_SQL} AND a.second_signature_id = readers_signature.id)"""

# table -> what a request may do there, and with which rows; None: with all of them
Rights = dict[str, tuple[str, str | None]]
OWN_PERSON: Rights = {
    "readers_user": ("SELECT, UPDATE (password)", f"id = {ME_SQL}"),
    "readers_signature": ("SELECT, INSERT", f"signer_id = {ME_SQL}"),
    "readers_auditevent": ("SELECT, INSERT", MY_ACTS),
    "studies_study": ("SELECT", None),
    "studies_membership": ("SELECT", f"user_id = {ME_SQL}"),
    "scoring_instrument": ("SELECT", None),
    "scoring_item": ("SELECT", None),
    "scoring_charter": ("SELECT", None),
}
IMAGES: Rights = {
    "studies_series": (
        "SELECT",
        "EXISTS (SELECT 1 FROM public.studies_case AS c WHERE c.exam_id = studies_series.exam_id)",
    ),
    "studies_instance": ("SELECT", "EXISTS (SELECT 1 FROM public.studies_series AS s WHERE s.id = series_id)"),
}
OWN, DECISION = "own_grade, own_not_assessable, own_at, is_revealed", "choice, grade, not_assessable, reason, comment"
LOCKED = "SELECT, UPDATE (id)"  # nothing is changed: without a column to update, PostgreSQL lets nobody lock a row
RIGHTS: dict[str, Rights] = {
    READER: OWN_PERSON
    | IMAGES
    | {
        "studies_case": (
            LOCKED,
            "EXISTS (SELECT 1 FROM public.scoring_reading AS r WHERE r.case_id = studies_case.id)",
        ),
        "scoring_reading": ("SELECT, UPDATE (state, started_at, signature_id)", f"reader_id = {ME_SQL}"),
        "scoring_score": ("SELECT, INSERT, UPDATE", OF_MY_READINGS),
        "scoring_operation": ("SELECT, INSERT", OF_MY_READINGS),
        "scoring_pin": ("SELECT, INSERT, UPDATE", OF_MY_READINGS),
        "scoring_desk": ("SELECT, INSERT, UPDATE", OF_MY_READINGS),
        "scoring_sitting": ("SELECT, INSERT, UPDATE", OF_MY_READINGS),
        "scoring_problem": ("SELECT, INSERT", OF_MY_READINGS),
        "scoring_reopening": ("SELECT, INSERT", OF_MY_READINGS),
        "scoring_signedversion": ("SELECT", OF_MY_READINGS),
        "scoring_qualification": ("SELECT, INSERT", f"reader_id = {ME_SQL}"),
        "scoring_reference": ("SELECT", ANSWERED),
    },
    # No table that says whose a reading is: two values of a disputed item with their pins, and what was decided.
    ADJUDICATOR: OWN_PERSON
    | IMAGES
    | {
        "studies_case": (
            LOCKED,
            "EXISTS (SELECT 1 FROM public.scoring_consensus AS c WHERE c.case_id = studies_case.id)",
        ),
        "scoring_reading": ("SELECT", f"reader_id = {ME_SQL}"),  # to keep from them what they have read themselves
        "scoring_score": ("SELECT", DISPUTED),
        "scoring_pin": ("SELECT (id, reading_id, item_id, series, slice, point, view, is_removed)", SHOWN_PIN),
        "readers_signature": ("SELECT, INSERT", OWN_SIGNATURES),
        # Not what it came to: an agreed case that is mixed in has its consensus already.
        "scoring_consensus": ("SELECT (id, case_id, charter_id)", None),
        "scoring_adjudication": (
            "SELECT, UPDATE (adjudicator_id, state, signature_id, second_id, second_signature_id)",
            None,
        ),
        "scoring_dispute": (f"SELECT, UPDATE ({OWN}, {DECISION}, decided_at)", None),
    },
}

# A role is tried before it is granted: being a member is not enough on PostgreSQL 16 and later.
MAKE_ROLE = """
DO $$ BEGIN
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role} NOLOGIN; END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;  -- another database of this server was first
    END;
    BEGIN
        SET LOCAL ROLE {role};
        RESET ROLE;
    EXCEPTION WHEN insufficient_privilege THEN GRANT {role} TO CURRENT_USER;
    END;
END $$;
"""
NO_RIGHT = (
    "The database account of Dens may not make the roles that readers' requests run as. Let an administrator run once: "
    f"CREATE ROLE {READER} NOLOGIN; CREATE ROLE {ADJUDICATOR} NOLOGIN; "
    f"GRANT {READER}, {ADJUDICATOR} TO <the account in DATABASE_URL>;"
)
DROP_POLICIES = f"""
DO $$ DECLARE old record; BEGIN
    FOR old IN SELECT * FROM pg_policies WHERE roles && '{{{READER},{ADJUDICATOR}}}'::name[] LOOP
        EXECUTE format('DROP POLICY %I ON public.%I', old.policyname, old.tablename);
        EXECUTE format('ALTER TABLE public.%I DISABLE ROW LEVEL SECURITY', old.tablename);
    END LOOP;
END $$;
"""


def script() -> str:
    """Everything after the roles are there: schema, rights, policies, and nothing of before. Safe to run again."""
    lines = [f"CREATE SCHEMA IF NOT EXISTS {SCHEMA};"]
    lines += [f"ALTER TABLE IF EXISTS public.{table} SET SCHEMA {SCHEMA};" for table in UNBLINDING]
    lines += [f"REVOKE ALL ON SCHEMA {SCHEMA} FROM PUBLIC;", DROP_POLICIES]
    for role, tables in RIGHTS.items():
        lines += [f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role};" for schema in ("public", SCHEMA)]
        lines += [f"REVOKE ALL ON SCHEMA {SCHEMA} FROM {role};", f"GRANT USAGE ON SCHEMA public TO {role};"]
        for table, (rights, rows) in tables.items():
            lines.append(f"GRANT {rights} ON public.{table} TO {role};")
            if rows is not None:
                lines.append(f"ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY;")
                lines.append(f"CREATE POLICY {role} ON public.{table} TO {role} USING ({rows});")
    return "\n".join(lines)


def put_in_place(**_: object) -> None:
    """After every migration: the schema, the roles and their rights are as this file says."""
    mark = f"dens {hashlib.sha256(script().encode()).hexdigest()}"
    if is_in_place(mark) or not has_all_tables():
        return
    with transaction.atomic(), connection.cursor() as cursor:
        make_roles(cursor)
        cursor.execute(script())
        cursor.execute(f"COMMENT ON SCHEMA {SCHEMA} IS '{mark}'")


def make_roles(cursor: CursorWrapper) -> None:
    """Roles belong to the whole server: they are made where missing, and granted to the account of Dens."""
    try:
        for role in RIGHTS:
            cursor.execute(MAKE_ROLE.format(role=role))
    except ProgrammingError as refused:
        raise ImproperlyConfigured(NO_RIGHT) from refused


def is_in_place(mark: str) -> bool:
    """Whether this very script has run in this database, and nothing that belongs elsewhere has been made since."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regnamespace(%s)::oid, 'pg_namespace')", [SCHEMA])
        found = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = %s", [SCHEMA])
        return bool(found == mark and cursor.fetchone()[0] == len(UNBLINDING))


def has_all_tables() -> bool:
    """Whether every table is there: not so half-way through the migrations."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    return there >= {*UNBLINDING}.union(*RIGHTS.values())


ITSELF = "none"  # PostgreSQL's word for the role of one's own: Dens, with all rights of its account
acting: ContextVar[tuple[str, str]] = ContextVar("acting", default=(ITSELF, ""))


@contextmanager
def acting_as(role: str, user: User | None = None) -> Iterator[None]:
    """What is done inside is done with the rights of `role`, on the rows of `user`.

    ITSELF is the one way out of a role, for what a reader may set off and must not see. A test names who takes it.
    """
    before = acting.set((role, str(user.pk) if user else ""))
    try:
        take_place()
        yield
    finally:
        acting.reset(before)
        step_back()


def take_place() -> None:
    """Tell the database who is acting."""
    role, me = acting.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', %s, false), set_config(%s, %s, false)", [role, ME, me])


def take_place_again(**_: object) -> None:
    """A connection lost in the middle of a request must not come back with more rights (scoring/apps.py)."""
    if acting.get()[0] != ITSELF:
        take_place()


def step_back() -> None:
    """Be who was acting before. A connection that cannot be asked is thrown away rather than handed on."""
    try:
        take_place()
    except Error:
        if connection.in_atomic_block:  # rolling back undoes what was set inside
            return
        connection.close()
