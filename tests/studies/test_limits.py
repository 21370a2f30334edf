import pytest

from studies.limits import DEFAULTS, GIB, limits_from


def test_nothing_set_gives_the_defaults():
    assert limits_from({"DENS_DATA": "/data"}) == DEFAULTS


@pytest.mark.parametrize(
    ("text", "n_bytes"), [("4 GiB", 4 * GIB), ("512MiB", GIB // 2), (" 1 TiB ", 1024 * GIB), ("4096", 4096)]
)
def test_bytes_are_written_in_units_or_as_a_number(text, n_bytes):
    assert limits_from({"DENS_LIMIT_UPLOAD_BYTES": text}).upload_bytes == n_bytes


def test_counts_are_plain_numbers():
    limits = limits_from({"DENS_LIMIT_UPLOADS_AT_ONCE": "5", "DENS_LIMIT_FREE_SPACE_PERCENT": "0"})
    assert (limits.uploads_at_once, limits.free_space_percent) == (5, 0)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("UPLOAD_BYTES", ""), ("UPLOAD_BYTES", "4 GB"), ("UPLOAD_BYTES", "4.5 GiB"), ("UPLOAD_BYTES", "-1"),
        ("UPLOAD_BYTES", "0"), ("UPLOADS_AT_ONCE", "2 KiB"), ("FREE_SPACE_PERCENT", "101"), ("DEPTH", "many"),
    ],
)  # fmt: skip
def test_what_is_no_limit_stops_the_start(name, text):
    with pytest.raises(ValueError, match=f"DENS_LIMIT_{name} cannot be"):
        limits_from({f"DENS_LIMIT_{name}": text})


def test_a_limit_there_is_not_stops_the_start():
    with pytest.raises(ValueError, match="There is no limit DENS_LIMIT_UPLAOD_BYTES"):
        limits_from({"DENS_LIMIT_UPLAOD_BYTES": "4 GiB"})
