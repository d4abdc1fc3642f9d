"""Batches from generator processes."""

from __future__ import annotations

import multiprocessing as mp
import os
from dataclasses import dataclass
from pathlib import Path
from queue import Full

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from documents import Document, DocumentWriter, Mixture


@dataclass
class Batch:
    """tokens [documents, length]; `positions` are flat indices whose *next* token carries `weights`."""

    tokens: NDArray[np.int32]
    positions: NDArray[np.int64]
    targets: NDArray[np.int64]
    weights: NDArray[np.float32]


@dataclass(frozen=True)
class BatchShape:
    """Lengths, the share of tokens that each length gets, and tokens in a batch."""

    lengths: tuple[int, ...]
    shares: tuple[float, ...]
    batch_tokens: int


def assemble(documents: list[Document], length: int) -> Batch:
    """Pads documents to the length; the padding is never asked about."""
    tokens = np.zeros((len(documents), length), dtype=np.int32)
    weights = np.zeros((len(documents), length), dtype=np.float32)
    for row, document in enumerate(documents):
        tokens[row, : len(document.ids)] = document.ids
        weights[row, : len(document.ids)] = document.weights
    weights[:, 0] = 0
    flat = np.flatnonzero(weights)
    return Batch(tokens, flat - 1, tokens.reshape(-1)[flat].astype(np.int64), weights.reshape(-1)[flat])


class BatchMaker:
    """Keeps a pool of documents for each length, so that a batch mixes many tasks."""

    def __init__(self, tokenizer: Tokenizer, mixture: Mixture, shape: BatchShape, seed: list[int]) -> None:
        self.rng = np.random.default_rng(seed)
        self.writer = DocumentWriter(tokenizer, mixture, self.rng)
        self.shape = shape
        self.pools: dict[int, list[Document]] = {length: [] for length in shape.lengths}

    def next(self, difficulty: float) -> Batch:
        """One batch of a length drawn by the shares."""
        length = int(self.rng.choice(self.shape.lengths, p=self.shape.shares))
        size = max(1, self.shape.batch_tokens // length)
        pool = self.pools[length]
        while len(pool) < 3 * size:
            pool.extend(self.writer.documents(length, difficulty))
        self.rng.shuffle(pool)
        chosen, self.pools[length] = pool[:size], pool[size:]
        return assemble(chosen, length)


def worker(
    folder: str, mixture: Mixture, shape: BatchShape, seed: list[int], queue: mp.Queue, difficulty: object, stop: object
) -> None:
    """Fills the queue until told to stop."""
    os.environ['TOKENIZERS_PARALLELISM'] = 'false'
    tokenizer = Tokenizer.from_file(str(Path(folder) / 'tokenizer.json'))
    maker = BatchMaker(tokenizer, mixture, shape, seed)
    while not stop.is_set():
        batch = maker.next(difficulty.value)
        while not stop.is_set():
            try:
                queue.put(batch, timeout=1)
                break
            except Full:
                continue


class BatchSource:
    """Generator processes behind a queue. `difficulty` may be raised while they run."""

    def __init__(self, folder: Path, mixture: Mixture, shape: BatchShape, seed: list[int], workers: int) -> None:
        context = mp.get_context('spawn')
        self.queue = context.Queue(maxsize=max(8, 4 * workers))
        self.stop = context.Event()
        self.difficulty = context.Value('d', 1.0)
        self.processes = [
            context.Process(
                target=worker,
                args=(str(folder), mixture, shape, [*seed, index], self.queue, self.difficulty, self.stop),
                daemon=True,
            )
            for index in range(workers)
        ]
        for process in self.processes:
            process.start()

    def next(self) -> Batch:
        """The next batch; waits for the generators."""
        return self.queue.get(timeout=600)

    def close(self) -> None:
        """Ends the generator processes."""
        self.stop.set()
        for process in self.processes:
            process.join(timeout=5)
            if process.is_alive():
                process.terminate()
