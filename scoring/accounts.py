"""Which database account may do what: the programs write, and none of them could change the audit trail.

What migrates owns the tables. The programs sign in as another account, a member of `dens_app`, that owns nothing: no
trigger that refuses a change is theirs to switch off. The audit trail and the signatures belong to `dens_audit`, as
which nobody signs in and which the programs are no member of.
"""

import hashlib
import logging
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.db import Error, ProgrammingError, connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg2 import sql

from scoring import blinding

log = logging.getLogger(__name__)

PROGRAMS, KEEPER = "dens_app", "dens_audit"
KEPT = {"readers_auditevent": "SELECT, INSERT", "readers_auditlink": "SELECT", "readers_signature": "SELECT, INSERT"}
KEPT_FUNCTIONS = ("dens_audit_link(public.readers_auditevent)", "dens_link_event()")
SCHEMAS = ("public", blinding.SCHEMA)

ADVICE = "docs/deployment.md says how to give the programs an account of their own."
NO_RIGHT = (
    f"The database account that migrates may not make the roles {PROGRAMS} and {KEEPER}, so the audit trail belongs to "
    f"an account that Dens signs in as. {ADVICE}"
)
SUPERUSER = f"Dens signs in to the database as a superuser, who could change the audit trail. {ADVICE}"
ASSUMABLE = f"The database account of Dens can become the owner of the audit trail, who could change it. {ADVICE}"


def script() -> str:
    """Everything after the roles are there. Safe to run again."""
    schemas = ", ".join(SCHEMAS)
    lines = [
        f"GRANT USAGE ON SCHEMA {schemas} TO {PROGRAMS};",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schemas} TO {PROGRAMS};",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schemas} TO {PROGRAMS};",
        *(f"GRANT {role} TO {PROGRAMS};" for role in blinding.RIGHTS),
    ]
    for table in sorted(with_row_security()):  # rows are kept from readers' requests only
        lines.append(f"DROP POLICY IF EXISTS {PROGRAMS} ON public.{table};")
        lines.append(f"CREATE POLICY {PROGRAMS} ON public.{table} TO {PROGRAMS} USING (true);")
    lines.append(f"GRANT CREATE ON SCHEMA public TO {KEEPER};")  # PostgreSQL asks it of an owner to be
    for table, rights in KEPT.items():
        lines.append(f"ALTER TABLE public.{table} OWNER TO {KEEPER};")
        lines.append(f"REVOKE ALL ON public.{table} FROM {PROGRAMS}; GRANT {rights} ON public.{table} TO {PROGRAMS};")
    lines += [f"ALTER FUNCTION public.{function} OWNER TO {KEEPER};" for function in KEPT_FUNCTIONS]
    return "\n".join([*lines, f"REVOKE CREATE ON SCHEMA public FROM {KEEPER};"])


def with_row_security() -> set[str]:
    return {table for tables in blinding.RIGHTS.values() for table, (_, rows) in tables.items() if rows is not None}


def put_in_place(**_: object) -> None:
    """After every migration, and after blinding.py: accounts and rights are as this file says."""
    if not blinding.has_all_tables():
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            grant(cursor)
            welcome(cursor)
    except ProgrammingError as refused:  # a hospital with one account can run; verify_audit and the checks say so
        log.warning("%s (%s)", NO_RIGHT, str(refused).strip())


def grant(cursor: CursorWrapper) -> None:
    mark = f"dens {hashlib.sha256((script() + tables(cursor)).encode()).hexdigest()}"
    cursor.execute("SELECT obj_description(to_regprocedure('public.dens_link_event()')::oid, 'pg_proc')")
    if cursor.fetchone()[0] == mark:
        return
    for role in (PROGRAMS, KEEPER):
        cursor.execute(blinding.MAKE_ROLE.format(role=role))
    cursor.execute(script())
    cursor.execute(f"COMMENT ON FUNCTION public.dens_link_event() IS '{mark}'")


def tables(cursor: CursorWrapper) -> str:
    cursor.execute("SELECT string_agg(tablename, ' ' ORDER BY tablename) FROM pg_tables WHERE schemaname = ANY(%s)",
                   [list(SCHEMAS)])  # fmt: skip
    return str(cursor.fetchone()[0])


def welcome(cursor: CursorWrapper) -> None:
    """The account that the programs sign in as, where this one is another (DENS_OWNER_URL)."""
    account: dict[str, Any] | None = settings.APPLICATION_ACCOUNT
    if account is None or account["USER"] == connection.settings_dict["USER"]:
        return
    name = sql.Identifier(account["USER"])
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [account["USER"]])
    if cursor.fetchone() is None:
        cursor.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name))
    if account["PASSWORD"]:
        cursor.execute(sql.SQL("ALTER ROLE {} PASSWORD %s").format(name), [account["PASSWORD"]])
    cursor.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(PROGRAMS), name))


def weakness() -> str:
    """What is wrong with the account that Dens signs in as, in a sentence; nothing where all is well."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, pg_has_role(session_user, relowner, 'MEMBER') FROM pg_roles, pg_class"
            " WHERE rolname = session_user AND pg_class.oid = 'public.readers_auditlink'::regclass"
        )
        is_superuser, is_owner = cursor.fetchone()
    return SUPERUSER if is_superuser else ASSUMABLE if is_owner else ""


def check(**_: object) -> list[CheckMessage]:
    """For `manage.py check --deploy`."""
    try:
        sentence = weakness()
    except Error:  # no database, or no tables yet: others say so
        return []
    return [Warning(sentence, id="dens.W001")] if sentence else []
