"""How the job speaks: lines that begin with `LIFT ` and go on as JSON. What libraries print stands between them."""

import base64
import hashlib
import json
import sys
import threading
import time
from typing import Any

import ray

MARK = "LIFT "
CHUNK = 48 * 1024
POLL_SECONDS = 0.3


def say(event: dict[str, Any]) -> None:
    """Writes one event at once; the line end in front ends whatever a library has left unfinished."""
    sys.stdout.write(f"\n{MARK}{json.dumps(event, allow_nan=False)}\n")
    sys.stdout.flush()


def notice(message: str, level: str = "info") -> None:
    say({"event": "notice", "level": level, "message": message})


def send_file(name: str, content: bytes) -> None:
    """Writes a file into the log, in pieces that a reader puts together and checks."""
    chunks = [content[start : start + CHUNK] for start in range(0, len(content), CHUNK)]
    digest = hashlib.sha256(content).hexdigest()
    say({"event": "file", "name": name, "bytes": len(content), "sha256": digest, "chunks": len(chunks)})
    for number, chunk in enumerate(chunks):
        say({"event": "chunk", "name": name, "number": number, "data": base64.b64encode(chunk).decode("ascii")})


@ray.remote(num_cpus=0)
class Journal:
    """What workers have to say and to keep: it lives beside the driver, and outlives a worker that fails."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.state: bytes | None = None
        self.error: dict[str, str] | None = None
        self.result: tuple[dict[str, Any], bytes] = ({}, b"")

    def say(self, event: dict[str, Any]) -> None:
        self.events.append(event)

    def drain(self) -> list[dict[str, Any]]:
        events, self.events = self.events, []
        return events

    def keep(self, state: bytes) -> None:
        self.state = state

    def kept(self) -> bytes | None:
        return self.state

    def finish(self, told: dict[str, Any], weights: bytes) -> None:
        self.result = (told, weights)

    def finished(self) -> tuple[dict[str, Any], bytes]:
        return self.result

    def fail(self, error: dict[str, str]) -> None:
        # The other workers lose their connection to the one that failed: its reason is the one that counts.
        if self.error is None or self.error["code"] == "internal":
            self.error = error

    def failure(self) -> dict[str, str] | None:
        return self.error


class Relay:
    """Writes what workers tell a journal into the log of the driver, as long as it is open."""

    def __init__(self, journal: Any):
        self.journal = journal
        self.closing = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Relay":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self.thread.join(timeout=30)

    def _run(self) -> None:
        while True:
            last = self.closing.is_set()
            for event in ray.get(self.journal.drain.remote()):
                say(event)
            if last:
                return
            time.sleep(POLL_SECONDS)
