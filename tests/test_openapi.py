"""The front end's types are generated from the API as it is."""

from pathlib import Path

from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent


def test_the_description_of_the_api_is_the_one_the_front_end_has(tmp_path):
    call_command("spectacular", file=str(tmp_path / "openapi.yaml"), fail_on_warn=True, validate=True)
    kept = (ROOT / "frontend" / "openapi.yaml").read_text()
    assert (tmp_path / "openapi.yaml").read_text() == kept, "run spectacular again, see CONTRIBUTING.md"
