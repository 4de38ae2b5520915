"""Who holds which site when."""

import numpy as np
import pandas as pd

from geoevents.territory.captures.holding import holdings


def table(*rows):
    frame = pd.DataFrame(rows, columns=["label", "date", "actor", "site"])
    frame["date"] = frame["date"].to_numpy(dtype="datetime64[ms]")
    return frame


def test_each_date_has_all_holders():
    held = holdings(
        table(
            ("r", "2017-01-01", "B", 0), ("s", "2017-01-03", "A", 2), ("t", "2017-01-02", "A", 0)
        ),
        3,
    )
    assert held.actors == ["A", "B"]
    assert held.holder.tolist() == [[1, -1, -1], [0, -1, -1], [0, -1, 0]]
    assert held.dates.astype("datetime64[D]").astype(str).tolist() == [
        "2017-01-01",
        "2017-01-02",
        "2017-01-03",
    ]
    date, actor = held.pairs()
    assert date.tolist() == [0, 1, 2]
    assert actor.tolist() == [1, 0, 0]
    assert held.idle == []


def test_dates_on_which_nothing_changes_hands_are_no_dates():
    held = holdings(
        table(
            ("r", "2017-01-01", "A", 0),
            ("s", "2017-01-02", "A", 0),
            ("t", "2017-01-03", "B", 0),
            ("u", "2017-01-03", "A", 0),
            ("v", "2017-01-04", "A", 0),
            ("w", "2017-01-04", "B", 0),
        ),
        1,
    )
    assert held.actors == ["A", "A / B"]
    assert len(held.dates) == 2
    assert [entry["row"] for entry in held.idle] == ["s", "v", "w"]


def test_holders_are_held_to_be_the_same_in_any_order():
    rng = np.random.default_rng(0)
    rows = [
        (str(i), f"2017-01-{d:02d}", "ABC"[a], s)
        for i, (d, a, s) in enumerate(rng.integers((1, 0, 0), (9, 3, 4), (60, 3)).tolist())
    ]
    first = holdings(table(*rows), 5)
    again = holdings(table(*rows[::-1]), 5)
    assert (first.holder == again.holder).all()
    assert first.actors == again.actors
    assert (first.holder[:, 4] == -1).all()
    # The slow way round.
    for day, state in zip(
        first.dates.astype("datetime64[D]").astype(str), first.holder, strict=True
    ):
        for site in range(5):
            past = [r for r in rows if r[3] == site and r[1] <= day]
            last = max((r[1] for r in past), default=None)
            names = sorted({r[2] for r in past if r[1] == last})
            expected = " / ".join(names) or None
            assert (first.actors[state[site]] if state[site] >= 0 else None) == expected
