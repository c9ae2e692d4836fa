"""What the processes of a site with many listings hold in memory (F-18).

    python tests/benchmarks/memory.py [--listings 10000] [--requests 300]

Makes a site of its own in a temporary folder, runs two web workers behind one preloaded
gunicorn and the background worker, asks for pages, and prints the proportional set size
(PSS, Linux) of each. See README.md.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("/en/listings/", "/he/listings/?q=a", "/ar/", "/en/listings/?page=3")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listings", type=int, default=10_000)
    parser.add_argument("--requests", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "VAR_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
            "DEBUG": "0",
            "ALLOW_SANDBOX_IN_DEMO": "1",
            "PYTHONPATH": str(ROOT),
        }
        fill = [sys.executable, __file__.replace("memory.py", "memory_fill.py")]
        subprocess.run([*fill, str(options.listings)], check=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        measure(address, options.requests)


def measure(address: str, requests: int) -> None:
    web = ["gunicorn", "--preload", "-w", "2", "-b", address, "cms.wsgi"]
    commands = {
        "web": [sys.executable, "-m", *web],
        "worker": [sys.executable, str(ROOT / "manage.py"), "run_worker"],
    }
    running = {name: subprocess.Popen(words) for name, words in commands.items()}
    try:
        wait_for(address)
        for number in range(requests):
            urlopen(f"http://{address}{PAGES[number % len(PAGES)]}").read()
        total = 0
        for name, process in running.items():
            for pid in (process.pid, *children_of(process.pid)):
                total += (size := pss_of(pid))
                print(f"{name} {pid}: {size / 1000:.1f} MB PSS")
        print(f"all: {total / 1000:.1f} MB PSS")
    finally:
        for process in running.values():
            process.terminate()
            process.wait()


def wait_for(address: str) -> None:
    host, port = address.split(":")
    for _ in range(600):
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the site did not start")


def children_of(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in told.split()]


def pss_of(pid: int) -> int:
    """Proportional set size in kB, as the kernel rolls it up."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


if __name__ == "__main__":
    main()
