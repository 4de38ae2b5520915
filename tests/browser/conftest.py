"""A real Chromium without network, where there is one."""

import shutil

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_HARMLESS = ("data:", "blob:", "file:", "about:")


@pytest.fixture(scope="session")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    executable = next(filter(None, map(shutil.which, _NAMES)), None)
    if executable is None:
        pytest.skip(f"needs a browser: none of {', '.join(_NAMES)} is installed")
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-gpu"]
        )
        yield running
        running.close()


class Visit:
    """A page, and what went wrong in it."""

    def __init__(self, page):
        self.page = page
        self.errors = []
        self.dialogs = []
        self.requests = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._on_console)
        page.on("dialog", self._on_dialog)
        page.on("request", lambda request: self.requests.append(request.url))

    def _on_console(self, message):
        # Tiles that cannot load say so; nothing else may.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.errors.append(message.text)

    def _on_dialog(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    @property
    def online(self):
        """Requests that would have left the machine."""
        return [url for url in self.requests if not url.startswith(_HARMLESS)]

    def rested(self):
        """Wait until the map has drawn what it was asked to."""
        self.page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )

    def app(self, expression):
        """Evaluate JavaScript in which ``app`` is the map's own object."""
        return self.page.evaluate(f"() => {{ const app = window[{APP}]; return {expression}; }}")


APP = "Object.keys(window).find((name) => name.startsWith('event_layer_'))"


@pytest.fixture
def visit(browser, tmp_path):
    """Open a map, all network blocked; returns its page and what went wrong."""
    contexts = []

    def open_map(shown, width=1400, height=900, **options):
        path = tmp_path / f"map{len(contexts)}.html"
        shown.save(path)
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        context.route(
            lambda url: not url.startswith(_HARMLESS), lambda route: route.abort("failed")
        )
        visited = Visit(context.new_page())
        visited.page.goto(path.as_uri())
        visited.page.evaluate(f"async () => {{ await window[{APP}].ready; }}")
        visited.rested()
        return visited

    yield open_map
    for context in contexts:
        context.close()
