"""The article beside a map: paragraphs, levels, and the words of each event."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point

import geoevents as ge
from geoevents.errors import GeoeventsError
from geoevents.maps import event_map
from geoevents.maps.article import columns
from geoevents.maps.layers import layers
from geoevents.prose import Document

PLAIN = (
    "Bridge falls in Tarsan\n"
    "\n"
    "Rebels took the bridge at Tarsan on Monday. Shells hit Ober.\n"
    "\n"
    "The army said nothing."
)


def events(spans, *, starts=None, points=None):
    count = len(spans)
    frame = {"event_type": ["protest"] * count, "spans": spans}
    if starts:
        frame["start"] = pd.to_datetime(starts)
    points = points or [Point(i, 0) for i in range(count)]
    return gpd.GeoDataFrame(frame, geometry=points, crs=4326)


def packed(article, frame=None, kind=None):
    return layers(frame, article=article, article_format=kind).tree["article"]


def utf16(text, start, end):
    """The part of a text that a browser cuts out."""
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le")


def words(tree):
    """Each range: the row of its event, and its words as a browser reads them."""
    texts = tree["paragraphs"].values  # noqa: PD011 -- not a frame
    ranges = zip(
        *(tree[name].tolist() for name in ("row", "paragraph", "start", "end")), strict=True
    )
    return [(row, utf16(texts[p], start, end)) for row, p, start, end in ranges]


def span(article, *parts):
    """Where parts stand in an article."""
    found = [article.index(part) for part in parts]
    return "; ".join(f"{at}-{at + len(p)}" for at, p in zip(found, parts, strict=True))


def test_paragraphs_and_the_title():
    tree = packed(PLAIN)
    assert tree["paragraphs"].values == [  # noqa: PD011 -- not a frame
        "Bridge falls in Tarsan",
        "Rebels took the bridge at Tarsan on Monday. Shells hit Ober.",
        "The army said nothing.",
    ]
    assert tree["level"].tolist() == [1, 0, 0]
    assert words(tree) == []


def test_a_title_with_marks_and_wide_spaces_stands_once():
    tree = packed(
        "# Jets  bomb <b>Homs</b> <!-- ]]>\n\nRebels took the bridge at Tarsan on Monday."
    )
    assert tree["level"].tolist()[0] == 1
    assert [text for text in tree["paragraphs"].values if "Jets" in text] == [  # noqa: PD011
        tree["paragraphs"].values[0]  # noqa: PD011
    ]


def test_words_of_each_event():
    spans = [span(PLAIN, "Bridge falls", "Rebels took the bridge"), None, span(PLAIN, "Shells hit")]
    assert words(packed(PLAIN, events(spans))) == [
        (0, "Bridge falls"), (0, "Rebels took the bridge"), (2, "Shells hit"),
    ]  # fmt: skip


def test_words_follow_the_order_of_the_map():
    spans = [span(PLAIN, part) for part in ("Bridge falls", "Rebels took", "Shells hit", "said")]
    # The map's order is by date, with those without a place behind: rows 2, 0, 1 and 3.
    frame = events(
        spans,
        starts=["2020-01-02", "2020-01-01", "2020-01-01", "2020-01-03"],
        points=[Point(0, 0), None, Point(2, 0), None],
    )
    told = words(packed(PLAIN, frame))
    assert told == [(0, "Shells hit"), (1, "Bridge falls"), (2, "Rebels took"), (3, "said")]


def test_a_range_over_paragraphs_is_cut_and_ranges_that_touch_are_one():
    start, end = PLAIN.index("Shells"), PLAIN.index(" said")
    told = words(packed(PLAIN, events([f"{start}-{end}"])))
    assert told == [(0, "Shells hit Ober."), (0, "The army")]
    at = PLAIN.index("Rebels")
    told = words(packed(PLAIN, events([f"{at}-{at + 11}; {at + 6}-{at + 22}"])))
    assert told == [(0, "Rebels took the bridge")]


ASTRAL = "😀😀 Smoke over Tarsan\n\n𝔸 says 🚀 rockets hit 🇸🇾 Ober. 𐎀 It burned."


@pytest.mark.parametrize("part", ["Smoke", "rockets hit 🇸🇾 Ober", "𐎀 It", "😀 Smoke over Tarsan"])
def test_browsers_count_in_utf_16(part):
    assert words(packed(ASTRAL, events([span(ASTRAL, part)]))) == [(0, part)]


LETTERS = st.text("ab. 😀𝔸\u0301\u202e\n", min_size=1)


@given(LETTERS, st.data())
def test_a_browser_reads_the_characters_that_were_meant(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    frame = pd.DataFrame({"spans": [f"{start}-{end}"]})
    told = [part for _, part in words(columns(Document.read(text), frame))]
    # All of it in the order of the text: what is left out stands between paragraphs.
    assert all(told)
    meant, at = text[start:end], 0
    for part in told:
        at = meant.index(part, at) + len(part)
    assert [c for c in "".join(told) if c in "ab😀𝔸"] == [c for c in meant if c in "ab😀𝔸"]


HTML = (
    "<!doctype html><html><head><title>Bridge falls in Tarsan</title></head><body><nav>Home</nav>"
    "<article><h1>Bridge falls in Tarsan</h1><p>Rebels <b>took</b> the bridge &amp; the road at "
    "Tarsan on Monday, said people who live close to it.</p><h2>What came before</h2><p>Shells "
    "hit <a href='javascript:alert(1)'>Ober</a>, a town up the river, for all of the week.</p>"
    "<ul><li>One of them</li><li>Another of them</li></ul><p>The army said nothing about all of "
    "that, and nobody else did.</p></article></body></html>"
)


def test_a_web_page_is_what_a_reader_reads():
    frame = events(
        [
            span(HTML, "Rebels <b>took</b> the bridge &amp; the road"),
            span(HTML, "Ober</a>"),
            span(HTML, "Home"),
        ]
    )
    tree = packed(HTML, frame)
    assert words(tree) == [(0, "Rebels took the bridge & the road"), (1, "Ober")]
    texts = tree["paragraphs"].values  # noqa: PD011 -- not a frame
    assert texts[0] == "Bridge falls in Tarsan"
    assert texts[2] == "What came before"
    # The items of a list are short, too, but no headings.
    assert tree["level"].tolist() == [1, 0, 2, 0, 0, 0, 0]


def test_markdown():
    text = "# Bridge falls\n\nRebels **took** it.\n\n## Before\n\nShells hit Ober.\n"
    tree = packed(text, events([span(text, "Rebels **took** it")]))
    assert words(tree) == [(0, "Rebels took it")]
    assert tree["level"].tolist() == [1, 0, 2, 0]


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        (None, "Rebels *took* Ober <b>twice</b>."),
        ("text", "Rebels *took* Ober <b>twice</b>."),
        ("markdown", "Rebels took Ober twice."),
        ("html", "Rebels *took* Ober twice."),
    ],
)
def test_an_article_is_what_it_is_said_to_be(kind, shown):
    text = "Rebels *took* Ober <b>twice</b>."
    tree = packed(text, events([span(text, "Ober", "twice")]), kind)
    assert tree["paragraphs"].values == [shown]  # noqa: PD011 -- not a frame
    assert words(tree) == [(0, "Ober"), (0, "twice")]


@pytest.mark.parametrize("spans", ["", " ; ", None, np.nan, pd.NA])
def test_an_event_may_have_no_words(spans):
    assert words(packed(PLAIN, events([spans, "0-6"]))) == [(1, "Bridge")]


def test_an_article_without_events_or_spans():
    assert words(packed(PLAIN, events(["0-6"]).drop(columns="spans"))) == []
    tree = packed("")
    assert (tree["paragraphs"].values, tree["level"].tolist()) == ([], [])  # noqa: PD011 -- as above
    assert "article" not in layers(events(["0-6"])).tree


@pytest.mark.parametrize(
    "spans", ["12", "a-b", "5-5", "9-3", "-3-5", "1-2, 4-6", "1–2", 12.0, "١-٢"]
)
def test_spans_that_cannot_be_read(spans):
    frame = events(["0-6", spans]).set_index(pd.Index(["one", "two"]))
    with pytest.raises(GeoeventsError, match=r"row 'two': spans='.+' is no list of ranges"):
        event_map(frame, article=PLAIN, basemap=None)
    # Without an article it is a column like any other.
    event_map(frame, basemap=None)


def test_a_wrong_value_is_shown_in_part():
    with pytest.raises(GeoeventsError, match=r"spans='x{60}…' is no list"):
        packed(PLAIN, events(["x" * 1000]))


def test_spans_of_another_article():
    with pytest.raises(GeoeventsError, match=f"beyond the article, which has {len(PLAIN)} char"):
        packed(PLAIN, events(["0-6", f"3-{len(PLAIN) + 1}"]))


OTHER = "The harvest was good this year. " * 20


def test_spans_of_another_longer_article():
    frame = events(["0-6; 24-46", "68-82", None])
    frame["quote"] = ["Bridge falls … Rebels took the  bridge", "Shells hit Ober.", "Else"]
    assert len(words(packed(PLAIN, frame))) == 3
    with pytest.raises(GeoeventsError, match="of 2 of 2 events, the words that spans gives are"):
        packed(OTHER, frame)
    # Nothing can be said without quotes, and most of them decide.
    assert packed(OTHER, frame.assign(quote=None))
    frame["quote"] = ["BRIDGE", "Somebody else's words", "Else"]
    assert packed(PLAIN, frame)


def test_quotes_of_a_web_page_are_without_markup():
    frame = events([span(HTML, "Rebels <b>took</b> the bridge &amp; the road")])
    assert packed(HTML, frame.assign(quote="Rebels took the bridge & the road at Tarsan"))


@pytest.mark.parametrize(
    ("kind", "shown", "marked"),
    [
        ("text", "Shelling killed *three people* in Avdiivka.", "Shelling killed *"),
        (
            "markdown",
            "Shelling killed three people in Avdiivka.",
            "Shelling killed three people in Avdiivka",
        ),
    ],
)
def test_a_report_read_in_a_format_is_shown_in_it(kind, shown, marked):
    text = "Shelling killed *three people* in Avdiivka."
    read = ge.read_report(text, published="2023-10-11", format=kind)
    tree = packed(text, read, kind)
    assert tree["paragraphs"].values == [shown]  # noqa: PD011 -- not a frame
    assert words(tree) == [(0, marked)]


def test_a_format_of_an_article_that_is_none():
    with pytest.raises(GeoeventsError, match="format 'pdf' is none that reports are read in"):
        event_map(article=PLAIN, article_format="pdf", basemap=None)


@pytest.mark.parametrize("name", ["x.md", "some folder/article.TXT", " ../a.html\n"])
def test_a_file_name_is_no_article(name):
    with pytest.raises(GeoeventsError, match="looks like the name of a file: pass the text"):
        packed(name, events(["0-60"]))
    assert packed(f"They wrote this in\n\n{name}")


@pytest.mark.parametrize("article", [b"Bridge", 3, ["Bridge"], pd.Series(["Bridge"])])
def test_an_article_is_text(article):
    with pytest.raises(GeoeventsError, match=f"article is {type(article).__name__}, not text"):
        event_map(article=article, basemap=None)


@pytest.mark.parametrize(
    "text", ["\0", "\ud800", "a" * 100_000, "[" * 100_000, "\n" * 1000, "\u202e\u2066 \ufeff"]
)
def test_strange_articles(text):
    frame = events([f"0-{len(text)}"])
    shown = event_map(frame, article=text, basemap=None)
    assert shown.get_root().render()
