"""One embedded AWS: a MiniStack process, its port and the folder that holds all it knows."""

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
# MiniStack takes this key for root, whatever its secret; every other key is held to its policies.
ROOT_KEY = "test"
START_SECONDS = 60
# A second on a quiet machine, but a crowded one has needed most of a minute.
STOP_SECONDS = 180

_children: dict[int, subprocess.Popen[bytes]] = {}


class EmbeddedError(Exception):
    """Shown to the user as one line."""


@dataclass(frozen=True)
class Instance:
    port: int
    state: Path
    stage: str = "dev"
    # False runs MiniStack as it is, so that a test can ask whether a gap is still there.
    with_gaps_closed: bool = True
    # Tests do not wait for what AWS does within days.
    ttl_sweep_seconds: float = 30
    # False keeps state at a clean end only, so that the bench can tell what a journal costs.
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
        # An IP: before a name the SDKs would put the bucket, and that does not resolve.
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
        """Written by the server at its start: what it found in the journal."""
        return self._snapshots / "recovered.json"

    @property
    def _tmp(self) -> Path:
        return self.state / "tmp"

    def start(self) -> bool:
        """Starts it unless it runs already; says whether this call did."""
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
        """Stops it; says whether it was running."""
        holder = self._holder()
        if holder is None:
            return False
        pid, _ = holder
        # SIGTERM and patience: so that nothing is lost, not even the last second.
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
        """Process and port of the running instance, which holds a lock on its pid file."""
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
        """What the start found after an end that was not clean: a kill or a power cut."""
        try:
            report = json.loads(self._report.read_bytes())
        except FileNotFoundError:
            return None
        if report["clean"]:
            return None
        at = datetime.fromtimestamp(report["at"], UTC).isoformat(timespec="milliseconds")
        torn = f"; a save of {report['torn']} bytes was cut off and is left out" * bool(
            report["torn"]
        )
        return (
            f"Recovered after a kill or a power cut: {report['items']} items in "
            f"{report['tables']} tables and {report['accounts']} accounts, as saved at {at}, "
            f"in {report['seconds']} s{torn}"
        )

    def _remove_leftovers(self) -> None:
        """What a kill leaves: functions at work, what they unpacked, files half written."""
        self._end_orphans()
        shutil.rmtree(self._snapshots / "aside", ignore_errors=True)
        self._empty_tmp()

    def _end_orphans(self) -> None:
        # Functions end with MiniStack, but one that is at work would write a while longer.
        listed = subprocess.run(
            ["ps", "-A", "-ww", "-o", "pid=,args="], capture_output=True, text=True, check=False
        )
        for line in listed.stdout.splitlines():
            pid, _, command = line.strip().partition(" ")
            if f"{self._tmp}/ministack-lambda" in command:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(pid), signal.SIGKILL)

    def _empty_tmp(self) -> None:
        # Every worker of a function unpacks its layers, 40 MB, and leaves them there.
        shutil.rmtree(self._tmp, ignore_errors=True)
        self._tmp.mkdir(exist_ok=True)

    def _ensure_state_is_whole(self) -> None:
        try:
            journal.ensure_whole(self._journal)
        except journal.DamagedError as damaged:
            raise EmbeddedError(self._damaged(damaged.args[0])) from None
        # Of before there was a journal. MiniStack starts empty when it cannot read one.
        for snapshot in sorted(self._snapshots.glob("*.json")):
            try:
                json.loads(snapshot.read_bytes())
            except (OSError, ValueError):
                raise EmbeddedError(self._damaged(snapshot)) from None

    def _damaged(self, file: Path) -> str:
        return (
            f"{file} is damaged; nothing was changed: restore it, "
            f"or move {self.state} away to begin anew"
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
        # Written from nothing: MiniStack lends its whole environment to the functions.
        return {
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "HOME": str(self._tmp),
            "TMPDIR": str(self._tmp),
            "GATEWAY_PORT": str(self.port),
            # Without it MiniStack listens on every network interface.
            "BIND_HOST": "127.0.0.1",
            # Without it no policy of any role is enforced.
            "AUTH": "true",
            # Unsigned calls, Cognito's sign-in among them, name no region.
            "MINISTACK_REGION": REGION,
            "PERSIST_STATE": "1",
            "ARTISTHUB_JOURNAL": "1" if self.with_journal else "0",
            "STATE_DIR": str(self._snapshots),
            # The bytes of S3 objects are kept apart from the rest of the state.
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(self.state / "s3"),
            # Both would open further ports, the same for every instance.
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "ARTISTHUB_TTL_SWEEP_SECONDS": str(self.ttl_sweep_seconds),
            # It removes containers that it takes for its own; it shall not find the user's Docker.
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
