"""The browser modules' own tests, run by Node.js where there is one."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from geoevents.maps.program import order, program

ASSETS = Path(program.__wrapped__.__code__.co_filename).parent / "assets"
MODULES = {path.relative_to(ASSETS).as_posix(): path for path in sorted(ASSETS.rglob("*.js"))}
OURS = {name: path for name, path in MODULES.items() if not name.startswith("vendor/")}
NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None, reason="needs Node.js: the browser modules' unit tests")
@pytest.mark.parametrize(
    "path", sorted(Path(__file__).parent.glob("js/*.mjs")), ids=lambda p: p.name
)
def test_module(path):
    run = subprocess.run(
        [NODE, "--test", path],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHON": sys.executable},
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.skipif(NODE is None, reason="needs Node.js: syntax of the joined script")
def test_the_joined_script_parses(tmp_path):
    path = tmp_path / "program.cjs"
    path.write_text(program(), "utf-8")
    run = subprocess.run([NODE, "--check", path], check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


def test_joining_leaves_no_module_syntax():
    assert not re.search(r"^\s*(import|export) ", program(), re.MULTILINE)


def test_every_module_is_joined_once_and_after_what_it_imports():
    joined = re.findall(r'^modules\["([\w./-]+)"\] =', program(), re.MULTILINE)
    assert joined == list(order())
    assert sorted(set(joined) - {"vendor/clipper.js", "vendor/geodesic.js"}) == sorted(OURS)
    for position, name in enumerate(joined):
        for target in re.findall(r'^import .* from "([^"]+)";', MODULES[name].read_text("utf-8"), re.M):
            found = (MODULES[name].parent / target).resolve().relative_to(ASSETS.resolve())
            assert found.as_posix() in joined[:position]


def test_no_module_writes_markup():
    for path in OURS.values():
        source = path.read_text("utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", source
        )
