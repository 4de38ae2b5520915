"""The elements of HTML, by what they mean to a reader."""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Begin and end a paragraph.
BLOCKS = _names(
    """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main
    menu nav ol option optgroup p pre search section select summary table tbody td tfoot th thead
    tr ul
    """
)
#: Have no end.
VOID = _names("area base basefont br col embed frame hr img input link meta param source track wbr")
#: Never a part of what is told. A caption is of its picture's day, not of the report's.
UNREAD = _names(
    """
    aside audio button canvas dialog figcaption footer iframe map math menu nav noembed noframes
    noscript object script select style svg template textarea video xmp
    """
)
#: Nor what plays one of these parts.
UNREAD_ROLES = _names(
    "alertdialog banner complementary contentinfo dialog menu menubar navigation search"
)
#: What the beginning of an element ends, if that was left open just before.
ENDED_BY = {
    "li": ("li",),
    "p": ("p",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "tr": ("td", "th", "tr"),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "option": ("option",),
}
