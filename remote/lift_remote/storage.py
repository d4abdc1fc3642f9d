"""
A place for what must outlive a job: any path or URI that pyarrow knows (`/mnt/…`, `s3://…`), or a dataset repository of the
Hugging Face hub (`hf://datasets/…`).
"""

from pyarrow import fs

HUB = "hf://datasets/"


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
        HfApi().upload_file(
            path_or_fileobj=content,
            path_in_repo=path,
            repo_id=self.repository,
            repo_type="dataset",
            commit_message=f"LIFT: {path}",
        )
        return f"{HUB}{self.repository}/{path}"
