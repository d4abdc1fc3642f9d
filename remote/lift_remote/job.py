"""What a job is to do: the files that lie beside this package, as LIFT has written them."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

# The working folder of the job: its absolute path may differ from node to node.
FOLDER = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Example:
    """A training text: `tokens[p]` is learnt for every p in `loss`, after the tokens before it."""

    tokens: list[int]
    loss: list[int]


@dataclass(frozen=True)
class Tree:
    """All completions of a prompt, merged where they begin alike; see src/core/inference/completion-tree.ts."""

    tokens: list[int]
    depths: list[int]
    visible_until: list[int]
    edge_parents: list[int]
    edge_tokens: list[int]
    paths: list[list[int]]


class Job:
    """`job.json` and the files that it speaks of."""

    def __init__(self, folder: Path = FOLDER):
        self.folder = folder
        self.spec: dict[str, Any] = json.loads((folder / "job.json").read_text("utf-8"))
        if self.spec["version"] != 1:
            raise ValueError(f"This program does version 1 of jobs, not {self.spec['version']}.")

    @property
    def trains(self) -> bool:
        return self.spec["training"] is not None

    def model_source(self) -> tuple[str, str | None]:
        """What `from_pretrained` takes: a folder or an id, and a revision."""
        source = self.spec["model"]
        if source["kind"] == "package":
            return str(self.folder / "model"), None
        return source["id"], source.get("revision")

    def adapter_weights(self) -> bytes | None:
        """The adapter to begin with, or to ask: a safetensors file with PEFT's names."""
        path = self.folder / "start" / "adapter_model.safetensors"
        return path.read_bytes() if path.exists() else None

    @cached_property
    def plan(self) -> list[list[list[int]]]:
        """The steps of every epoch, each the numbers of its examples."""
        return json.loads((self.folder / "plan.json").read_text("utf-8"))

    def train_examples(self, epoch: int) -> list[Example]:
        """Of an epoch, which counts from 1."""
        name = f"train-{epoch}.jsonl" if self.spec["training"]["newEachEpoch"] else "train-1.jsonl"
        return self._examples(name)

    def validation_examples(self) -> list[Example]:
        return self._examples("validation.jsonl")

    def _examples(self, name: str) -> list[Example]:
        lines = (self.folder / name).read_text("utf-8").splitlines()
        return [Example(row["t"], row["l"]) for row in map(json.loads, lines)]

    def asked(self) -> list[dict[str, Any]]:
        """Rows to be asked about: `p`, the prompt's tokens, and `c`, the number of its tree where it has one."""
        path = self.folder / "ask.jsonl"
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]

    @cached_property
    def trees(self) -> list[Tree]:
        raw = json.loads((self.folder / "trees.json").read_text("utf-8"))
        return [
            Tree(t["tokens"], t["depths"], t["visibleUntil"], t["edgeParents"], t["edgeTokens"], t["paths"])
            for t in raw
        ]
