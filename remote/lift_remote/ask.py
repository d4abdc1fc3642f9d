"""Asking a trained model about rows: Ray Data spreads them over as many copies of the model as the cluster has room for."""

from __future__ import annotations

import json
import time
from typing import Any

import numpy as np
import ray
import ray.data

from .choices import score
from .job import Job
from .journal import say
from .model import LanguageModel
from .numbers import NumberDecoder
from .texts import TextWriter

# Tokens of a forward pass, padding included; attention to a tree takes memory by the square of a row's length.
BATCH_TOKENS = 8192
BLOCK_ROWS = 32
PROGRESS_SECONDS = 0.5


class Asker:
    """One copy of the model. Rows come in as numbers of `ask.jsonl`, answers go out beside them."""

    def __init__(self, weights: bytes | None):
        self.job = Job()
        self.model = LanguageModel(self.job, weights, trains=False)
        self.model.model.eval()
        self.rows = self.job.asked()
        asking = self.job.spec["asking"]
        self.kind = asking["kind"]
        if self.kind == "choices":
            self.restricted = asking["head"] == "restricted"
        elif self.kind == "numbers":
            self.decoder = NumberDecoder(self.model, asking)
        else:
            self.writer = TextWriter(self.model, asking, self.job.spec["seed"])

    def __call__(self, batch: dict[str, np.ndarray]) -> dict[str, Any]:
        numbers = [int(number) for number in batch["row"]]
        answers = self._choices(numbers) if self.kind == "choices" else [self._one(number) for number in numbers]
        return {"row": batch["row"], "answer": np.array(answers, dtype=object)}

    def _one(self, number: int) -> bytes:
        prompt = self.rows[number]["p"]
        answer = self.decoder.decode(prompt) if self.kind == "numbers" else self.writer.write(prompt)
        return json.dumps(answer, allow_nan=False).encode()

    def _choices(self, numbers: list[int]) -> list[bytes]:
        answers: dict[int, bytes] = {}
        group: list[int] = []
        length = 0
        for number in [*sorted(numbers, key=self._length), None]:
            longer = length if number is None else max(length, self._length(number))
            if group and (number is None or longer * (len(group) + 1) > BATCH_TOKENS):
                prompts = [self.rows[n]["p"] for n in group]
                trees = [self.job.trees[self.rows[n]["c"]] for n in group]
                for n, scores in zip(group, score(self.model, prompts, trees, self.restricted), strict=True):
                    answers[n] = np.array(scores, dtype="<f4").tobytes()
                group, longer = [], 0 if number is None else self._length(number)
            if number is not None:
                group.append(number)
                length = longer
        return [answers[number] for number in numbers]

    def _length(self, number: int) -> int:
        row = self.rows[number]
        return len(row["p"]) + len(self.job.trees[row["c"]].tokens)


def ask(job: Job, weights: bytes | None) -> bytes:
    """
    The answers in the order of `ask.jsonl`, one after the other: of choices 32-bit log-probabilities (little-endian), of
    numbers and texts a line of JSON each.
    """
    rows = len(job.asked())
    if rows == 0:
        return b""
    resources = ray.cluster_resources()
    gpus, cpus = int(resources.get("GPU", 0)), int(resources.get("CPU", 1))
    # One copy a GPU; without any GPU one copy has the threads of its machine.
    copies = max(1, min(gpus, rows // BLOCK_ROWS)) if gpus else 1
    ray.data.DataContext.get_current().enable_progress_bars = False
    data = ray.data.from_items([{"row": number} for number in range(rows)]).map_batches(
        Asker,
        fn_constructor_args=(weights,),
        batch_size=BLOCK_ROWS,
        concurrency=copies,
        num_gpus=1 if gpus else 0,
        num_cpus=None if gpus else min(1, cpus),
    )
    answers: list[bytes] = [b""] * rows
    done, began, said = 0, time.monotonic(), 0.0
    say({"event": "progress", "stage": "predicting", "fraction": 0.0})
    for batch in data.iter_batches(batch_size=BLOCK_ROWS):
        for number, answer in zip(batch["row"], batch["answer"], strict=True):
            answers[int(number)] = bytes(answer)
        done += len(batch["row"])
        now = time.monotonic()
        if now - said > PROGRESS_SECONDS:
            left = (now - began) * (rows - done) / done
            say({"event": "progress", "stage": "predicting", "fraction": done / rows, "secondsLeft": left})
            said = now
    separator = b"" if job.spec["asking"]["kind"] == "choices" else b"\n"
    return separator.join(answers)
