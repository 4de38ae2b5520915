"""The browser modules' own tests, run by Node.js where there is one."""

import json
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
CHECKS = Path(__file__).parents[2] / "tools" / "frontend"


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


def test_joining_drops_comments_and_nothing_else():
    def code(text):
        return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)

    joined = set(map(str.strip, code(program()).splitlines()))
    for name, path in OURS.items():
        for line in map(str.strip, code(path.read_text("utf-8")).splitlines()):
            if line and not line.startswith(("//", "import ", "export {")):
                assert line.removeprefix("export ") in joined, f"{name}: {line}"


def test_every_module_is_joined_once_and_after_what_it_imports():
    joined = re.findall(r'^modules\["([\w./-]+)"\] =', program(), re.MULTILINE)
    assert joined == list(order())
    assert sorted(set(joined) - {"vendor/clipper.js", "vendor/geodesic.js"}) == sorted(OURS)
    for position, name in enumerate(joined):
        for target in re.findall(
            r'^import .* from "([^"]+)";', MODULES[name].read_text("utf-8"), re.MULTILINE
        ):
            found = (MODULES[name].parent / target).resolve().relative_to(ASSETS.resolve())
            assert found.as_posix() in joined[:position]


def test_no_module_writes_markup():
    for path in OURS.values():
        source = path.read_text("utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", source
        )


def test_the_checks_are_pinned_and_say_no_address():
    wanted = json.loads((CHECKS / "package.json").read_text("utf-8"))["devDependencies"]
    text = (CHECKS / "package-lock.json").read_text("utf-8")
    packages = json.loads(text)["packages"]
    for name, version in wanted.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
        assert packages[f"node_modules/{name}"]["version"] == version
    assert all("integrity" in entry for name, entry in packages.items() if name)
    assert not re.search(r"://|\bresolved\b|\.(com|dev|io|net|org)\b", text)
