"""What is read from the corpus; `benchmarks/reports.py` prints the whole of it."""

import pandas as pd
import pytest
from report_scoring import SPLITS, Score, match, read_corpus, read_names

import geoevents as ge

pytestmark = pytest.mark.skipif(
    "read_report" not in ge.__all__, reason="reports are not read by this version"
)

#: What the project promises, precision and recall; of reports that tell much in passing, less.
PROMISED = {"dev": (0.85, 0.80), "held out": (0.85, 0.80), "held out, dense": (0.80, 0.62)}


def read(reports):
    """All in one, which takes a tenth of the time that it takes one by one."""
    rows = [(report.text, report.published) for report in reports]
    frame = pd.DataFrame(rows, columns=["text", "published"])
    found = ge.read_reports(frame, text="text", published="published", workers=1)
    return [
        found[found["report"] == row].drop(columns="report").reset_index(drop=True)
        for row in range(len(reports))
    ]


@pytest.fixture(scope="module")
def readings():
    corpora = {split: read_corpus(path) for split, path in SPLITS.items() if split in PROMISED}
    return {split: list(zip(c, read(c), strict=True)) for split, c in corpora.items()}


@pytest.mark.parametrize("split", PROMISED)
def test_one_by_one_they_are_read_alike(readings, split):
    for report, found in readings[split][::25]:
        alone = ge.read_report(report.text, published=report.published)
        pd.testing.assert_frame_equal(
            pd.DataFrame(found), pd.DataFrame(alone), check_like=True, check_dtype=False
        )


@pytest.mark.parametrize("split", PROMISED)
def test_events_are_found_and_few_are_invented(readings, split):
    names, score = read_names(), Score()
    for report, found in readings[split]:
        score.add(match(report, found, names), names)
    precision, recall = PROMISED[split]
    assert score.precision() >= precision
    assert score.recall() >= recall


def test_reports_in_which_nothing_happened_give_next_to_nothing(readings):
    traps = [found for r in readings.values() for report, found in r if report.style == "trap"]
    assert len(traps) >= 15
    assert sum(len(found) > 0 for found in traps) <= len(traps) // 4
