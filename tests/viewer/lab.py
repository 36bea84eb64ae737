"""A JupyterLab of its own, with private settings, and a Chromium that looks at it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

_QUIET = {
    ("notebook-extension", "tracker"): '{"windowingMode":"none"}',
    ("apputils-extension", "notification"): '{"fetchNews":"false","checkForUpdates":false}',
    ("apputils-extension", "themes"): '{"theme":"JupyterLab THEME"}',
}
_OPEN = """async path => {
    await window.jupyterapp.restored; await window.jupyterapp.commands.execute('docmanager:open', {path}); }"""
_READY = """async () => {
    const shown = window.jupyterapp.shell.currentWidget;
    await shown.revealed; await shown.context.ready; await shown.sessionContext.ready;
    await shown.sessionContext.session.kernel.info; }"""
_RUN = """async () => Promise.race([window.jupyterapp.commands.execute('notebook:run-all-cells'),
    new Promise((_, reject) => setTimeout(() => reject('run-all timed out'), 120000))])"""
_RESTART = """async () => {
    const session = window.jupyterapp.shell.currentWidget.sessionContext;
    await session.restartKernel(); await session.session.kernel.info; }"""
_CLOSE = """async () => {
    const shown = window.jupyterapp.shell.currentWidget;
    await shown.sessionContext.shutdown(); await shown.context.save(); shown.dispose(); }"""


def _environment(home: Path, theme: str) -> dict[str, str]:
    for (plugin, name), text in _QUIET.items():
        folder = home / "settings" / "@jupyterlab" / plugin
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.jupyterlab-settings").write_text(text.replace("THEME", theme))
    names = {"CONFIG": "config", "DATA": "data", "RUNTIME": "runtime"}
    own = {f"JUPYTER_{name}_DIR": str(home / folder) for name, folder in names.items()}
    labs = {f"JUPYTERLAB_{name.upper()}_DIR": str(home / name) for name in ("settings", "workspaces")}
    return {**os.environ, **own, **labs, "JUPYTER_PLATFORM_DIRS": "1", "IPYTHONDIR": str(home / "ipython")}


@contextmanager
def lab(home: Path, work: Path, theme: str = "Light"):
    """The address of a JupyterLab on the folder `work`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = [
        "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0",
        "--IdentityProvider.token=tok", "--LabApp.extension_manager=readonly", "--LabApp.expose_app_in_browser=True",
    ]  # fmt: skip
    with (home / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options, str(work)], env=_environment(home, theme),
            stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        _await(f"http://127.0.0.1:{port}/api?token=tok")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def _await(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("JupyterLab did not start")


class Opened:
    """One browser tab on one JupyterLab."""

    def __init__(self, page, address: str):
        self.page, self.address = page, address
        self.requests: list[str] = []
        self.alerts: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("dialog", lambda dialog: (self.alerts.append(dialog.message), dialog.dismiss()))

    def run(self, notebook: str) -> list[dict]:
        """Open a notebook, run every cell, and return the outputs."""
        if not self.page.url.startswith(self.address):
            self.page.goto(f"{self.address}/lab?reset&token=tok")
            self.page.wait_for_function("() => window.jupyterapp?.restored", timeout=60_000)
        self.page.evaluate(_OPEN, notebook)
        return self.again()

    def again(self) -> list[dict]:
        self.page.evaluate(_READY)  # run-all called before the kernel is known never resolves
        self.page.evaluate(_RUN)
        cells = "window.jupyterapp.shell.currentWidget.context.model.toJSON().cells"
        return self.page.evaluate(f"() => {cells}.flatMap(cell => cell.outputs || [])")

    def restart(self) -> None:
        self.page.evaluate(_RESTART)

    def close(self) -> None:
        self.page.evaluate(_CLOSE)
