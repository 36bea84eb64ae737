"""One warm kernel for all notebooks of a report: it is started and imports its libraries while the tables are made."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from casebook.errors import NotebookError
from casebook.report.parameters import Notebook

Execute = Callable[[Notebook, Path, Mapping[str, object]], None]

_WARM = "import casebook.workbook\nfrom casebook import charts, stats"
_EMPTY = "get_ipython().run_line_magic('reset', '-f')"
_KERNEL = "python3"


@contextmanager
def warm_kernel(folder: Path) -> Iterator[Execute]:
    """Gives a function that executes one notebook into a file. Each notebook starts with empty names.

    The kernel works in `folder`, reads no settings of the user, and ends with the block. The function raises
    NotebookError; the executed copy, with the error in place, is then in the file.
    """
    from jupyter_client.manager import AsyncKernelManager
    from jupyter_core.utils import run_sync

    with tempfile.TemporaryDirectory(prefix="casebook-") as home:
        own = {"PYTHONHASHSEED": "0", "IPYTHONDIR": home, "MPLBACKEND": "agg", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
        manager = AsyncKernelManager(
            kernel_name=_KERNEL, transport="ipc", ip=f"{home}/kernel", connection_file=f"{home}/kernel.json"
        )
        run_sync(manager.start_kernel)(
            cwd=str(folder), env={**os.environ, **own}, extra_arguments=["--HistoryManager.enabled=False"]
        )
        client = manager.blocking_client()
        client.start_channels()
        try:
            client.execute(_WARM, silent=True)
            run: Execute | None = None

            def execute(notebook: Notebook, target: Path, values: Mapping[str, object]) -> None:
                nonlocal run
                run = run or _papermill(manager, lambda: client.execute(_EMPTY, silent=True, reply=True, timeout=60))
                run(notebook, target, values)

            yield execute
        finally:
            client.stop_channels()
            run_sync(manager.shutdown_kernel)(now=True)


def _papermill(manager, prepare: Callable[[], object]) -> Execute:
    """Execution by papermill in the kernel of `manager`, which `prepare` empties before each notebook.

    One connection serves all of them: a new one would cost each 0.4 s.
    """
    # jsonschema tries this optional module, which takes 0.85 s to import and checks a format that no notebook uses
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    import papermill
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.engines import NBClientEngine, papermill_engines
    from papermill.exceptions import PapermillExecutionError

    class OneConnection(NBClientEngine):
        connection = None

        @classmethod
        def execute_managed_notebook(cls, nb_man, kernel_name, **options):
            client = PapermillNotebookClient(
                nb_man, km=manager, kernel_name=kernel_name, timeout=None, record_timing=False
            )
            client.kc = cls.connection
            client.execute()
            cls.connection = client.kc

    papermill_engines.register("casebook", OneConnection)

    def run(notebook: Notebook, target: Path, values: Mapping[str, object]) -> None:
        name = notebook.path.name
        try:
            prepare()
            papermill.execute_notebook(
                str(notebook.path), str(target), dict(values), engine_name="casebook", kernel_name=_KERNEL,
                progress_bar=False, request_save_on_cell_execute=False, cwd=str(notebook.path.parent),
            )  # fmt: skip
        except PapermillExecutionError as error:
            cell = error.source.strip().split("\n")[0]
            raise NotebookError(f"{name}: {error.ename}: {error.evalue} (in the cell that begins {cell!r})") from error
        except Exception as error:  # a kernel that died, a file that nbformat refuses: in the words of whichever met it
            raise NotebookError(f"{name}: {type(error).__name__}: {error}") from error

    return run
