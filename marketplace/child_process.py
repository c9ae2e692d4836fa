"""What strangers send is decoded in a child process, limited in memory, time and disk.

The module that decodes is run by itself: it reads from its input and writes to its
output, and nothing that a crafted file makes of it reaches the site's own process.
"""

import resource
import subprocess
import sys
from pathlib import Path

SECONDS = 10
MOST_MEMORY = 1024 * 1024 * 1024
ROOT = Path(__file__).resolve().parents[1]


class ChildFailed(Exception):
    """The child gave up; `code` is its exit code, None where it took too long."""

    def __init__(self, code: int | None = None) -> None:
        super().__init__(code)
        self.code = code


def run_apart(module: str, data: bytes) -> bytes:
    """What a module's `main` writes when it is given these bytes, or `ChildFailed`."""
    try:
        child = subprocess.run(  # noqa: S603 - our own module, named by our own code
            [sys.executable, "-m", module],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT)},
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise ChildFailed from None
    except subprocess.CalledProcessError as error:
        raise ChildFailed(error.returncode) from None
    return child.stdout


def limit_this_process() -> None:
    """Called by the child before it looks at anything."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
