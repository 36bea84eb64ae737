"""A kernel that is a fork of this process, and papermill to execute notebooks in it."""

import math
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from casebook.errors import NotebookError
from casebook.report.parameters import Notebook

Execute = Callable[[Notebook, Path, Mapping[str, object]], None]

_EMPTY = "get_ipython().run_line_magic('reset', '-f')"
_KERNEL = "python3"


class Kernel:
    """The process of a kernel, with the methods of subprocess.Popen that its manager asks for."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, connection: str):
        self.pid, self.connection = pid, connection
        self._ended: int | None = None
        self._one_at_a_time = Lock()

    def poll(self) -> int | None:
        return self._waited(os.WNOHANG)

    def wait(self, timeout: float | None = None) -> int | None:
        return self._waited(0)

    def send_signal(self, number: int) -> None:
        """To the kernel and what its notebooks have started."""
        if self.poll() is None:
            try:
                os.killpg(self.pid, number)
            except ProcessLookupError:  # it has just begun, and is still in our group
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)
        self.wait()

    terminate = kill

    def _waited(self, how: int) -> int | None:
        with self._one_at_a_time:
            if self._ended is None and (status := os.waitpid(self.pid, how))[0]:
                self._ended = os.waitstatus_to_exitcode(status[1])
            return self._ended


def fork(folder: Path, home: Path, closed: Iterable[BinaryIO]) -> Kernel:
    """A new kernel that has all that is imported here. It works in `folder`, reads no settings of the user, and keeps
    its own files in `home`.

    It does not have the files in `closed`. To be called before any thread begins.
    """
    from ipykernel.kernelapp import IPKernelApp
    from jupyter_client.connect import write_connection_file
    from jupyter_client.session import new_id_bytes

    home.mkdir()
    connection = str(home / "kernel.json")
    write_connection_file(connection, ip=str(home / "kernel"), key=new_id_bytes(), transport="ipc", kernel_name=_KERNEL)
    parent = os.getpid()
    if pid := os.fork():
        return Kernel(pid, connection)
    try:
        os.setsid()
        if os.getppid() != parent:
            os._exit(1)
        for file in closed:
            file.close()
        os.chdir(folder)
        os.environ["IPYTHONDIR"] = str(home)
        ends_with = f"--IPKernelApp.parent_handle={parent}"
        IPKernelApp.launch_instance(["-f", connection, ends_with, "--HistoryManager.enabled=False"])
    finally:
        os._exit(1)


def executor(kernel: Kernel, seconds: float) -> Execute:
    """A function that executes one notebook into a file. Each notebook starts with empty names.

    The function raises NotebookError, also for a notebook that is not finished after so many `seconds`; the executed
    copy, with the error in place, is then in the file. One connection serves all notebooks: a new one would cost each
    0.4 s.
    """
    # jsonschema tries this optional module, which takes 0.85 s to import and checks a format that no notebook uses
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    import papermill
    from jupyter_client.manager import AsyncKernelManager
    from jupyter_client.provisioning import LocalProvisioner
    from nbclient.exceptions import CellTimeoutError
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.engines import NBClientEngine, papermill_engines
    from papermill.exceptions import PapermillExecutionError
    from papermill.iorw import write_ipynb

    manager = AsyncKernelManager(kernel_name=_KERNEL, connection_file=kernel.connection)
    manager.load_connection_file()
    manager.provisioner = LocalProvisioner(parent=manager, kernel_id="", kernel_spec=manager.kernel_spec)
    manager.provisioner.process = kernel  # type: ignore[assignment]
    client = manager.blocking_client()
    client.start_channels(hb=False)  # its heart would begin in a thread, perhaps after the end of a short run
    prepare = partial(client.execute, _EMPTY, silent=True, reply=True, timeout=60)

    class OneConnection(NBClientEngine):
        connection = None
        notebook = None  # as far as it was executed

        @classmethod
        def execute_managed_notebook(cls, nb_man, kernel_name, **options):
            cls.notebook, end = nb_man.nb, time.monotonic() + seconds
            client = PapermillNotebookClient(
                nb_man, km=manager, kernel_name=kernel_name, record_timing=False,
                timeout_func=lambda cell: max(1, math.ceil(end - time.monotonic())),
            )  # fmt: skip
            client.kc = cls.connection
            client.execute()
            cls.connection = client.kc

    engine = kernel.connection
    papermill_engines.register(engine, OneConnection)

    def execute(notebook: Notebook, target: Path, values: Mapping[str, object]) -> None:
        name = notebook.path.name
        try:
            prepare()
            papermill.execute_notebook(
                str(notebook.path), str(target), dict(values), engine_name=engine, kernel_name=_KERNEL,
                progress_bar=False, request_save_on_cell_execute=False,
            )  # fmt: skip
        except PapermillExecutionError as error:
            cell = error.source.strip().split("\n")[0]
            raise NotebookError(f"{name}: {error.ename}: {error.evalue} (in the cell that begins {cell!r})") from error
        except CellTimeoutError as error:
            write_ipynb(OneConnection.notebook, str(target))
            raise NotebookError(f"{name}: not finished after {seconds:g} s; --notebook-seconds allows more") from error
        except Exception as error:  # a kernel that died, a file that nbformat refuses: in the words of whichever met it
            raise NotebookError(f"{name}: {type(error).__name__}: {error}") from error

    return execute
