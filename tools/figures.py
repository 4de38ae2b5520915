"""Draw the pictures of docs/figures.md by running its code: ``python tools/figures.py``."""

import contextlib
import re
from pathlib import Path

_DOCS = Path(__file__).parents[1] / "docs"


def main() -> None:
    """Run each block of the page where its pictures are kept."""
    page = (_DOCS / "figures.md").read_text("utf-8")
    out = _DOCS / "images" / "figures"
    out.mkdir(parents=True, exist_ok=True)
    names: dict[str, object] = {}
    with contextlib.chdir(out):
        for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
            exec(block, names)  # noqa: S102 -- our own page
    for path in sorted(out.iterdir()):
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
