"""Dora enters what is known of the participants in Chromium, takes the table out, corrects it and enters it again."""

from pathlib import Path

from playwright.sync_api import FilePayload, expect

from studies import covariates
from studies.models import CovariateTable
from tests import cast, scene
from tests.browser.desk import Desk
from tests.browser.test_access import SIDEWAYS, box, complaints

TABLE = "participant,Diagnosis,CRP [mg/dl],Sex [category]\nS-01,RA,0.4,1\nS-02,=AS,,2\n"
DROP = """(zone, text) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], "covariates.csv", { type: "text/csv" }));
  for (const kind of ["dragover", "drop"]) zone.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true }));
}"""


def test_dora_enters_a_table_takes_it_out_and_enters_it_again(desk):
    people = cast.invite()
    study = cast.open_study(people)
    for name in ("S-01", "S-02", "S-03"):
        scene.make_case(study, name)
    dora = desk("dora")
    dora.signs_in()
    dora.sees(study.title)
    dora.goes_to(f"/studies/{study.code}")
    dora.follows("Participants")
    dora.sees("No table yet")
    assert downloaded(dora, "Download a table to fill in") == "\ufeffparticipant\r\nS-01\r\nS-02\r\nS-03\r\n"

    # what cannot be taken over is said in a sentence, with its line
    dora.fills("Table", "participant,CRP [mg/dl]\nS-01,0.4\nS-99,1.2")
    dora.sees("2 participants, 1 covariate")
    dora.presses("Take over")
    refusal = dora.page.get_by_role("alert")
    expect(refusal).to_contain_text("there is no participant S-99 in this study")
    expect(refusal).to_contain_text("S-99,1.2")
    assert not CovariateTable.objects.exists()

    # a file is dropped on the table
    dora.page.get_by_label("Table", exact=True).evaluate(DROP, TABLE)
    expect(dora.page.get_by_label("Table", exact=True)).to_have_value(TABLE)
    expect(refusal).to_have_count(0)
    dora.presses("Take over")
    dora.sees("This is version 1 now. The clinical tables under Agreement follow within seconds.")
    table = dora.page.get_by_role("table", name="Covariates")
    expect(table.get_by_role("columnheader", name="CRP [mg/dl]")).to_contain_text("1 known of 3")
    expect(table.get_by_role("row", name="S-02")).to_contain_text("missing")
    assert box(table.get_by_role("rowheader", name="S-01"))["y"] == box(table.get_by_role("cell", name="RA"))["y"]
    expect(dora.page.get_by_role("list", name="Participants without covariates")).to_have_text("S-03")
    assert complaints(dora, "participants") == []

    # what is taken out holds no formula, and entered again it says the same
    taken_out = downloaded(dora, "Download as CSV")
    assert "S-02,'=AS,,2\r\nS-03,,,\r\n" in taken_out
    chooses(dora, taken_out.encode())
    dora.presses("Take over")
    dora.sees("Version 1 says the same already; nothing has changed.")

    # corrected in a spreadsheet that writes Windows-1252, it is the next version
    chooses(dora, taken_out.replace("S-03,,,", "S-03,M\u00fcller-Weiss,2,").removeprefix("\ufeff").encode("cp1252"))
    dora.presses("Take over")
    dora.sees("This is version 2 now.")
    assert covariates.summary(study)["rows"][1:] == [
        {"participant": "S-02", "cells": ["=AS", "", "2"]},
        {"participant": "S-03", "cells": ["M\u00fcller-Weiss", "2", ""]},
    ]
    expect(dora.page.get_by_role("list", name="Participants without covariates")).to_have_count(0)

    # a workbook is no table
    chooses(dora, b"PK\x03\x04\x14\x00\x06\x00")
    dora.sees("This file is no CSV table.")


def test_many_columns_scroll_in_a_box_of_their_own(desk):
    people = cast.invite()
    study = cast.open_study(people)
    names = [f"S-{place:02}" for place in range(1, 41)]
    for name in names:
        scene.make_case(study, name)
    headings = ",".join(f"Measurement {place} [mm]" for place in range(30))
    lines = [f"{name}{',1.5' * 30}" for name in names]
    table = "\n".join([f"participant,{headings}", *lines])
    covariates.enter(study, table=table, actor=people.dora)
    dora = desk("dora")
    dora.page.set_viewport_size({"width": 820, "height": 1180})
    dora.signs_in()
    dora.sees(study.title)
    dora.goes_to(f"/studies/{study.code}/participants")
    dora.page.get_by_role("row", name="S-40").get_by_role("cell").last.scroll_into_view_if_needed()
    for seen in (
        dora.page.get_by_role("columnheader", name="Measurement 29"),
        dora.page.get_by_role("rowheader", name="S-40"),
    ):
        expect(seen).to_be_in_viewport(ratio=1)
    assert dora.page.evaluate(SIDEWAYS) <= 0


def test_sam_sees_the_table_and_clara_is_not_led_to_it(desk):
    people = cast.invite()
    study = cast.open_study(people)
    scene.make_case(study, "S-01")
    covariates.enter(study, table="participant,CRP\nS-01,0.4", actor=people.dora)
    sam, clara = desk("sam"), desk("clara")
    sam.signs_in()
    sam.sees(study.title)
    sam.goes_to(f"/studies/{study.code}/participants")
    expect(sam.page.get_by_role("table", name="Covariates")).to_contain_text("0.4")
    expect(sam.page.get_by_role("button", name="Take over")).to_have_count(0)
    clara.signs_in()
    clara.page.wait_for_url("**/adjudications")
    clara.goes_to(f"/studies/{study.code}/participants")
    clara.sees("There is nothing here that you can open.")
    expect(clara.page.get_by_text("CRP")).to_have_count(0)


def downloaded(dora: Desk, button: str) -> str:
    with dora.page.expect_download() as taken:
        dora.presses(button)
    return Path(taken.value.path()).read_bytes().decode()


def chooses(dora: Desk, content: bytes) -> None:
    file: FilePayload = {"name": "covariates.csv", "mimeType": "text/csv", "buffer": content}
    dora.page.locator("main input[type=file]").set_input_files([file])
