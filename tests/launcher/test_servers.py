"""PostgreSQL and Valkey from their wheels: real ones, in a folder of the test's own."""

import pytest

from launcher import CHECKOUT, Refused, processes, servers


@pytest.mark.skipif(not (CHECKOUT / ".dens" / "venv").exists(), reason="the servers come with ./dens up")
def test_the_embedded_servers_keep_what_they_were_told_through_a_crash(place, tmp_path, children):
    env = place.environment()
    postgres, valkey = servers.start(place, children, env)
    servers.query(place, "CREATE TABLE kept AS SELECT 42 AS answer")
    for child in (postgres, valkey):
        processes.kill_group(child.process.pid)
        child.clear_up()
    servers.start(place, children, env)
    assert servers.query(place, "SELECT answer FROM kept") == "42\n"
    assert servers.query(place, "SHOW listen_addresses") == "\n"
    assert servers.query(place, "SHOW fsync") == "on\n"


def test_a_database_of_another_version_is_refused_in_words(tmp_path):
    (tmp_path / "PG_VERSION").write_text("16\n")
    with pytest.raises(Refused, match="was made by PostgreSQL 16"):
        servers.require_version(tmp_path)
