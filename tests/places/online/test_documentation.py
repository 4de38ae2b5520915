"""The page on asking online runs as it stands, but for what needs the network."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "online.md"
BLOCK = re.compile(r"(<!-- not run [^\n]*-->\n)?```python\n(.*?)```", re.DOTALL)


def test_the_page_runs(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    run = [code for skipped, code in blocks if not skipped]
    assert len(run) == 3
    # Here and not in a process of its own, which would have to load everything again.
    exec(compile("\n".join(run), "online.md", "exec"), {"__name__": "online"})  # noqa: S102
    assert f"'path': '{folder / 'online-1.sqlite'}'" in capsys.readouterr().out
    assert (tmp_path / "events.html").stat().st_size > 0


def test_what_is_not_run_is_python():
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    codes = [compile(code, "online.md", "exec") for _, code in blocks]
    assert len(codes) > 2


def test_its_figures_are_those_of_the_code():
    from geoevents.places.online import Online  # noqa: PLC0415
    from geoevents.places.online.fetching import LARGEST_BYTES  # noqa: PLC0415

    text = PAGE.read_text(encoding="utf-8")
    online = Online("photon")
    for words in (
        f"count for {online.keep_days:g} days",
        f'"does not know it" for {online.keep_unknown_days:g}',
        f"`retries={online.retries}`",
        f"After {online.failures} failures in a row",
        f"left alone for {online.rest_s:g} s",
        f"`timeout_s={online.timeout_s:g}`",
        f"Answers over {LARGEST_BYTES // 2**20} MB",
    ):
        assert words in text
