"""Colours: who gets which, and whether people can tell them apart."""

import itertools
import math
import random
import re

import numpy as np
import pytest
from matplotlib.colors import CSS4_COLORS

from geoevents.errors import GeoeventsError
from geoevents.maps.colours import alike, hex_colour, variant
from geoevents.maps.style import (
    ACTOR_COLOURS,
    EVENT_STYLES,
    NOBODY_COLOUR,
    PALETTES,
    actor_colours,
    read_actors,
    read_palette,
)

LAND = "#f5f2eb"

# Machado, Oliveira and Fernandes (2009), A Physiologically-based Model for Simulation of Color
# Vision Deficiency, IEEE TVCG 15(6), table of severity 1.0; they act on linear RGB.
VISION = {
    "usual": np.eye(3),
    "protanopia": np.array([
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ]),
    "deuteranopia": np.array([
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ]),
    "tritanopia": np.array([
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ]),
}  # fmt: skip

# IEC 61966-2-1: linear sRGB to CIE XYZ under D65.
XYZ = np.array([
    [0.4124564, 0.3575761, 0.1804375],
    [0.2126729, 0.7151522, 0.0721750],
    [0.0193339, 0.1191920, 0.9503041],
])  # fmt: skip

# Sharma, Wu and Dalal (2005), The CIEDE2000 Color-Difference Formula, table 1.
SHARMA = [
    ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
    ((50, 3.1571, -77.2803), (50, 0, -82.7485), 2.8615),
    ((50, 2.8361, -74.0200), (50, 0, -82.7485), 3.4412),
    ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0000),
    ((50, 0, 0), (50, -1, 2), 2.3669),
    ((50, -1, 2), (50, 0, 0), 2.3669),
    ((50, 2.49, -0.001), (50, -2.49, 0.0009), 7.1792),
    ((50, -0.001, 2.49), (50, 0.0009, -2.49), 4.8045),
    ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
    ((50, 2.5, 0), (73, 25, -18), 27.1492),
    ((50, 2.5, 0), (61, -5, 29), 22.8977),
    ((50, 2.5, 0), (56, -27, -3), 31.9030),
    ((50, 2.5, 0), (58, 24, 15), 19.4535),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


def linear(colour):
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(colour, vision="usual"):
    seen = np.clip(VISION[vision] @ linear(colour), 0, 1)
    ratio = XYZ @ seen / (0.95047, 1.0, 1.08883)
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio * (29 / 6) ** 2 / 3 + 4 / 29)
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def ciede2000(one, other):
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * math.sqrt(mean**7 / (mean**7 + 25**7))
    c1, c2 = math.hypot(a1 * stretch, b1), math.hypot(a2 * stretch, b2)
    h1 = math.degrees(math.atan2(b1, a1 * stretch)) % 360
    h2 = math.degrees(math.atan2(b2, a2 * stretch)) % 360
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    middle = (h1 + h2) / 2 if abs(h1 - h2) <= 180 else ((h1 + h2 + 360) / 2) % 360
    middle = middle if c1 * c2 else h1 + h2
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    t = (
        1
        - 0.17 * math.cos(math.radians(middle - 30))
        + 0.24 * math.cos(math.radians(2 * middle))
        + 0.32 * math.cos(math.radians(3 * middle + 6))
        - 0.20 * math.cos(math.radians(4 * middle - 63))
    )
    rotation = 30 * math.exp(-(((middle - 275) / 25) ** 2))
    rc = 2 * math.sqrt(chroma**7 / (chroma**7 + 25**7))
    dl = (l2 - l1) / (1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2))
    dc = (c2 - c1) / (1 + 0.045 * chroma)
    dh = hue / (1 + 0.015 * chroma * t)
    return math.sqrt(dl**2 + dc**2 + dh**2 - math.sin(math.radians(2 * rotation)) * rc * dc * dh)


def nearest(colours):
    """Each pair's smallest difference in any vision."""
    return {
        (one, other): min(ciede2000(lab(one, v), lab(other, v)) for v in VISION)
        for one, other in itertools.combinations(colours, 2)
    }


def contrast(one, other):
    """WCAG 2.2."""
    dark, light = sorted(float(linear(c) @ (0.2126, 0.7152, 0.0722)) for c in (one, other))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("one", "other", "difference"), SHARMA)
def test_the_measure_of_difference_is_ciede2000(one, other, difference):
    assert ciede2000(one, other) == pytest.approx(difference, abs=5e-5)


def test_the_simulation_leaves_greys_and_confuses_what_it_should():
    for vision in VISION:
        assert lab("#808080", vision) == pytest.approx(lab("#808080"), abs=0.5)
    red, green = "#c04000", "#6d7000"
    assert ciede2000(lab(red), lab(green)) > 35
    assert ciede2000(lab(red, "deuteranopia"), lab(green, "deuteranopia")) < 10


def test_actors_can_be_told_apart_with_any_common_colour_vision():
    # Large areas side by side differ plainly from about 5 on; 8 leaves room for screens and sun.
    assert min(nearest(ACTOR_COLOURS).values()) >= 8
    assert min(nearest([*ACTOR_COLOURS, NOBODY_COLOUR]).values()) >= 6
    assert min(nearest(PALETTES["tol-muted"]).values()) >= 8
    assert min(nearest(PALETTES["okabe-ito"]).values()) >= 8


@pytest.mark.parametrize("colour", [*ACTOR_COLOURS, NOBODY_COLOUR])
def test_a_line_in_an_actors_colour_stands_out_from_the_land(colour):
    assert contrast(colour, LAND) >= 3  # WCAG 2.2, 1.4.11


def test_event_types_of_one_shape_never_rest_on_a_hue_alone():
    alike_types = {}
    for (one, a), (other, b) in itertools.combinations(EVENT_STYLES.items(), 2):
        least = min(ciede2000(lab(a.colour, v), lab(b.colour, v)) for v in VISION)
        if least < 8:
            alike_types[one, other] = (round(least, 1), a.shape == b.shape)
    # The figures are in docs/decisions/0017-colours-of-actors.md; the glyph differs for each type.
    assert alike_types == {
        ("missile strike", "territorial gain"): (6.0, False),
        ("missile strike", "statement"): (4.8, False),
        ("agreement", "other"): (5.1, True),
    }


def test_every_style_differs_in_glyph_and_every_colour_is_hex():
    assert len({s.glyph for s in EVENT_STYLES.values()}) == len(EVENT_STYLES)
    colours = [s.colour for s in EVENT_STYLES.values()]
    assert len(set(colours)) == len(colours)
    palettes = itertools.chain.from_iterable(PALETTES.values())
    assert all(re.fullmatch("#[0-9a-f]{6}", c) for c in [*colours, *palettes])


@pytest.mark.parametrize("name", EVENT_STYLES)
def test_glyphs_stand_out_from_their_marker(name):
    style = EVENT_STYLES[name]
    assert contrast(style.colour, style.ink) >= 4.5  # WCAG 2.2 for text; graphics need 3


def test_actors_keep_their_colours_whatever_the_order():
    assert actor_colours(["b", "a", "b"]) == actor_colours(["a", "b"])
    assert list(actor_colours(["b", "a"])) == ["a", "b"]


def test_a_colour_hangs_on_the_name_alone():
    # Written down once: maps made in other years, with other Pythons, keep them.
    assert actor_colours(["SDF"]) == {"SDF": "#0072b2"}
    assert actor_colours(["ISIS"]) == {"ISIS": "#6a4912"}


def test_spellings_of_a_name_are_one_actor():
    colours = actor_colours(["SDF", "sdf", " Ｓｄｆ  ", "Other"])
    assert colours["SDF"] == colours["sdf"] == colours[" Ｓｄｆ  "]
    assert colours["SDF"] != colours["Other"]


def test_names_of_any_kind_have_a_colour():
    names = ["عشائر دير الزور", "x" * 200, "lone \ud800", "nul \0", "__proto__", " "]
    assert len(set(actor_colours(names).values())) == len(names)


def test_nobody_is_grey_unless_told_otherwise():
    assert actor_colours(["a", ""])[""] == NOBODY_COLOUR
    assert actor_colours([""], pinned={"nobody": "#dddddd"}) == {"": "#dddddd"}
    assert actor_colours([]) == {}


def test_nobody_moves_who_need_not():
    rng = random.Random(0)  # noqa: S311 -- the same names each time
    names = [f"actor {i}" for i in range(60)]
    liked = {name: actor_colours([name])[name] for name in names}
    for _ in range(50):
        there = rng.sample(names, rng.randint(1, 7))
        given = actor_colours(there)
        assert len(set(given.values())) == len(there)
        kept = sum(given[name] == liked[name] for name in there)
        # One actor at most can keep a colour: so many do.
        assert kept == len({liked[name] for name in there})


def test_few_actors_are_not_two_shades_of_one_hue():
    """Two blues, two browns, two plums only where there are more actors than hues."""
    shades = [("#0072b2", "#0592dd"), ("#6a4912", "#92673b"), ("#a8326e", "#b15f8d")]
    rng = random.Random(1)  # noqa: S311 -- the same names each time
    for count in (2, 5, 7):
        for _ in range(30):
            colours = set(actor_colours([f"{rng.random()}" for _ in range(count)]).values())
            assert len(colours) == count
            assert not any(colours.issuperset(pair) for pair in shades)


def test_every_colour_is_used_before_any_comes_again():
    names = [f"a{i}" for i in range(len(ACTOR_COLOURS))]
    assert sorted(actor_colours(names).values()) == sorted(ACTOR_COLOURS)


def test_two_hundred_actors_have_two_hundred_colours():
    colours = actor_colours([f"faction {i}" for i in range(200)])
    assert len(set(colours.values())) == 200
    assert set(ACTOR_COLOURS) <= set(colours.values())
    assert all(re.fullmatch("#[0-9a-f]{6}", c) for c in colours.values())


def test_those_who_hold_ground_together_choose_last():
    alone = ["SDF", "SAA", "ISIS"]
    pairs = [f"{a} / {b}" for a, b in itertools.permutations(alone, 2)]
    with_pairs = actor_colours([*alone, *pairs])
    assert {name: with_pairs[name] for name in alone} == actor_colours(alone)


def test_a_chosen_colour_is_kept_and_nobody_else_has_one_like_it():
    names = [f"a{i}" for i in range(len(ACTOR_COLOURS) - 1)]
    for taken in ACTOR_COLOURS:
        colours = actor_colours([*names, "chosen"], pinned={"CHOSEN": taken})
        assert colours["chosen"] == taken
        assert sorted(colours.values()) == sorted(ACTOR_COLOURS)
    near = actor_colours([*names, "chosen"], pinned={"chosen": "#0373b0"})
    assert "#0072b2" not in near.values()


def test_chosen_names_that_are_not_there_do_nothing():
    assert actor_colours(["a"], pinned={"b": "#ff0000"}) == actor_colours(["a"])


def test_a_palette_of_ones_own():
    assert actor_colours(["x"], palette=["#123"]) == {"x": "#112233"}
    two = actor_colours(["x", "y", "z"], palette=["red", "blue"])
    assert {"#ff0000", "#0000ff"} < set(two.values())
    assert set(actor_colours(["x"], palette="tol-muted").values()) <= set(PALETTES["tol-muted"])
    assert read_palette(None) == ACTOR_COLOURS


@pytest.mark.parametrize("palette", ["viridis", [], (), 5, {"red"}])
def test_another_palette_is_refused(palette):
    with pytest.raises(GeoeventsError, match="'geoevents', 'okabe-ito', 'tol-muted'"):
        read_palette(palette)


def test_all_names_of_css_are_known():
    assert len(CSS4_COLORS) == 148
    for name, colour in CSS4_COLORS.items():
        assert hex_colour(name.upper(), "x") == colour.lower()


@pytest.mark.parametrize(
    "text",
    ["", "#12", "#1234", "#ggg", "#12345678", "rgb(1,2,3)", "red;", "url(x)", "var(--x)", None, 3],
)
def test_another_colour_is_refused_with_the_actors_name(text):
    with pytest.raises(GeoeventsError, match=r"actors\['SDF'\]: .* is no colour"):
        read_actors({"SDF": text})


def test_actors_is_a_dictionary():
    with pytest.raises(GeoeventsError, match="dictionary"):
        read_actors(["SDF"])


def test_variants_are_darker_and_lighter_in_turn():
    light = [lab(variant("#0072b2", again))[0] for again in range(7)]
    assert all(value < light[0] for value in light[1::2])
    assert all(value > light[0] for value in light[2::2])


def test_alike_agrees_with_the_eye():
    assert alike("#d55e00", "#d55e00")
    for palette in PALETTES.values():
        assert not any(alike(a, b) for a, b in itertools.combinations(palette, 2))
