"""The page around a map: one HTML document with every script and style inside it."""

import re
from typing import TYPE_CHECKING, Any

from branca.element import Element, Figure

from geoevents.maps.policy import scripts_in

if TYPE_CHECKING:
    from collections.abc import Callable

_FIXED_ZOOM = re.compile(r',\s*initial-scale=1\.0, maximum-scale=1\.0, user-scalable=no(?=" />)')


class Raw(Element):
    """
    Markup as it stands: branca would compile it as a template.

    Parameters
    ----------
    markup : str
        HTML.
    script : str, optional
        What of it is a script that the page runs.
    """

    def __init__(self, markup: str, script: str | None = None) -> None:
        super().__init__()
        self.markup = markup
        self.script = script

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


class Script(Raw):
    """
    A script that stands in the page.

    Parameters
    ----------
    code : str
        JavaScript, without an end tag in it.
    """

    def __init__(self, code: str) -> None:
        super().__init__(f"<script>{code}</script>", code)


class Page(Figure):
    """
    The document: a language for screen readers, scripts inside the body.

    Parameters
    ----------
    title : str
        The document's title, already escaped.

    Attributes
    ----------
    policy : callable or None
        Given the scripts of the page, says what its Content-Security-Policy is; ``None`` for a page
        without one.
    """

    def __init__(self, title: str) -> None:
        super().__init__(title=title)
        self.policy: Callable[[list[str]], str | None] | None = None
        # It stands before the policy, which has to come before everything else.
        del self.header._children["meta_http"]  # noqa: SLF001 -- branca has no other way

    def render(self, **kwargs: Any) -> str:
        """
        Write the document.

        Parameters
        ----------
        **kwargs
            Passed on to the elements.

        Returns
        -------
        str
            HTML. The policy is the first thing in it after the encoding.
        """
        for child in self._children.values():
            child.render(**kwargs)
        scripts: list[str] = []
        header = _rendered(self.header, scripts, kwargs)
        body = _rendered(self.html, scripts, kwargs)
        script = f"\n{self.script.render(**kwargs)}\n"
        # People who see little zoom the whole page: folium's line would forbid it.
        header = [_FIXED_ZOOM.sub(", initial-scale=1", markup) for markup in header]
        policy = self.policy([*scripts, script]) if self.policy else None
        meta = policy and f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        return "".join(
            [
                '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
                meta or "",
                f"<title>{self.title}</title>\n",
                *header,
                "</head>\n<body>\n",
                *body,
                f"<script>{script}</script>\n</body>\n</html>\n",
            ]
        )

    def _repr_html_(self, **kwargs: Any) -> str:
        """Show the page in a notebook, in a frame with a name for screen readers."""
        framed: str = super()._repr_html_(**kwargs)
        return framed.replace("<iframe srcdoc=", f'<iframe title="{self.title}" srcdoc=', 1)


def _rendered(parent: Element, scripts: list[str], kwargs: dict[str, Any]) -> list[str]:
    """Write the children of an element, each on a line, and note the scripts among them."""
    lines = []
    for child in parent._children.values():  # noqa: SLF001 -- branca has no other way
        markup = child.render(**kwargs)
        if not isinstance(child, Raw):
            scripts.extend(scripts_in(markup))
        elif child.script is not None:
            scripts.append(child.script)
        lines += [markup, "\n"]
    return lines


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
