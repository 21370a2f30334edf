"""What was done already is not done again."""

from launcher.frontend import sources
from launcher.marks import Mark


def test_a_mark_holds_until_a_file_changes(tmp_path):
    source, path = tmp_path / "a.ts", tmp_path / "mark"
    source.write_text("1")
    Mark(path, [source]).set()
    assert Mark(path, [source]).is_set()
    source.write_text("2")
    assert not Mark(path, [source]).is_set()


def test_what_the_build_makes_is_no_source(tmp_path):
    for name in ("src/main.ts", "node_modules/x/index.js", "dist/index.html", "tsconfig.tsbuildinfo"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    assert sources(tmp_path) == [tmp_path / "src" / "main.ts"]
