"""
The browser's part of a map: its ES modules joined into one script, its style sheets into one.

A page opened from disk may not import modules. Each becomes a function with its own scope that
returns what it exports; what a module needs stands before it. No build step, no bundler: the
modules under ``assets`` are what Node.js tests, what the type checker reads, and what runs.
"""

import posixpath
import re
from functools import cache
from importlib import resources

_ENTRY = "app.js"

_STYLES = ("theme", "map", "frame", "popup", "panel", "article", "timebar", "tools")

_IMPORT = re.compile(r'^import (?:\{([^}]*)\}|\* as (\w+)) from "(\.[^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?:async )?(?:function\*?|const|class) (\w+)", re.MULTILINE)
_EXPORT_LIST = re.compile(r"\bexport\s*\{([^}]*)\};?\s*\Z")
_COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*(?:[^*]|\*(?!/))*\*/)[ \t]*\n", re.MULTILINE)


@cache
def asset(name: str) -> str:
    """
    Read a browser asset.

    Parameters
    ----------
    name : str
        Its path within ``assets``.

    Returns
    -------
    str
        Its text.
    """
    return resources.files("geoevents.maps").joinpath("assets", *name.split("/")).read_text("utf-8")


@cache
def styles() -> str:
    """
    Join the style sheets.

    Returns
    -------
    str
        CSS.
    """
    return "\n".join(asset(f"styles/{name}.css") for name in _STYLES)


@cache
def program(leave_out: frozenset[str] = frozenset()) -> str:
    """
    Join the ES modules into one script.

    Parameters
    ----------
    leave_out : frozenset of str, default frozenset()
        Modules that this page will not call, by path: they stand there empty.

    Returns
    -------
    str
        JavaScript that defines ``geoevents``.

    Raises
    ------
    ValueError
        If modules import each other in a circle.
    """
    parts = ["var geoevents = (function () {\n'use strict';\nconst modules = {};\n"]
    for path in order():
        body = "return {};" if path in leave_out else _as_function_body(path)
        parts.append(f'modules["{path}"] = (function () {{\n{body}\n}})();\n')
    parts.append(f'return modules["{_ENTRY}"];\n}})();\n')
    return "".join(parts)


@cache
def order() -> tuple[str, ...]:
    """
    List the modules, each after all that it imports.

    Returns
    -------
    tuple of str
        Their paths within ``assets``.

    Raises
    ------
    ValueError
        If modules import each other in a circle.
    """
    done: dict[str, bool] = {}

    def visit(path: str) -> None:
        if done.get(path):
            return
        if path in done:
            raise ValueError(f"{path} imports itself by way of others")
        done[path] = False
        for _, _, target in _IMPORT.findall(asset(path)):
            visit(_resolved(target, path))
        # Moved to the end: dictionaries keep the order in which keys came.
        del done[path]
        done[path] = True

    visit(_ENTRY)
    return tuple(done)


def _resolved(target: str, importer: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(importer), target))


def _as_function_body(path: str) -> str:
    """Turn a module into statements that end by returning what it exports."""

    def imported(match: re.Match[str]) -> str:
        names, namespace, target = match.groups()
        binding = namespace or "{" + names.replace(" as ", ": ") + "}"
        return f'const {binding} = modules["{_resolved(target, path)}"];'

    source = asset(path)
    exported = {name: name for name in _EXPORT.findall(source)}
    listed = _EXPORT_LIST.search(source)
    if listed:
        for entry in filter(None, listed[1].split(",")):
            local, _, name = entry.strip().partition(" as ")
            exported[name or local] = local
        source = source[: listed.start()]
    source = _COMMENT.sub("", _IMPORT.sub(imported, source))
    source = re.sub(r"^export ", "", source, flags=re.MULTILINE)
    result = ", ".join(f"{name}: {local}" for name, local in exported.items())
    return f"{source}\nreturn {{ {result} }};"
