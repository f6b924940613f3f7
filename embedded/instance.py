"""One embedded AWS: a MiniStack process, its port and its state folder."""

import contextlib
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx

from embedded.durability import journal

ROOT = Path(__file__).resolve().parent.parent
SERVER = Path(__file__).with_name("server.py")
MINISTACK_PYTHON = ROOT / ".venv-embedded" / "bin" / "python"
DEFAULT_PORT = 4700
REGION = "ap-south-1"
# MiniStack treats this key as root, with any secret. It checks the policies of all other keys.
ROOT_KEY = "test"
START_SECONDS = 60
# Stopping takes a second on an idle machine and took almost a minute on a busy one.
STOP_SECONDS = 180

_children: dict[int, subprocess.Popen[bytes]] = {}


class EmbeddedError(Exception):
    """An error that the user sees as one line."""


@dataclass(frozen=True)
class Instance:
    port: int
    state: Path
    stage: str = "dev"
    # False runs MiniStack unpatched, so that a test can check whether a gap still exists.
    with_gaps_closed: bool = True
    # AWS takes up to days to remove expired items; tests cannot wait.
    ttl_sweep_seconds: float = 30
    # False saves state only at a clean stop, for tests, and to measure the cost of the journal.
    with_journal: bool = True

    @classmethod
    def from_environment(cls, stage: str = "dev") -> "Instance":
        port = os.environ.get("ARTISTHUB_PORT") or str(DEFAULT_PORT)
        if not port.isdecimal() or not 0 < int(port) < 65536:
            raise EmbeddedError(f"ARTISTHUB_PORT is {port!r}, not a port number from 1 to 65535")
        state = ROOT / (os.environ.get("ARTISTHUB_STATE") or ".artisthub")
        return cls(port=int(port), state=state, stage=stage)

    @property
    def endpoint_url(self) -> str:
        # With a host name, the SDKs would put the bucket in front of it, which does not resolve.
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.state / "embedded.log"

    @property
    def outputs(self) -> Path:
        return self.state / "outputs.json"

    @property
    def _pid_file(self) -> Path:
        return self.state / "embedded.pid"

    @property
    def _snapshots(self) -> Path:
        return self.state / "aws"

    @property
    def _journal(self) -> Path:
        return self._snapshots / "journal"

    @property
    def _report(self) -> Path:
        """The file in which the server reports what it restored from the journal."""
        return self._snapshots / "recovered.json"

    @property
    def _tmp(self) -> Path:
        return self.state / "tmp"

    def start(self) -> bool:
        """Start the instance unless it is running. Return whether this call started it."""
        self._prepare_state()
        with self._pid_file.open("a+") as pid_file:
            if not _lock(pid_file.fileno()):
                self._ensure_same_port()
                return False
            pid_file.truncate(0)
            self._report.unlink(missing_ok=True)
            self._ensure_state_is_whole()
            self._ensure_port_is_free()
            self._remove_leftovers()
            process = self._spawn(pid_file.fileno())
            pid_file.write(f"{process.pid} {self.port}\n")
        _children[process.pid] = process
        try:
            self._wait_until_ready(process)
        except BaseException:
            self.stop()
            raise
        return True

    def stop(self) -> bool:
        """Stop the instance. Return whether it was running."""
        holder = self._holder()
        if holder is None:
            return False
        pid, _ = holder
        # SIGTERM lets MiniStack save everything, the last second too.
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while self._holder() is not None:
            if time.monotonic() > deadline:
                raise EmbeddedError(
                    f"process {pid} did not stop in {STOP_SECONDS} s; see {self.log}"
                )
            time.sleep(0.05)
        if child := _children.pop(pid, None):
            child.wait()
        self._empty_tmp()
        return True

    def is_running(self) -> bool:
        return self._holder() is not None

    def _holder(self) -> tuple[int, int] | None:
        """Return the process id and port of the running instance, which locks its pid file."""
        try:
            with self._pid_file.open() as pid_file:
                if _lock(pid_file.fileno()):
                    return None
                pid, port = pid_file.read().split()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise EmbeddedError(_unusable(self.state, error)) from None
        except ValueError:
            raise EmbeddedError(f"another `make up` is starting in {self.state}") from None
        return int(pid), int(port)

    def _prepare_state(self) -> None:
        try:
            for folder in (self._snapshots, self.state / "s3", self._tmp):
                folder.mkdir(parents=True, exist_ok=True)
                tempfile.TemporaryFile(dir=folder).close()
        except OSError as error:
            raise EmbeddedError(_unusable(self.state, error)) from None

    def recovered(self) -> str | None:
        """Describe what the start recovered after a kill or a power cut."""
        try:
            report = json.loads(self._report.read_bytes())
        except FileNotFoundError:
            return None
        if report["clean"]:
            return None
        at = datetime.fromtimestamp(report["at"], UTC).isoformat(timespec="milliseconds")
        torn = f"; an incomplete save of {report['torn']} bytes was skipped" * bool(report["torn"])
        return (
            f"Recovered after a kill or a power cut: {report['items']} items in "
            f"{report['tables']} tables and {report['accounts']} accounts, as saved at {at}, "
            f"in {report['seconds']} s{torn}"
        )

    def _remove_leftovers(self) -> None:
        """Remove what a kill leaves: running functions, their unpacked layers, incomplete files."""
        self._end_orphans()
        shutil.rmtree(self._snapshots / "aside", ignore_errors=True)
        self._empty_tmp()

    def _end_orphans(self) -> None:
        # Idle functions end with MiniStack, but a busy one would keep writing for a while.
        listed = subprocess.run(
            ["ps", "-A", "-ww", "-o", "pid=,args="], capture_output=True, text=True, check=False
        )
        for line in listed.stdout.splitlines():
            pid, _, command = line.strip().partition(" ")
            if f"{self._tmp}/ministack-lambda" in command:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(pid), signal.SIGKILL)

    def _empty_tmp(self) -> None:
        # Every function worker unpacks its layers, 40 MB, and leaves them behind.
        shutil.rmtree(self._tmp, ignore_errors=True)
        self._tmp.mkdir(exist_ok=True)

    def _ensure_state_is_whole(self) -> None:
        try:
            journal.ensure_whole(self._journal)
        except journal.DamagedError as damaged:
            raise EmbeddedError(self._damaged(damaged.args[0])) from None
        # Snapshots are older than the journal. MiniStack starts empty when it cannot read one.
        for snapshot in sorted(self._snapshots.glob("*.json")):
            try:
                json.loads(snapshot.read_bytes())
            except (OSError, ValueError):
                raise EmbeddedError(self._damaged(snapshot)) from None

    def _damaged(self, file: Path) -> str:
        return (
            f"{file} is damaged; nothing was changed: restore it, "
            f"or move {self.state} away to start with empty state"
        )

    def _ensure_port_is_free(self) -> None:
        with socket.socket() as probe, socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            taken = probe.connect_ex(("127.0.0.1", self.port)) == 0
            with contextlib.suppress(OSError):
                listener.bind(("127.0.0.1", self.port))
                if not taken:
                    return
        raise EmbeddedError(
            f"port {self.port} of 127.0.0.1 is taken or not allowed; "
            f"choose another: ARTISTHUB_PORT={self.port + 1} make up"
        )

    def _ensure_same_port(self) -> None:
        holder = self._holder()
        if holder and holder[1] != self.port:
            raise EmbeddedError(
                f"{self.state} is in use by an embedded AWS on port {holder[1]}, not {self.port}; "
                f"stop it with `make down`, or choose another folder with ARTISTHUB_STATE"
            )

    def _spawn(self, lock: int) -> subprocess.Popen[bytes]:
        if not MINISTACK_PYTHON.exists():
            raise EmbeddedError(f"{MINISTACK_PYTHON} is missing; run `make install`")
        server = [SERVER] if self.with_gaps_closed else ["-m", "ministack"]
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [MINISTACK_PYTHON, "-P", *server],
                cwd=self.state,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[lock],
                start_new_session=True,
            )

    def _environment(self) -> dict[str, str]:
        # MiniStack passes its whole environment to the functions, so nothing is inherited.
        return {
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            # As on Lambda. Without it, each date reads the time zone of the machine.
            "TZ": ":UTC",
            "HOME": str(self._tmp),
            "TMPDIR": str(self._tmp),
            "GATEWAY_PORT": str(self.port),
            # By default, MiniStack listens on every network interface.
            "BIND_HOST": "127.0.0.1",
            # By default, MiniStack enforces no role's policies.
            "AUTH": "true",
            # Unsigned calls such as Cognito's sign-in name no region.
            "MINISTACK_REGION": REGION,
            "PERSIST_STATE": "1",
            "ARTISTHUB_JOURNAL": "1" if self.with_journal else "0",
            "STATE_DIR": str(self._snapshots),
            # MiniStack saves the bytes of S3 objects separately from other state.
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(self.state / "s3"),
            # Both would open more ports, the same ones for every instance.
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "ARTISTHUB_TTL_SWEEP_SECONDS": str(self.ttl_sweep_seconds),
            # MiniStack removes containers that look like its own, so hide the user's Docker.
            "DOCKER_HOST": "unix:///nonexistent",
        }

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_SECONDS
        with httpx.Client(trust_env=False) as http:
            while time.monotonic() < deadline:
                if process.poll() is not None:
                    break
                with contextlib.suppress(httpx.HTTPError):
                    if http.get(f"{self.endpoint_url}/_ministack/health").is_success:
                        return
                time.sleep(0.1)
        raise EmbeddedError(f"the embedded AWS did not start; see {self.log}")


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _unusable(state: Path, error: OSError) -> str:
    return f"state folder {state} cannot be used: {error.strerror} ({error.filename})"
