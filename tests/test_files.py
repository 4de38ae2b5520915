"""Files are written whole or not at all, and only where a file can be."""

import os
from pathlib import Path

import pytest

from geoevents.errors import GeoeventsError
from geoevents.files import replacing


def write(path: Path, text: str = "new") -> None:
    with replacing(path) as unfinished:
        unfinished.write_text(text, encoding="utf-8")


def write_half(path: Path) -> None:
    with replacing(path) as unfinished:
        unfinished.write_text("half", encoding="utf-8")
        _ = 1 / 0


def test_a_file_is_made_with_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    write(tmp_path / "ours.txt")
    (tmp_path / "plain.txt").write_text("new", encoding="utf-8")
    ours, plain = (tmp_path / name for name in ("ours.txt", "plain.txt"))
    assert ours.read_text(encoding="utf-8") == "new"
    assert ours.stat().st_mode == plain.stat().st_mode


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(ZeroDivisionError):
        write_half(path)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old", encoding="utf-8")
    link.symlink_to(real)
    write(link)
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "new"


def test_a_pipe_is_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(GeoeventsError, match="is a device or a pipe"):
        write(pipe)
    assert pipe.is_fifo()


def test_what_is_no_place_for_a_file_is_refused(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for path, reason in (
        ("", "without a name"),
        (tmp_path, "is a folder"),
        (tmp_path / "missing" / "a.txt", "there is no folder"),
        (tmp_path / ("a" * 300), "cannot be written"),
        (f"{tmp_path}/a\0b", "cannot be written"),
        (loop, "loop"),
    ):
        with pytest.raises(GeoeventsError, match=reason):
            write(path)
    assert list(tmp_path.iterdir()) == [loop]
