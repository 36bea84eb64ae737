"""A warm kernel for all notebooks of a report: it is started and imports its libraries while the tables are made."""

import math
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from casebook.errors import NotebookError
from casebook.folder import OWN, TEMPORARY, own_folder
from casebook.places import SECONDS
from casebook.report.parameters import Notebook

Execute = Callable[[Notebook, Path, Mapping[str, object]], None]

# What is imported stays: frozen, it is not looked through for garbage by each `reset`, which takes longer than to draw.
_WARM = "import gc\nimport casebook.workbook\nfrom casebook import charts, stats\ngc.freeze()"
_EMPTY = "get_ipython().run_line_magic('reset', '-f')"
_KERNEL = "python3"


@contextmanager
def warm_kernel(
    folder: Path, seconds: float = SECONDS, started: Callable[[Callable[[], None]], None] = lambda kill: None
) -> Iterator[Execute]:
    """Gives a function that executes one notebook into a file. Each notebook starts with empty names.

    The kernel works in `folder`, reads no settings of the user, and ends with the block. The function raises
    NotebookError, also for a notebook that is not finished after so many `seconds`; the executed copy, with the error
    in place, is then in the file. `started` is told how to kill the kernel from another thread.
    """
    from jupyter_client.manager import AsyncKernelManager
    from jupyter_core.utils import run_sync

    with own_folder(TEMPORARY, OWN) as (home, locks):
        own = {"PYTHONHASHSEED": "0", "IPYTHONDIR": str(home), "MPLBACKEND": "agg"}
        own["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
        manager = AsyncKernelManager(
            kernel_name=_KERNEL, transport="ipc", ip=f"{home}/kernel", connection_file=f"{home}/kernel.json"
        )
        run_sync(manager.start_kernel)(
            cwd=str(folder), env={**os.environ, **own}, pass_fds=locks,
            extra_arguments=["--HistoryManager.enabled=False"],
        )
        client = manager.blocking_client()
        client.start_channels(hb=False)  # its heart would begin in a thread, perhaps after the end of a short run
        try:
            client.execute(_WARM, silent=True)
            started(manager.provisioner.process.kill)  # type: ignore[union-attr]
            run: Execute | None = None

            def execute(notebook: Notebook, target: Path, values: Mapping[str, object]) -> None:
                nonlocal run
                empty = partial(client.execute, _EMPTY, silent=True, reply=True, timeout=60)
                run = run or _papermill(manager, empty, seconds, home.name)
                run(notebook, target, values)

            yield execute
        finally:
            client.stop_channels()
            run_sync(manager.shutdown_kernel)(now=True)


def _papermill(manager, prepare: Callable[[], object], seconds: float, engine: str) -> Execute:
    """Execution by papermill in the kernel of `manager`, which `prepare` empties before each notebook.

    One connection serves all of them: a new one would cost each 0.4 s.
    """
    # jsonschema tries this optional module, which takes 0.85 s to import and checks a format that no notebook uses
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    import papermill
    from nbclient.exceptions import CellTimeoutError
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.engines import NBClientEngine, papermill_engines
    from papermill.exceptions import PapermillExecutionError
    from papermill.iorw import write_ipynb

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

    papermill_engines.register(engine, OneConnection)

    def run(notebook: Notebook, target: Path, values: Mapping[str, object]) -> None:
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

    return run
