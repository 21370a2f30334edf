"""Two transactions that meet: one beside the other, until it has to wait."""

import threading
import time

from django.db import connection


def in_thread(act):
    """Run `act` beside this thread; what it raises is kept in the list that comes back."""
    raised = []

    def run():
        try:
            act()
        except Exception as failure:
            raised.append(failure)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, raised


def wait_until_somebody_waits_for_me():
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("Nobody waited.")
