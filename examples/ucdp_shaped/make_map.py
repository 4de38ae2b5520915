"""Draw events that come in UCDP GED's layout: run it, then open the page that it names."""

import sys
import warnings
from pathlib import Path

import geoevents as ge

HERE = Path(__file__).parent


def main(page: Path) -> None:
    """Read the events, say what became of UCDP's codes, and draw them."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        events = ge.read_events(HERE / "events.csv")
    print(f"read as {events.attrs['read']['format']}: {len(events)} events")
    for warning in said:
        print("told:", str(warning.message).partition(": ")[2])
    for event in events.itertuples():
        print(
            f"{event.event_id}: {event.event_type}, {event.actor} against {event.target}; "
            f"{event.start:%d} to {event.end:%d %B %Y}, known to the {event.date_precision}; "
            f"within {event.uncertainty_m / 1000:.0f} km of {event.place}"
        )
    ge.event_map(ge.attach(events), title="Deir ez-Zor, in UCDP GED's layout").save(page)
    print(f"map: {page.name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("ucdp_shaped.html"))
