"""Dora lets a machine in, sees its token this once, and ends it, in a real Chromium."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from studies import machines
from tests import cast

TOKEN = re.compile(r"^[\w-]{43}$")


@pytest.mark.django_db(transaction=True)
def test_a_machine_is_let_in_with_a_token_shown_once_and_ended(stack, desk):
    study = cast.open_study(cast.invite())
    dora = desk("dora")
    dora.signs_in()
    dora.sees(study.title)
    dora.goes_to(f"/studies/{study.code}/people")
    dora.presses("Add a machine")
    dora.fills("Name", "Research archive")
    dialog, table = dora.page.get_by_role("dialog"), dora.page.get_by_role("table", name="Machines")
    dialog.get_by_role("button", name="Add", exact=True).click()
    token = dialog.get_by_text(TOKEN).inner_text()
    assert machines.of_token(token, now=timezone.now()).name == "Research archive"
    dora.presses("Done")
    expect(table).to_contain_text("Research archive")
    dora.page.reload()
    expect(table).to_contain_text("Research archive")
    assert token not in dora.page.content()
    dora.presses("End Research archive")
    dialog.get_by_role("button", name="End", exact=True).click()
    expect(table).to_have_count(0)
    assert machines.of_token(token, now=timezone.now()) is None
