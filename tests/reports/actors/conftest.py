"""Toponyms by hand, as the finder of places gives them."""

import pytest

from geoevents.places.toponyms import Toponym


def _toponyms(text, places):
    found = []
    for place in places:
        name, about = place.split("=")
        country, kind, sense = [
            *about.split(":"),
            *("populated place", "place")[about.count(":") :],
        ]
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            told = (name, sense, 0, "x", name, kind, country, 0.0, 0.0, 1.0, 0, False, "")
            found.append(Toponym(at, end, *told))
            at = text.find(name, end)
    return sorted(found, key=lambda one: one.start)


@pytest.fixture
def toponyms():
    """Make every mention in a text of places told as ``name=country[:kind[:sense]]``."""
    return _toponyms
