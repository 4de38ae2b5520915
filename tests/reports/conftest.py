"""Reports of one test module, read at once."""

import pandas as pd
import pytest

import geoevents as ge


@pytest.fixture(scope="session")
def read_together():
    """
    Read texts in one frame: for each its events, as `read_report` gives them.

    To start a reading takes longer than to read a sentence, so modules with hundreds of sentences
    read theirs once.
    """

    def read(texts, published):
        frame = pd.DataFrame({"text": texts, "published": published}).drop_duplicates()
        frame = frame.set_index("text", drop=False)
        assert frame.index.is_unique, "one day for each text"
        events = ge.read_reports(frame, text="text", published="published")
        told = {
            text: own.drop(columns="report").reset_index(drop=True)
            for text, own in events.groupby("report")
        }
        nothing = events.iloc[:0].drop(columns="report")
        return {text: told.get(text, nothing) for text in frame.index}

    return read
