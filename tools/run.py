"""`make run`: set up, bring the data up to date, start web and background worker, stop both together.

Standard library only: it runs on a machine where nothing is installed yet.
"""

from __future__ import annotations

import contextlib
import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from tools import machine
from tools.machine import ROOT, Stop
from tools.services import start, stop, wait_until


@dataclass(frozen=True)
class Choices:
    """What the person at the keyboard chose by variables: PORT, HOST, DEMO, VAR_DIR."""

    port: int
    host: str
    demo: bool
    var: Path

    @classmethod
    def from_env(cls) -> Choices:
        """Read them; raises Stop with a sentence for a port that is none."""
        port = os.environ.get("PORT") or "8000"
        if not port.isdecimal() or not 0 < int(port) < 65536:
            raise Stop(f"PORT phải là số từ 1 đến 65535, không phải “{port}”.")
        var = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
        return cls(int(port), os.environ.get("HOST") or "127.0.0.1", os.environ.get("DEMO") != "0", var)

    @property
    def address(self) -> str:
        """What to open in a browser."""
        name = "localhost" if self.host in {"127.0.0.1", "0.0.0.0"} else self.host  # noqa: S104
        return f"http://{name}:{self.port}"

    def environment(self) -> dict[str, str]:
        """Variables of every process; what is set by hand wins."""
        own = {
            "DJANGO_SETTINGS_MODULE": "lucngan.settings",
            "SITE_URL": self.address,
            "STATIC_COMPRESSED": "0",
            "PYTHONUNBUFFERED": "1",
        }
        return {**own, **os.environ, "VAR_DIR": str(self.var)}


def refuse_taken_port(choices: Choices) -> None:
    """Raise Stop with a sentence when someone listens there already."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((choices.host, choices.port))
        except PermissionError:
            raise Stop(
                f"Không được phép mở cổng {choices.port}. Hãy chọn cổng từ 1024: make run PORT=8000"
            ) from None
        except OSError:
            raise Stop(
                f"Cổng {choices.port} đang có chương trình khác dùng. "
                f"Hãy dừng chương trình đó, hoặc chọn cổng khác: make run PORT={choices.port + 1}"
            ) from None


@contextlib.contextmanager
def only_one(var: Path) -> Iterator[None]:
    """Hold the data folder; raises Stop when another `make run` holds it."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / "run.lock").open("w", encoding="ascii") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Stop(f"Chương trình đang chạy với dữ liệu ở {var}. Hãy dừng nó trước (Ctrl-C).") from None
        yield


@dataclass
class Office:
    """Web and worker of one installation."""

    venv: machine.Venv
    choices: Choices
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def manage(self, *words: str, silent: bool = False) -> None:
        """Run a management command; raises Stop when it fails (it has said why)."""
        command = [str(self.venv.python), "manage.py", *words]
        env = self.choices.environment()
        null = subprocess.DEVNULL
        output = null if silent else None
        done = subprocess.run(command, cwd=ROOT, env=env, stdin=null, stdout=output, check=False)
        if done.returncode != 0:
            raise Stop(f"Lệnh {words[0]} không xong (lời giải thích ở trên). Chưa có gì được khởi động.")

    def prepare(self) -> bool:
        """Bring the data up to date; on the first start load the demonstration. True on that start."""
        self.manage("migrate", "--noinput", "--verbosity", "0")
        self.manage("collectstatic", "--noinput", "--verbosity", "0")
        mark = self.choices.var / "started"
        first = not mark.exists()
        if first and self.choices.demo:
            print("Lần đầu: nạp dữ liệu trình diễn …", flush=True)
            self.manage("demo_data", silent=True)
        if first:
            mark.write_text("demo\n" if self.choices.demo else "empty\n", encoding="ascii")
        return first

    def log(self, name: str) -> Path:
        """Where a process writes."""
        return self.choices.var / "log" / f"{name}.log"

    def start(self) -> None:
        """Start both processes and wait until the web answers; raises Stop when one ends before."""
        tool = self.venv.path / "bin"
        self.launch("web", [str(tool / "granian"), *self.web_words()])
        self.launch("worker", [str(tool / "celery"), *worker_words()])
        web = self.running["web"]
        if not wait_until(lambda: answers(self.choices), web, 60):
            raise Stop(self.obituary("web"))

    def web_words(self) -> list[str]:
        """The web server: few processes, several threads, because a print may take a second."""
        words = ["--interface", "wsgi", "--host", self.choices.host, "--port", str(self.choices.port)]
        words += ["--workers", os.environ.get("WEB_WORKERS", "1"), "--blocking-threads", "8", "--no-ws"]
        return [*words, "--respawn-failed-workers", "lucngan.wsgi:application"]

    def launch(self, name: str, command: list[str]) -> None:
        """Start one process, its words going to its log."""
        log = self.log(name)
        log.parent.mkdir(exist_ok=True)
        with log.open("ab") as output:
            os.chdir(ROOT)
            self.running[name] = start(command, env=self.choices.environment(), output=output)

    def greet(self, first: bool) -> None:
        """Say where it is and who may come in."""
        print(f"\nChương trình công tác đang chạy tại {self.choices.address}\n", flush=True)
        kind = (self.choices.var / "started").read_text(encoding="ascii").strip()
        if kind == "demo":
            self.manage("demo_data", "--show")
        elif first:
            print("Dữ liệu trống. Tạo người quản trị đầu tiên (ở cửa sổ khác):")
            print(f"    {self.admin_command()}")
        print(f"Nhật ký: {self.log('web').parent}. Nhấn Ctrl-C để dừng.", flush=True)

    def admin_command(self) -> str:
        """The line that makes the first administrator."""
        var = "" if self.choices.var == ROOT / "var" else f"VAR_DIR={self.choices.var} "
        return f"{var}{self.venv.python} manage.py createsuperuser"

    def watch(self) -> NoReturn:
        """Wait for the first process that ends by itself, then raise Stop with its last words."""
        names = {process.pid: name for name, process in self.running.items()}
        while True:
            ended, _ = os.waitpid(-1, 0)
            if ended in names:
                raise Stop(self.obituary(names[ended]))

    def obituary(self, name: str) -> str:
        """Sentence and last lines of a process that ended."""
        lines = self.log(name).read_text(encoding="utf-8", errors="replace").splitlines()[-20:]
        what = {"web": "Máy chủ web", "worker": "Tiến trình nền"}[name]
        return "\n".join([f"{what} đã dừng ngoài ý muốn, nên dừng tất cả. Những dòng cuối:", *lines])


def worker_words() -> list[str]:
    """Worker and scheduler in one process group."""
    words = ["-A", "lucngan", "worker", "--beat", "--concurrency", os.environ.get("WORKER_CONCURRENCY", "2")]
    return [*words, "--loglevel", "INFO", "--without-gossip", "--without-mingle", "--without-heartbeat"]


def answers(choices: Choices) -> bool:
    """Whether the web server gives a page (any but an error of its own)."""
    host = "127.0.0.1" if choices.host == "0.0.0.0" else choices.host  # noqa: S104
    connection = http.client.HTTPConnection(host, choices.port, timeout=5)
    try:
        connection.request("GET", "/", headers={"Host": f"localhost:{choices.port}"})
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


def run() -> None:
    """Everything in order; raises Stop or KeyboardInterrupt when it is over."""
    choices = Choices.from_env()
    refuse_taken_port(choices)
    venv = machine.ensure("base")
    with only_one(choices.var):
        office = Office(venv, choices)
        try:
            first = office.prepare()
            office.start()
            office.greet(first)
            office.watch()
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            print("\nĐang dừng …", flush=True)
            stop(list(office.running.values()))


def main() -> int:
    """Exit code 0 after Ctrl-C, 1 with a sentence after anything else."""

    def end(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)
    try:
        run()
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Đã dừng.")
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
