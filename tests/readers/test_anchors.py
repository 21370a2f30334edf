"""Anchors tell where the audit chain ended, outside the database, signed and one after the other."""

import json
from dataclasses import asdict

import pytest
from django.utils import timezone

from readers import anchors, audit, canonical, chain
from tests.readers.test_chain import now_linked


@pytest.fixture
def anchored(people):
    """Three events, each anchored."""
    for name in ("ana", "ben", "clara"):
        audit.record("tested", getattr(people, name), actor=None)
        now_linked()
        anchors.write(now=timezone.now())
    return anchors.place()


def lines(path):
    return path.read_text().splitlines(keepends=True)


def test_an_anchor_tells_the_head_and_the_number_of_events(anchored):
    *_, newest = anchors.read(anchored)
    head = chain.head()
    assert (newest.seq, newest.hash, newest.count) == (head.seq, head.hash, head.count) == (3, head.hash, 3)


def test_where_nothing_happened_nothing_is_anchored(anchored):
    assert anchors.write(now=timezone.now()) is None
    assert len(lines(anchored)) == 3


def test_a_line_is_canonical_json(anchored):
    assert [canonical.text(json.loads(line)) + "\n" for line in lines(anchored)] == lines(anchored)


@pytest.mark.parametrize(
    ("tamper", "why"),
    [
        (lambda kept: [kept[0].replace('"count":1', '"count":2'), *kept[1:]], "Line 1 .* is not signed"),
        (lambda kept: [kept[0], kept[2]], "Line 2 .* does not follow"),
        (lambda kept: [kept[1], kept[2]], "Line 1 .* does not follow"),
        (lambda kept: [*kept, kept[2]], "Line 4 .* does not follow"),
        (lambda kept: [*kept, "nonsense\n"], "Line 4 .* is no anchor"),
        (lambda kept: [*kept, '{"seq":9}\n'], "Line 4 .* is no anchor"),
    ],
)
def test_a_changed_a_removed_and_an_invented_anchor_are_found(anchored, tamper, why):
    anchored.write_text("".join(tamper(lines(anchored))))
    with pytest.raises(anchors.Forged, match=why):
        list(anchors.read(anchored))


def test_who_has_not_the_key_cannot_write_an_anchor(anchored, settings):
    settings.AUDIT_KEY = "another key of at least thirty-two characters"
    with pytest.raises(anchors.Forged, match=r"Line 1 .*DENS_AUDIT_KEY"):
        list(anchors.read(anchored))


def test_a_crash_in_the_middle_of_a_line_costs_that_line(anchored, people):
    whole = [asdict(one) for one in anchors.read(anchored)]
    anchored.write_text(anchored.read_text() + '{"at":"20')
    assert [asdict(one) for one in anchors.read(anchored)] == whole
    audit.record("tested", people.ana, actor=None)
    now_linked()
    anchors.write(now=timezone.now())
    assert [one.seq for one in anchors.read(anchored)] == [1, 2, 3, 4]
