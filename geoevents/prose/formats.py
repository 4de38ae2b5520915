"""Which format a report is written in, told from its text."""

from __future__ import annotations

import re
from typing import Literal

Format = Literal["text", "markdown", "html"]

#: So much of a text is looked at.
_SAMPLE = 20_000
_HTML_START = re.compile(
    r"\ufeff?\s*+(?:<!doctype\s++html|<!--|<\?xml|<(?:html|head|body|article|section|main|div|p|table|ul|h1)[\s>])",
    re.IGNORECASE,
)
_HTML_TAG = re.compile(
    r"</?(?:p|div|br|h[1-6]|li|ul|ol|table|tr|td|article|section|blockquote)(?=[\s/>])",
    re.IGNORECASE,
)
_MANY_TAGS = 3
_MARKDOWN = (
    re.compile(r"^#{1,6} +\S", re.MULTILINE),
    re.compile(r"\]\((?:https?:|/|\#|\.|[a-z])"),
    re.compile(r"^(?:```|~~~)", re.MULTILINE),
    re.compile(r"^\|?[ :]*-{2,}[ :]*\|", re.MULTILINE),
    re.compile(r"^\S[^\n]{0,200}\n(?:={3,}|-{3,})[ \t]*$", re.MULTILINE),
    re.compile(r"\*\*[^\s*][^*\n]{0,300}\*\*"),
)
#: Without one of these there is no Markdown.
_HINTS = ("#", "](", "```", "~~~", "--", "===", "**")


def told_format(text: str) -> Format:
    """
    Tell the format of a text.

    Parameters
    ----------
    text : str
        The text.

    Returns
    -------
    str
        ``html`` if it begins like a page or has several tags, ``markdown`` if it has headings,
        links, code, tables or bold words written so, else ``text``. Lists alone are text: people
        write them so in any.

    Examples
    --------
    >>> told_format("<p>Clashes in <b>Raqqa</b>"), told_format("## Raqqa"), told_format("- Raqqa")
    ('html', 'markdown', 'text')
    """
    text = text[:_SAMPLE]
    if "<" in text and _HTML_START.match(text):
        return "html"
    if any(hint in text for hint in _HINTS) and any(mark.search(text) for mark in _MARKDOWN):
        return "markdown"
    if "<" in text and len(_HTML_TAG.findall(text)) >= _MANY_TAGS:
        return "html"
    return "text"
