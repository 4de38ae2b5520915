"""Draw the fight for Deir ez-Zor, September 2017: run it, then open the page that it names."""

import sys
from pathlib import Path

import geoevents as ge

HERE = Path(__file__).parent


def main(page: Path) -> None:
    """Read the events, give each its geometry, draw them, and say what was found."""
    events = ge.read_events(HERE / "events.csv")
    located = ge.attach(events, country="SY")
    ge.event_map(located, title="Deir ez-Zor, September 2017").save(page)

    for event in located.itertuples():
        print(f"{event.event_id}: {event.explanation if event.geometry else event.problem}")
    gains = located[located["reported_area_km2"].notna()]
    for gain in gains.itertuples():
        print(
            f"{gain.actor} from {gain.target}: {gain.area_km2:.0f} km2 drawn, "
            f"{gain.area_low_km2:.0f} to {gain.area_high_km2:.0f} km2 meant"
        )
    print(f"map: {page}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("deir_ezzor.html"))
