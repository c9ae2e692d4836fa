"""The one command of the demo: what it keeps, what it copies, and how it ends."""

import signal
import sqlite3
import subprocess
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cms.demo.accounts import DEMO_ACCOUNTS
from cms.demo.children import Children
from cms.demo.files import DemoFiles, key_of_template
from cms.management.commands.demo import Command

# -- files ----------------------------------------------------------------------------


@pytest.fixture
def files(tmp_path: Path) -> DemoFiles:
    """A source tree of one migration, and a folder for what the demo writes."""
    migrations = tmp_path / "source" / "market" / "migrations"
    migrations.mkdir(parents=True)
    (migrations / "0001_first.py").write_text("first")
    var = tmp_path / "var"
    (var / "media").mkdir(parents=True)
    return DemoFiles(
        tmp_path / "source",
        var,
        var / "site.sqlite3",
        (var / "media", var / "sandbox.sqlite3"),
    )


def write(database: Path, word: str) -> None:
    with closing(sqlite3.connect(database)) as open_:
        open_.execute("CREATE TABLE IF NOT EXISTS word (said TEXT)")
        open_.execute("INSERT INTO word VALUES (?)", [word])
        open_.commit()


def words_in(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as open_:
        return [row[0] for row in open_.execute("SELECT said FROM word")]


def test_a_start_copies_the_template_that_an_earlier_one_kept(files):
    write(files.database, "seeded")
    files.keep_a_template()
    files.database.unlink()
    assert files.start_from_template()
    assert words_in(files.database) == ["seeded"]


def test_a_template_is_whole_while_others_have_the_database_open(files):
    write(files.database, "seeded")
    with closing(sqlite3.connect(files.database)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("INSERT INTO word VALUES ('in the journal alone')")
        other.commit()
        files.keep_a_template()
    assert words_in(files.template) == ["seeded", "in the journal alone"]


def test_another_migration_makes_another_template_and_the_old_one_goes(files):
    write(files.database, "seeded")
    files.keep_a_template()
    old = files.template
    (files.source / "market" / "migrations" / "0002_second.py").write_text("second")
    assert not files.start_from_template()
    files.keep_a_template()
    assert files.template != old
    assert list(files.var.glob("template-*")) == [files.template]


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("market/migrations/0001_first.py", True),
        ("cms/demo/people.json", True),
        ("cms/demo/listings/he.jsonl", True),
        ("cms/site_setup/tree.py", True),
        ("requirements/base.txt", True),
        ("cms/templates/base.html", False),
        ("README.md", False),
    ],
)
def test_the_template_depends_on_what_makes_it_and_on_nothing_else(files, path, counts):
    before = key_of_template(files.source)
    changed = files.source / path
    changed.parent.mkdir(parents=True, exist_ok=True)
    changed.write_text("other words")
    assert (key_of_template(files.source) != before) == counts


def test_starting_again_forgets_everything_but_the_template(files):
    write(files.database, "seeded")
    files.keep_a_template()
    for left in ("site.sqlite3-wal", "site.sqlite3-shm", "sandbox.sqlite3"):
        (files.var / left).write_text("")
    (files.var / "media" / "photo.webp").write_text("")
    files.forget()
    assert list(files.var.iterdir()) == [files.template]
    files.forget()  # nothing is left to forget, and nothing fails


# -- processes ------------------------------------------------------------------------


class FakeProcess:
    """A process that ends when it is told to, or by itself, or not at all."""

    def __init__(self, code: int | None = None, *, heeds: bool = True) -> None:
        self.code, self.heeds, self.heard = code, heeds, []

    def poll(self) -> int | None:
        return self.code

    def send_signal(self, sig: int) -> None:
        self.heard.append(sig)
        if self.heeds:
            self.code = -sig

    def wait(self, timeout: float | None = None) -> int:
        if self.code is None:
            raise subprocess.TimeoutExpired("fake", timeout)
        return self.code

    def kill(self) -> None:
        self.heard.append(signal.SIGKILL)
        self.code = -signal.SIGKILL


def test_one_that_ends_is_named_and_the_others_end_with_it():
    made = {"site": FakeProcess(), "worker": FakeProcess(1), "stripe": FakeProcess()}
    children = Children(made.__getitem__)
    children.start(*made)
    assert children.wait() == "worker"
    children.stop()
    heard = {name: process.heard for name, process in made.items()}
    assert heard == {"site": [signal.SIGTERM], "worker": [], "stripe": [signal.SIGTERM]}


def test_one_that_does_not_heed_is_ended_all_the_same():
    deaf = FakeProcess(heeds=False)
    children = Children(lambda name: deaf)
    children.start("site")
    children.stop()
    assert deaf.heard == [signal.SIGTERM, signal.SIGKILL]


class SignallingProcess(FakeProcess):
    """Asked to end, it sees somebody press Ctrl-C once more."""

    def send_signal(self, sig: int) -> None:
        signal.raise_signal(signal.SIGINT)
        super().send_signal(sig)


@pytest.fixture
def _ctrl_c_is_heard():
    """A worker of xdist hears none."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_ctrl_c_is_heard")
def test_a_second_ctrl_c_breaks_no_ending_off():
    made = {name: SignallingProcess() for name in ("site", "worker")}
    children = Children(made.__getitem__)
    children.start(*made)
    children.stop()
    assert [each.poll() is None for each in made.values()] == [False, False]
    with pytest.raises(KeyboardInterrupt):  # and afterwards it is heard again
        signal.raise_signal(signal.SIGINT)


def test_waiting_ends_when_what_is_waited_for_comes():
    children = Children(lambda name: FakeProcess())
    children.start("site")
    came = iter([False, True])
    assert children.wait(until=lambda: next(came)) == ""


# -- the command ----------------------------------------------------------------------


@pytest.fixture
def demo(files, settings):
    """The command with processes that are none, over files that are nobody's."""
    settings.DEBUG, settings.PAYMENTS_MODE = True, "sandbox"
    before = signal.getsignal(signal.SIGTERM)
    yield lambda **seams: Command(
        files=files, migrate=lambda: None, stdout=StringIO(), **seams
    )
    signal.signal(signal.SIGTERM, before)


class Popen:
    """Starts fakes and remembers them by the command they were given."""

    def __init__(self, **codes: int) -> None:
        self.codes, self.made, self.environment = codes, {}, {}

    def __call__(self, command: list[str], env: dict[str, str]) -> FakeProcess:
        name = command[2]
        self.environment = env
        self.made[name] = FakeProcess(self.codes.get(name))
        return self.made[name]


def test_what_is_written_is_kept_at_a_second_start(demo, files):
    write(files.database, "seeded")
    files.keep_a_template()
    write(files.database, "a visitor's own")
    with pytest.raises(CommandError, match="site process has ended"):
        call_command(demo(popen=Popen(runserver=1), answers=lambda address: False))
    assert words_in(files.database) == ["seeded", "a visitor's own"]


def test_reset_starts_again_from_the_template(demo, files):
    write(files.database, "seeded")
    files.keep_a_template()
    write(files.database, "a visitor's own")
    with pytest.raises(CommandError, match="site process has ended"):
        call_command(
            demo(popen=Popen(runserver=1), answers=lambda address: False), reset=True
        )
    assert words_in(files.database) == ["seeded"]


def test_a_child_that_dies_ends_the_demo_and_the_others(demo, files):
    write(files.database, "seeded")
    popen = Popen(run_worker=3)
    with pytest.raises(CommandError, match="worker process has ended"):
        call_command(demo(popen=popen, answers=lambda address: False))
    heard = {name: process.heard for name, process in popen.made.items()}
    ended = [signal.SIGTERM]
    assert heard == {"runserver": ended, "stripe_sandbox": ended, "run_worker": []}


def test_ctrl_c_ends_all_three_without_a_fuss(demo, files):
    write(files.database, "seeded")

    def interrupted(address: str) -> bool:
        raise KeyboardInterrupt

    popen = Popen()
    call_command(demo(popen=popen, answers=interrupted))
    assert len(popen.made) == 3
    assert all(process.heard == [signal.SIGTERM] for process in popen.made.values())


def test_the_children_know_where_the_others_are(demo, files):
    write(files.database, "seeded")
    popen = Popen(runserver=1)
    with pytest.raises(CommandError):
        call_command(
            demo(popen=popen, answers=lambda address: False),
            address="127.0.0.1:8123",
            stripe_port=8124,
        )
    assert popen.environment["SITE_URL"] == "http://127.0.0.1:8123"
    assert popen.environment["STRIPE_SANDBOX_URL"] == "http://127.0.0.1:8124"


def test_the_greeting_names_everybody_one_can_be(demo):
    command = demo()
    command.stripe_token = "token"
    command.greet("127.0.0.1:8000", 8001)
    said = command.stdout.getvalue()
    assert all(email in said for _who, email in DEMO_ACCOUNTS)
    assert "http://127.0.0.1:8000/en/" in said
    assert "http://127.0.0.1:8001/?token=token" in said


@pytest.mark.parametrize(
    ("debug", "mode"), [(False, "sandbox"), (True, "test"), (True, "live")]
)
def test_it_runs_with_development_settings_only(demo, files, settings, debug, mode):
    settings.DEBUG, settings.PAYMENTS_MODE = debug, mode
    with pytest.raises(CommandError, match="development settings only"):
        call_command(demo(), reset=True)
    assert not files.database.exists()
