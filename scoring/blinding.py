"""What the database lets a reader's request see: a role of its own, and of every table the reader's own rows.

A request at a reader's door runs as `dens_reader`. That role may use the tables named here and no others; in those
that tell who read what, PostgreSQL shows it rows of the reader who asks (row level security), whatever a query says.
What would unblind lies in a schema of its own that the role may not even enter. So blinding does not rest on every
query of every view being right.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, ProgrammingError, connection

from readers.models import User

ROLE, ME = "dens_reader", "dens.reader"
SCHEMA = "unblinding"

# Participants, hospitals, dates, facts, what came in with the images, who reads with whom, which reading is a repeat.
UNBLINDING = (
    "studies_subject", "studies_exam", "studies_examfacts", "studies_centre", "studies_upload", "studies_uploadedfile",
    "studies_qualitycheck", "studies_query", "studies_machineaccount",
    "scoring_allocation", "scoring_sealedseed", "scoring_repeat", "scoring_unblinding",
)  # fmt: skip

ME_SQL = f"(SELECT nullif(current_setting('{ME}', true), '')::bigint)"
MY_READINGS = "SELECT id FROM public.scoring_reading"  # itself only the reader's own
OF_MY_READINGS = f"reading_id IN ({MY_READINGS})"
MY_ACTS = f"actor_id = {ME_SQL} OR (object_type = 'user' AND object_key = {ME_SQL}::text)"
ANSWERED = """EXISTS (SELECT 1 FROM public.scoring_score AS s JOIN public.scoring_reading AS r ON r.id = s.reading_id
    WHERE r.case_id = scoring_reference.case_id AND s.item_id = scoring_reference.item_id
    AND (s.grade IS NOT NULL OR s.not_assessable <> ''))"""

# table -> what a reader's request may do there, and with which rows; None: with all of them
RIGHTS: dict[str, tuple[str, str | None]] = {
    "readers_user": ("SELECT, UPDATE (password)", f"id = {ME_SQL}"),
    "readers_signature": ("SELECT, INSERT", f"signer_id = {ME_SQL}"),
    "readers_auditevent": ("SELECT, INSERT", MY_ACTS),
    "studies_study": ("SELECT", None),
    "studies_membership": ("SELECT", f"user_id = {ME_SQL}"),
    "studies_case": ("SELECT, UPDATE (id)", "id IN (SELECT case_id FROM public.scoring_reading)"),  # UPDATE: to lock it
    "studies_series": ("SELECT", "exam_id IN (SELECT exam_id FROM public.studies_case)"),
    "studies_instance": ("SELECT", "series_id IN (SELECT id FROM public.studies_series)"),
    "scoring_instrument": ("SELECT", None),
    "scoring_item": ("SELECT", None),
    "scoring_charter": ("SELECT", None),
    "scoring_reading": ("SELECT, UPDATE", f"reader_id = {ME_SQL}"),
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
}

MAKE_ROLE = f"""
DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}') THEN CREATE ROLE {ROLE} NOLOGIN; END IF;
    IF NOT pg_has_role(current_user, '{ROLE}', 'MEMBER') THEN GRANT {ROLE} TO current_user; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;  -- another database of this server was first
END $$;
"""
NO_RIGHT = (
    f"The database account of Dens may not make the role that readers' requests run as. Let an administrator run once: "
    f"CREATE ROLE {ROLE} NOLOGIN; GRANT {ROLE} TO <the account in DATABASE_URL>;"
)


def script() -> str:
    """Everything after the role is there: schema, rights, policies. Running it again changes nothing."""
    lines = [f"CREATE SCHEMA IF NOT EXISTS {SCHEMA};"]
    lines += [f"ALTER TABLE IF EXISTS public.{table} SET SCHEMA {SCHEMA};" for table in UNBLINDING]
    for schema in ("public", SCHEMA):
        lines += [f"REVOKE ALL ON ALL {kind} IN SCHEMA {schema} FROM {ROLE};" for kind in ("TABLES", "SEQUENCES")]
    lines += [f"REVOKE ALL ON SCHEMA {SCHEMA} FROM {ROLE}, PUBLIC;", f"GRANT USAGE ON SCHEMA public TO {ROLE};"]
    for table, (rights, rows) in RIGHTS.items():
        lines.append(f"GRANT {rights} ON public.{table} TO {ROLE};")
        if rows is not None:
            lines += [
                f"ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY;",
                f"DROP POLICY IF EXISTS own_rows ON public.{table};",
                f"CREATE POLICY own_rows ON public.{table} TO {ROLE} USING ({rows});",
            ]
    return "\n".join(lines)


def put_in_place(**_: object) -> None:
    """After every migration: the schema, the role and its rights are as this file says."""
    mark = f"dens {hashlib.sha256(script().encode()).hexdigest()}"
    if is_in_place(mark) or not has_all_tables():
        return
    with connection.cursor() as cursor:
        try:
            cursor.execute(MAKE_ROLE)
        except ProgrammingError as refused:
            raise ImproperlyConfigured(NO_RIGHT) from refused
        cursor.execute(script())
        cursor.execute(f"COMMENT ON SCHEMA {SCHEMA} IS '{mark}'")


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
    return there >= {*RIGHTS, *UNBLINDING}


@contextmanager
def as_reader(user: User) -> Iterator[None]:
    """What is done inside is done as a reader's request: with the rights of the role, on the rows of `user`."""
    become(ROLE, str(user.pk))
    try:
        yield
    finally:
        step_back()


def become(role: str, me: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', %s, false), set_config(%s, %s, false)", [role, ME, me])


def step_back() -> None:
    """Be the application again. A connection that cannot be asked is thrown away rather than handed on."""
    try:
        become("none", "")
    except DatabaseError:
        if connection.in_atomic_block:  # rolling back undoes what was set inside
            return
        connection.close()
