"""The examples run as they stand, and what is committed of their output is true."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat

import geoevents as ge

FOLDER = Path(__file__).parents[1] / "examples" / "deir_ezzor_2017"
NOTEBOOK = FOLDER / "deir_ezzor_2017.ipynb"
# In a process of its own, since Jupyter leaves sockets open; they are in a folder, not on ports, so
# that they work without any network, loopback included.
RUN = """
import sys
from pathlib import Path
import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

path, folder = Path(sys.argv[1]), Path(sys.argv[2])
notebook = nbformat.read(path, as_version=4)
kernel = AsyncKernelManager(kernel_name="python3", transport="ipc", ip=str(folder / "kernel"))
resources = {"metadata": {"path": str(path.parent)}}
NotebookClient(notebook, km=kernel, timeout=120, resources=resources).execute()
nbformat.write(notebook, folder / path.name)
"""
AREA = "300.0 km2 drawn, 250 to 350 km2 meant"


def printed(notebook):
    return [
        output["text"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output["output_type"] == "stream"
    ]


def test_the_script_makes_the_map(tmp_path):
    page = tmp_path / "map.html"
    result = subprocess.run(
        [sys.executable, "-W", "error", str(FOLDER / "make_map.py"), str(page)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    assert "SDF from ISIS: 300 km2 drawn, 250 to 350 km2 meant" in result.stdout
    assert page.stat().st_size > 100_000


def test_the_notebook_runs(tmp_path):
    result = subprocess.run(
        [sys.executable, "-c", RUN, str(NOTEBOOK), str(tmp_path)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    notebook = nbformat.read(tmp_path / NOTEBOOK.name, as_version=4)
    assert AREA in "".join(printed(notebook))
    assert "text/html" in notebook.cells[-1].outputs[0]["data"]


def test_the_notebook_holds_short_output_and_nothing_of_the_machine():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    assert AREA in "".join(printed(notebook))
    assert NOTEBOOK.stat().st_size < 20_000
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert not any(cell.metadata for cell in notebook.cells)
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert not [word for word in ("/home/", "/root", str(FOLDER)) if word in text]


def test_the_table_says_where_in_words_alone():
    events = ge.read_events(FOLDER / "events.csv")
    assert events.geometry.isna().all()
    assert len(events) == 14
    assert set(events["status"]) == {"reported", "claimed", "disputed", "refused"}
