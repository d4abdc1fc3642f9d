"""Documents for pretraining: many rows of one task, each question followed by its answer, as token ids with loss weights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from english import paragraph
from formats import as_is, fixed, scaled, scaled_linear, three_digits
from prior.task import CategoryColumn, Task, random_task
from render import EXAMPLE_END, completion, question_parts
from wording import cell_texts, class_labels, column_name

Ids = NDArray[np.int32]


@dataclass(frozen=True)
class Mixture:
    """Shares and weights of the pretraining mixture; see README.md."""

    compact: float = 0.8
    scaled_in_others: float = 0.25
    as_is_in_compact: float = 0.08
    regression: float = 0.25
    english: float = 0.03
    repeats: float = 0.02
    nearest_last: float = 0.5
    neighbourhood: float = 0.2
    single_rows: float = 0.02
    last_answer_weight: float = 2.0
    first_label_weight: float = 0.05
    text_weight: float = 0.1
    repeat_weight: float = 0.25
    text_share: float = 0.04
    documents_per_task: int = 6
    most_columns: int = 60


@dataclass
class Document:
    """Ids and the weight of predicting each of them (0 for no loss); at most the asked length."""

    ids: Ids
    weights: NDArray[np.float32]


@dataclass
class WrittenTask:
    """Rows of one task as ids; `slots` maps a row of the task to its place here."""

    slots: dict[int, int]
    question_ids: list[list[int]]
    answer_ids: list[Ids]
    answer_weights: list[NDArray[np.float32]]
    labels: NDArray[np.int64] | None


class PieceEncoder:
    """Encodes short texts that recur, through a cache of bounded size."""

    def __init__(self, tokenizer: Tokenizer, most: int = 400_000) -> None:
        self.tokenizer = tokenizer
        self.most = most
        self.known: dict[str, list[int]] = {}

    def learn(self, texts: Iterable[str]) -> dict[str, list[int]]:
        """The cache, with these texts in it."""
        if len(self.known) > self.most:
            self.known.clear()
        new = list({text for text in texts if text not in self.known})
        for text, encoding in zip(new, self.tokenizer.encode_batch_fast(new), strict=True):
            self.known[text] = encoding.ids
        return self.known


class DocumentWriter:
    """Draws tasks and writes documents of a wanted length."""

    def __init__(self, tokenizer: Tokenizer, mixture: Mixture, rng: np.random.Generator) -> None:
        self.tokenizer = tokenizer
        self.encoder = PieceEncoder(tokenizer)
        self.mixture = mixture
        self.rng = rng
        self.newline = tokenizer.encode(EXAMPLE_END).ids[0]
        self.space = tokenizer.token_to_id('Ġ')
        self.answer_end = tokenizer.token_to_id('@@@')

    def documents(self, length: int, difficulty: float) -> list[Document]:
        """Several documents of at most `length` tokens; `difficulty` in 0..1 widens the tasks (a curriculum)."""
        rng = self.rng
        if rng.random() < self.mixture.english:
            return [self.english(length)]
        if rng.random() < self.mixture.repeats:
            return [self.repeat(length)]
        compact = bool(rng.random() < self.mixture.compact)
        per_column = 4 if compact else 9
        most = max(1.5, min(self.mixture.most_columns * difficulty, length / (4 * per_column)))
        width = int(most ** (rng.random() ** 0.6) + 0.5)
        total = int(np.exp(rng.uniform(np.log(50), np.log(500))))
        total = max(total, length // (per_column * width + 4) + 8) if width < 4 else total
        task = random_task(rng, total, width, bool(rng.random() < self.mixture.regression))
        features = self.distance_features(task)
        orders = [self.order(features) for _ in range(self.mixture.documents_per_task)]
        most_rows = length // (2 * width + 4) + 1
        orders = [(order[:most_rows], nearest_last) for order, nearest_last in orders]
        written = self.write(task, np.unique(np.concatenate([order for order, _ in orders])), compact)
        return [self.document(written, order, nearest_last, length) for order, nearest_last in orders]

    def write(self, task: Task, rows: NDArray[np.int64], compact: bool) -> WrittenTask:
        """Chooses a template, formats and words, and encodes these rows."""
        rng, mixture = self.rng, self.mixture
        template = 'compact' if compact else str(rng.choice(['paper', 'paper-names', 'sentence']))
        use_scaled = bool(rng.random() > mixture.as_is_in_compact if compact else rng.random() < mixture.scaled_in_others)
        named = template in ('paper-names', 'sentence')
        columns = [cell_texts(rng, column, rows, use_scaled, named) for column in task.columns]
        names = [column_name(rng) for _ in columns] if named else []
        parts = question_parts(template, columns, names, column_name(rng) if named else '')
        known = self.encoder.learn(chain((parts.head, parts.tail), *parts.pieces))
        head, tail = known[parts.head] if parts.head else [], known[parts.tail]
        question_ids = [
            [*head, *chain.from_iterable(map(known.__getitem__, row)), *tail] for row in zip(*parts.pieces, strict=True)
        ]
        if task.classes:
            labels = task.target[rows]
            by_class = [self.answer(label, False) for label in class_labels(rng, task.classes)]
            answers = [by_class[code] for code in labels.tolist()]
        else:
            labels = None
            answers = [self.answer(text, True) for text in self.number_answers(task, rows, compact)]
        slots = {row: slot for slot, row in enumerate(rows.tolist())}
        return WrittenTask(slots, question_ids, [a[0] for a in answers], [a[1] for a in answers], labels)

    def number_answers(self, task: Task, rows: NDArray[np.int64], compact: bool) -> list[str]:
        """Regression answers: mostly scaled, else written as the paper does."""
        target = task.target.astype(np.float64)
        if self.rng.random() < (0.92 if compact else 0.4):
            return three_digits(scaled_linear(target[rows], target))
        decimals = int(self.rng.integers(0, 3))
        return fixed(target[rows], decimals) if self.rng.random() < 0.5 else as_is(target[rows], decimals)

    def answer(self, text: str, number: bool) -> tuple[Ids, NDArray[np.float32]]:
        """Ids of a completion and their weights: the leading space and the end marker teach little."""
        written = completion(text)
        ids = np.array(self.encoder.learn([written])[written], dtype=np.int32)
        weights = np.full(len(ids), 0.5, dtype=np.float32)
        start = 1 if ids[0] == self.space else 0
        if number:
            weights[start:] = [max(0.05, 0.35**i) for i in range(len(ids) - start)]
        else:
            weights[start] = 1.0
        weights[:start] = 0.02
        weights[-1] = 0.1 if ids[-1] == self.answer_end else weights[-1]
        return ids, weights

    def distance_features(self, task: Task) -> NDArray[np.float32]:
        """Numbers scaled to 0..1 and categories one-hot (distance 1 between any two levels)."""
        blocks = []
        for column in task.columns:
            if isinstance(column, CategoryColumn):
                codes = np.where(column.missing, column.levels, column.codes)
                blocks.append(np.eye(column.levels + 1)[codes] * np.sqrt(0.5))
            else:
                level = scaled(column.values, column.values) / 999
                blocks.append(np.where(column.missing, 2.0, level)[:, None])
        return np.concatenate(blocks, axis=1).astype(np.float32)

    def order(self, features: NDArray[np.float32]) -> tuple[NDArray[np.int64], bool]:
        """Row indices by importance (the row asked about first), and whether the document is nearest last."""
        rng, total = self.rng, len(features)
        query = int(rng.integers(total))
        kind = rng.random()
        if kind > self.mixture.nearest_last + self.mixture.neighbourhood:
            others = rng.permutation(total)
            return np.concatenate([[query], others[others != query]]), False
        difference = np.abs(features - features[query])
        distance = difference.sum(axis=1) if rng.random() < 0.5 else (difference**2).sum(axis=1)
        distance = distance + rng.random(total) * 1e-6
        distance[query] = -1
        return np.argsort(distance), bool(kind < self.mixture.nearest_last)

    def document(self, written: WrittenTask, order: NDArray[np.int64], nearest_last: bool, length: int) -> Document:
        """Fills the length with rows, nearest last when ordered by nearness, else shuffled."""
        mixture = self.mixture
        slots = [written.slots[row] for row in order.tolist()]
        sizes = np.array([len(written.question_ids[slot]) + len(written.answer_ids[slot]) + 1 for slot in slots])
        count = max(1, int(np.searchsorted(np.cumsum(sizes), length, side='right')))
        if self.rng.random() < mixture.single_rows:
            count = 1
        slots = slots[:count][::-1] if nearest_last else [slots[i] for i in self.rng.permutation(count)]
        ids = np.zeros(int(sizes[:count].sum()), dtype=np.int32)
        weights = (self.rng.random(len(ids), dtype=np.float32) < mixture.text_share) * np.float32(mixture.text_weight)
        seen: set[int] = set()
        at = 0
        for place, slot in enumerate(slots):
            question, answer, answer_weights = written.question_ids[slot], written.answer_ids[slot], written.answer_weights[slot]
            ids[at : at + len(question)] = question
            at += len(question)
            ids[at : at + len(answer)] = answer
            scale = 1.0
            if written.labels is not None and int(written.labels[slot]) not in seen:
                seen.add(int(written.labels[slot]))
                scale = mixture.first_label_weight
            if nearest_last and place == count - 1:
                scale *= mixture.last_answer_weight
            weights[at : at + len(answer)] = answer_weights * np.float32(scale)
            at += len(answer)
            ids[at] = self.newline
            weights[at] = 0
            at += 1
        return Document(ids[:length], weights[:length])

    def repeat(self, length: int) -> Document:
        """A random stretch of tokens again and again: the plainest lesson in copying from the context."""
        stretch = self.rng.integers(1, self.tokenizer.get_vocab_size(), size=int(self.rng.integers(6, length // 2)))
        ids = np.resize(stretch, length).astype(np.int32)
        weights = np.full(length, self.mixture.repeat_weight, dtype=np.float32)
        weights[: len(stretch) + 1] = 0
        return Document(ids, weights)

    def english(self, length: int) -> Document:
        """Plain sentences with loss on every token."""
        ids = np.array(self.tokenizer.encode(paragraph(self.rng, length * 5)).ids[:length], dtype=np.int32)
        return Document(ids, np.full(len(ids), 2 * self.mixture.text_weight, dtype=np.float32))
