"""
A place for what must outlive a job: any path or URI that pyarrow knows (`/mnt/…`, `s3://…`), or a dataset repository of the
Hugging Face hub (`hf://datasets/…`).
"""

import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import TypeVar

from pyarrow import fs

HUB = "hf://datasets/"
# What the hub answers when another try may do: too many requests, another commit at the same time, trouble of its own.
PASSING = {408, 409, 412, 429, 500, 502, 503, 504}
TRIES = 6
FIRST_PAUSE = 2.0
LONGEST_PAUSE = 600.0

T = TypeVar("T")


def results_of(place: str, key: str) -> "Storage | HubStorage":
    """Where the results of a job go."""
    return HubStorage(place, key) if place.startswith(HUB) else Storage(place, key)


class Storage:
    """Files of one job, whole or not there at all."""

    def __init__(self, place: str, key: str):
        self.system, root = fs.FileSystem.from_uri(place) if "://" in place else (fs.LocalFileSystem(), place)
        self.folder = f"{root.rstrip('/')}/{key}"
        self.place = f"{place.rstrip('/')}/{key}"
        self.system.create_dir(self.folder, recursive=True)

    def write(self, name: str, content: bytes) -> str:
        """:returns: where the file is now, as it was asked for"""
        unfinished = f"{self.folder}/{name}.tmp"
        with self.system.open_output_stream(unfinished) as stream:
            stream.write(content)
        self.system.move(unfinished, f"{self.folder}/{name}")
        return f"{self.place}/{name}"

    def remove(self, name: str) -> None:
        if self._exists(name):
            self.system.delete_file(f"{self.folder}/{name}")

    def read(self, name: str) -> bytes | None:
        if not self._exists(name):
            return None
        with self.system.open_input_stream(f"{self.folder}/{name}") as stream:
            return stream.read()

    def _exists(self, name: str) -> bool:
        return self.system.get_file_info(f"{self.folder}/{name}").type != fs.FileType.NotFound


class HubStorage:
    """A folder of a repository; the token comes from HF_TOKEN. Every file is a commit, so it is for results only."""

    def __init__(self, place: str, key: str):
        self.repository = place[len(HUB) :].rstrip("/")
        self.key = key

    def write(self, name: str, content: bytes) -> str:
        """:returns: where the file is now"""
        from huggingface_hub import HfApi

        path = f"{self.key}/{name}"
        patiently(
            lambda: HfApi().upload_file(
                path_or_fileobj=content,
                path_in_repo=path,
                repo_id=self.repository,
                repo_type="dataset",
                commit_message=f"LIFT: {path}",
            )
        )
        return f"{HUB}{self.repository}/{path}"


def patiently(work: Callable[[], T]) -> T:
    """
    Does what the hub may refuse for a while, after the pauses that it asks for: the results of hours are not lost for that.
    Asked twice for the same file, the hub takes it once.
    """
    import httpx
    from huggingface_hub.errors import HfHubHTTPError

    for attempt in range(TRIES):
        try:
            return work()
        except (HfHubHTTPError, httpx.TransportError) as error:
            response = getattr(error, "response", None)
            may_pass = response is None or response.status_code in PASSING
            if not may_pass or attempt + 1 == TRIES:
                raise
            asked = None if response is None else _pause_asked(response.headers.get("Retry-After"))
            time.sleep(min(LONGEST_PAUSE, FIRST_PAUSE * 2**attempt if asked is None else asked))
    raise AssertionError("unreachable")


def _pause_asked(text: str | None) -> float | None:
    """Seconds that `Retry-After` asks for: it holds seconds, or a date."""
    if text is None:
        return None
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except ValueError:
        return None
