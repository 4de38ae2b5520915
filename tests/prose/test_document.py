"""Documents in every format: what is read, and where it stands in the original."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.errors import GeoeventsError
from geoevents.prose import Document

PAGES = Path(__file__).parent / "pages"


def paragraphs(text):
    return [" ".join(part.split()) for part in text.split("\n\n")]


def see_positions(document):
    """Every token comes from one place of the source, in order, and leads back to itself."""
    place = 0
    for sentence in document.sentences:
        for token in sentence.tokens:
            assert document.text[token.start : token.end] == token.text
            start, end = document.original(token.start, token.end)
            assert 0 <= start <= end <= len(document.source)
            assert start >= place
            place = start
            back = document.within(start, end)
            if back is None:
                assert start == end
            else:
                assert back[0] <= token.start
                assert back[1] >= token.end


# Plain text


def test_text_is_its_source():
    source = "  Clashes\r\n\r\nin Homs.\n"
    document = Document.read(source)
    assert (document.text, document.source, document.format) == (source, source, "text")
    assert document.original(3, 7) == (3, 7) == document.within(3, 7)


def test_format_must_be_known():
    with pytest.raises(GeoeventsError, match=r"'rtf' is none .* text, markdown, html"):
        Document.read("a", format="rtf")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Clashes in Homs.", "text"),
        ("- Shells fell\n- A mine exploded", "text"),
        ("More than 3 < 5 and #syria * two", "text"),
        ("# 1,200 fled\n\nThe army said so.", "markdown"),
        ("The [army](https://x.org) said so.", "markdown"),
        ("**URGENT** clashes", "markdown"),
        ("Clashes\n=======\n\nIn Homs.", "markdown"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "markdown"),
        ("# Homs\n<div>a</div><p>b</p>", "markdown"),
        ("<!DOCTYPE html><html>", "html"),
        ("\ufeff\n<html lang=en>", "html"),
        ("<!-- saved --><html>", "html"),
        ("<p>Clashes in <b>Homs</b>", "html"),
        ("Clashes<br>in Homs<br/>and Hama<br>", "html"),
        ("He said <quietly> that", "text"),
        ("", "text"),
    ],
)
def test_told_format(text, expected):
    assert Document.read(text).format == expected


# Markdown

MARKDOWN = """# Clashes near *Sake*

Rebels **attacked** the [town of Sake](http://x.org/z "t") on Monday &amp; fled.
The `M23` denied it. ![A map](a.png) Nø one died[^1].

> "We left", he said.

| Place | Dead |
|---|---|
| Sake | 3 |

1. One
2. Two \\* <b>three</b>

<div>Hello <p>there</div>

    A line of code

[^1]: So said the army.
"""


def test_markdown_is_what_a_reader_reads():
    document = Document.read(MARKDOWN)
    assert document.title == "Clashes near Sake"
    assert document.text.split("\n\n") == [
        "Clashes near Sake",
        "Rebels attacked the town of Sake on Monday & fled. The M23 denied it.  Nø one died.",
        '"We left", he said.',
        "Place | Dead",
        "Sake | 3",
        "One",
        "Two * three",
        "Hello",
        "there",
        "A line of code",
        "So said the army.",
    ]
    see_positions(document)


@pytest.mark.parametrize("words", ["attacked", "town of Sake", "M23", "Nø one died", "three"])
def test_markdown_positions(words):
    document = Document.read(MARKDOWN)
    at = document.text.index(words)
    start, end = document.original(at, at + len(words))
    assert MARKDOWN[start:end] == words
    assert document.within(start, end) == (at, at + len(words))


def test_markdown_marks_are_not_in_the_text():
    document = Document.read(MARKDOWN)
    address = MARKDOWN.index("http://x.org/z")
    assert document.within(address, address + 10) is None
    assert document.within(MARKDOWN.index("!["), MARKDOWN.index(" Nø")) is None


def test_settings_of_a_markdown_page_are_not_read():
    document = Document.read("---\ntitle: Old news\n---\n\n# Clashes\n\nIn Homs.")
    assert document.text == "Clashes\n\nIn Homs."


# HTML


def test_piece_of_html():
    source = (
        "<p>Clashes in&nbsp;<b>al-</b>Bab &amp; Raqqa&#8217;s\n  suburbs.<br>Two died.</p><p>No"
    )
    document = Document.read(source)
    assert document.text == "Clashes in al-Bab & Raqqa’s suburbs.\nTwo died.\n\nNo"
    at = document.text.index("al-Bab")
    start, end = document.original(at, at + len("al-Bab"))
    assert source[start:end] == "al-</b>Bab"
    assert document.within(start, end) == (at, at + len("al-Bab"))
    at = document.text.index("’s")
    assert source[slice(*document.original(at, at + 2))] == "&#8217;s"
    see_positions(document)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>a<script>if (1<2) '<p>bad'</script>b</p>", "ab"),
        ("<p>a<style>p{}</style><!-- <p>bad --> b", "a b"),
        ("<p hidden>bad<p>good", "good"),
        ("<div style='display: none'>bad</div><p>good", "good"),
        ("<div role=navigation>bad</div><p>good", "good"),
        ("<nav><p>bad</nav><p>good", "good"),
        ("<ul><li>one<li>two</ul>", "one\n\ntwo"),
        ("<table><tr><td>Sake<td>3<tr><td>Goma<td>4</table>", "Sake | 3\n\nGoma | 4"),
        ("<pre>one\ntwo\n\nthree</pre>", "one\ntwo\n\nthree"),
        ("<p>a<br><br>b<br>", "a\n\nb"),
        ("<p title='a > b'>1 < 2 &lt; 3 &unknown; &#x41;&#0;</p>", "1 < 2 < 3 &unknown; A\ufffd"),
        ("<p>Alep&shy;po, Da\u00admascus &zwnj;x</p>", "Aleppo, Damascus \u200cx"),
        ("<p title=don't>it's</p>", "it's"),
        ("<p>one <p", "one <p"),
        ("<p>one <!-- two", "one"),
        ("<p>one<textarea>two", "one"),
        ("<p><svg><title>bad</title></svg>good", "good"),
    ],
)
def test_what_is_read_of_html(source, text):
    document = Document.read(source, format="html")
    assert document.text == text
    see_positions(document)


#: Lines that are no part of the article and that the library keeps; all harmless.
LEFT = {
    "wire": ["Reporting by staff in Orva; writing by L. Maas; editing by P. Quist"],
    "arabic": ["الأحد 5 أيار 2019"],
    "bulletin": [
        (
            "This bulletin is for members only. "
            "Do not forward it without the consent of the secretariat."
        )
    ],
}


@pytest.mark.parametrize("name", ["news", "blog", "old", "wire", "arabic", "bulletin"])
def test_article_of_a_page(name):
    pytest.importorskip("trafilatura")
    source = (PAGES / f"{name}.html").read_text(encoding="utf-8")
    expected = paragraphs((PAGES / f"{name}.txt").read_text(encoding="utf-8").strip())
    document = Document.read(source)
    left = LEFT.get(name, [])
    assert [part for part in paragraphs(document.text) if part not in left] == expected
    headline = "Valley Courier - Truce broken" if name == "old" else expected[0]
    assert document.title == headline
    see_positions(document)


def test_a_page_without_an_article_is_read_whole():
    pytest.importorskip("trafilatura")
    assert Document.read("<html><body><p>Shells hit Homs.</p></body></html>").text == (
        "Shells hit Homs."
    )


def test_a_page_needs_the_library(monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(GeoeventsError, match=r'pip install "geoevents\[html\]"'):
        Document.read("<html><body><p>Shells hit Homs.")
    assert Document.read("<p>Shells hit Homs.</p>").text == "Shells hit Homs."


HOSTILE = {
    "deep": "<div>" * 100_000 + "Shells hit Homs." + "</div>" * 100_000,
    "deep page": f"<html><body>{'<div>' * 50_000}Shells hit Homs.{'</div>' * 50_000}",
    "attribute": f"<p class='{'x' * 1_000_000}'>Shells hit Homs.",
    "unclosed attribute": f"<p>Shells hit Homs.<p {'<a ' * 100_000}='{'>' * 1000}",
    "unclosed comments": f"<p>Shells hit Homs.{'<!--' * 100_000}",
    "unclosed titles": f"<html><p>Shells hit Homs.{'<title>' * 50_000}",
    "ends of nothing": f"<p>{'<b>' * 50_000}{'</i>' * 50_000}Shells hit Homs.",
    "no characters": "<html><body><p>Shells\x00 hit\ud800 \ufffeHoms.</p></body></html>",
    "declared": '<?xml version="1.0" encoding="utf-8"?><html><body><p>Shells hit Homs.</p></html>',
    "entities": f"<p>Shells hit Homs.<p>{'&#' * 10_000}{'&a' * 10_000}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_html(name):
    pytest.importorskip("trafilatura")
    document = Document.read(HOSTILE[name])
    assert document.format == "html"
    assert "Shells" in document.text
    see_positions(document)


@pytest.mark.parametrize(
    "text",
    [
        *("a" * 1_000_000, "(" * 30_000, "\x00" * 100_000, "\ud800x " * 10_000, "😀" * 15_000),
        *("'a " * 15_000, "‘as’ b " * 8_000, "a’ " * 15_000, "„a " * 15_000, '"' * 30_000),
        *("‘a" + "s’ b" * 10_000, "A. " * 15_000, "1," * 100_000, "http://... " * 8_000),
        *("[" * 100_000, "](" * 15_000, "# " * 15_000, "*a" * 15_000, "\u202e\u200f" * 100_000),
    ],
)
def test_hostile_text(text):
    document = Document.read(text)
    see_positions(document)
    assert all(one.start < one.end for one in document.sentences)


PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<b>", "</b>", "<br>", "<li>", "<td>", "<tr>", "</table>", "<table>"),
        *("<nav>", "</nav>", "<a href='x'>", "</a>", "<h1>", "</h1>", "<!--", "-->", "<pre>"),
        *("<script>", "</script>", "<p title='", "'>", "<", ">", "&amp;", "&nbsp;", "&#8217;", "&"),
        *("Homs", "al-Bab", "é", "😀", "\ud800", "\x00", " ", "\n", "\r\n", ".", "“", "*", "_"),
        *("# ", "> ", "[a](b)", "![c](d)", "`e`", "\\*", "| ", "|---|\n", "1. ", "\n\n", "***"),
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(["html", "markdown", "text"]))
def test_positions_in_every_format(source, kind):
    document = Document.read(source, format=kind)
    assert document.source == source
    see_positions(document)


@given(
    st.lists(PIECES, max_size=30).map("".join),
    st.sampled_from(["html", "markdown", "text"]),
    st.integers(0, 80),
    st.integers(0, 80),
)
def test_ranges_there_and_back(source, kind, one, other):
    document = Document.read(source, format=kind)
    start, end = sorted((min(one, len(document.text)), min(other, len(document.text))))
    first, last = document.original(start, end)
    assert 0 <= first <= last <= len(source)
    back = document.within(first, last)
    if start < end and back is not None:
        assert back[0] <= start
        assert end <= back[1]
