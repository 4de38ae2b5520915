"""What is only played, told in a plot or done without arms is no event; beside it real ones are."""

import tomllib
from pathlib import Path

import pytest

import geoevents as ge

_TEXTS = tomllib.loads(Path(__file__).with_name("pretence.toml").read_text(encoding="utf-8"))


def _happened(text: str) -> list[str]:
    events = ge.read_report(text, published="2024-05-06")
    said = ("statement", "agreement", "protest")
    return [kind for kind in events["event_type"] if kind not in said]


@pytest.mark.parametrize("text", _TEXTS["played"])
def test_played(text: str) -> None:
    assert _happened(text) == []


@pytest.mark.parametrize("text", _TEXTS["real"])
def test_real(text: str) -> None:
    assert len(_happened(text)) == 1
