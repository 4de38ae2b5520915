"""The page around a map: one HTML document with every script and style inside it."""

from collections.abc import Iterator
from typing import Any

from branca.element import Element, Figure
from folium.template import Template


class Raw(Element):
    """
    Markup as it stands: branca would compile it as a template.

    Parameters
    ----------
    markup : str
        HTML.
    """

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.markup = markup

    def render(self, **_: Any) -> str:
        """
        Return the markup.

        Parameters
        ----------
        **_
            What branca passes; not used.

        Returns
        -------
        str
            The markup, unchanged.
        """
        return self.markup


class Page(Figure):
    """
    The document: a language for screen readers, scripts inside the body.

    Parameters
    ----------
    title : str
        The document's title, already escaped.
    """

    _template = Template(
        "<!DOCTYPE html>\n"
        '<html lang="en">\n'
        "<head>\n"
        "<title>{{ this.title }}</title>\n"
        "{{ this.header.render(**kwargs) }}\n"
        "</head>\n"
        "<body>\n"
        "{{ this.html.render(**kwargs) }}\n"
        "<script>\n"
        "{{ this.script.render(**kwargs) }}\n"
        "</script>\n"
        "</body>\n"
        "</html>\n"
    )

    def __init__(self, title: str) -> None:
        super().__init__(title=title)


def name_after(digest: str, *elements: Element) -> None:
    """
    Give elements names that depend on what is shown: branca's are random.

    Parameters
    ----------
    digest : str
        What the names end in.
    *elements : branca.element.Element
        The elements to name, before they are added to anything.
    """
    for element in elements:
        element._id = digest  # noqa: SLF001 -- branca has no other way


def descendants(element: Element) -> Iterator[Element]:
    """
    Go through everything that was added to an element, at any depth.

    Parameters
    ----------
    element : branca.element.Element
        A map, say.

    Yields
    ------
    branca.element.Element
        Children, their children, and the icons of markers.
    """
    for child in element._children.values():  # noqa: SLF001 -- branca has no other way
        yield child
        yield from descendants(child)
        icon = getattr(child, "icon", None)
        if isinstance(icon, Element):
            yield icon
