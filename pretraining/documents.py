"""Documents for pretraining: many rows of one task, each question followed by its answer, as token ids with loss weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from english import paragraph
from formats import as_is, fixed, scaled, scaled_linear, three_digits
from prior.task import CategoryColumn, Task, random_task
from render import EXAMPLE_END, completion, questions
from wording import cell_texts, class_labels, column_name

Ids = NDArray[np.int32]


@dataclass(frozen=True)
class Mixture:
    """Shares and weights of the pretraining mixture; see README.md."""

    compact: float = 0.8
    scaled_in_others: float = 0.25
    as_is_in_compact: float = 0.08
    regression: float = 0.3
    english: float = 0.03
    nearest_last: float = 0.5
    neighbourhood: float = 0.2
    single_rows: float = 0.02
    last_answer_weight: float = 2.0
    first_label_weight: float = 0.05
    text_weight: float = 0.1
    text_share: float = 0.06
    documents_per_task: int = 6
    most_columns: int = 60


@dataclass
class Document:
    """Ids and the weight of predicting each of them (0 for no loss); at most the asked length."""

    ids: Ids
    weights: NDArray[np.float32]


@dataclass
class WrittenTask:
    """The rows of one task as ids, and what is needed to find neighbours."""

    question_ids: list[Ids]
    answer_ids: list[Ids]
    answer_weights: list[NDArray[np.float32]]
    labels: NDArray[np.int64] | None
    numbers: NDArray[np.float32]


class DocumentWriter:
    """Draws tasks and writes documents of a wanted length."""

    def __init__(self, tokenizer: Tokenizer, mixture: Mixture, rng: np.random.Generator) -> None:
        self.tokenizer = tokenizer
        self.mixture = mixture
        self.rng = rng
        self.newline = np.array(tokenizer.encode(EXAMPLE_END).ids, dtype=np.int32)
        self.space = tokenizer.token_to_id('Ġ')
        self.answer_end = tokenizer.token_to_id('@@@')

    def documents(self, length: int, difficulty: float) -> list[Document]:
        """Several documents of at most `length` tokens; `difficulty` in 0..1 widens the tasks (a curriculum)."""
        if self.rng.random() < self.mixture.english:
            return [self.english(length)]
        compact = self.rng.random() < self.mixture.compact
        per_column = 4 if compact else 9
        most = min(self.mixture.most_columns * difficulty, length / (4 * per_column))
        width = int(max(1.5, most) ** (self.rng.random() ** 0.6) + 0.5)
        rows = int(np.exp(self.rng.uniform(np.log(50), np.log(500))))
        rows = max(rows, length // (per_column * width + 4) + 8) if width < 4 else rows
        task = random_task(self.rng, rows, width, bool(self.rng.random() < self.mixture.regression))
        written = self.write(task, compact)
        return [self.document(written, length) for _ in range(self.mixture.documents_per_task)]

    def write(self, task: Task, compact: bool) -> WrittenTask:
        """Chooses a template, formats and words, and encodes every row once."""
        rng, mixture = self.rng, self.mixture
        template = 'compact' if compact else str(rng.choice(['paper', 'paper-names', 'sentence']))
        use_scaled = rng.random() > mixture.as_is_in_compact if compact else rng.random() < mixture.scaled_in_others
        named = template in ('paper-names', 'sentence')
        columns = [cell_texts(rng, column, use_scaled, named) for column in task.columns]
        names = [column_name(rng) for _ in columns] if named else [''] * len(columns)
        texts = questions(template, columns, names, column_name(rng) if named else '')
        question_ids = [np.array(e.ids, dtype=np.int32) for e in self.tokenizer.encode_batch_fast(texts)]
        if task.classes:
            labels = task.target
            by_class = [self.answer(label, False) for label in class_labels(rng, task.classes)]
            answers = [by_class[code] for code in labels.tolist()]
        else:
            labels = None
            answers = [self.answer(text, True) for text in self.number_answers(task, compact)]
        return WrittenTask(
            question_ids, [a[0] for a in answers], [a[1] for a in answers], labels, self.distance_features(task)
        )

    def number_answers(self, task: Task, compact: bool) -> list[str]:
        """Regression answers: mostly scaled, else written as the paper does."""
        target = task.target.astype(np.float64)
        if self.rng.random() < (0.92 if compact else 0.4):
            return three_digits(scaled_linear(target, target))
        decimals = int(self.rng.integers(0, 3))
        return fixed(target, decimals) if self.rng.random() < 0.5 else as_is(target, decimals)

    def answer(self, text: str, number: bool) -> tuple[Ids, NDArray[np.float32]]:
        """Ids of a completion and their weights: the leading space and the end marker teach little."""
        ids = np.array(self.tokenizer.encode(completion(text)).ids, dtype=np.int32)
        weights = np.full(len(ids), 0.5, dtype=np.float32)
        start = 1 if ids[0] == self.space else 0
        if number:
            weights[start:] = [max(0.15, 0.55**i) for i in range(len(ids) - start)]
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

    def order(self, written: WrittenTask) -> tuple[NDArray[np.int64], bool]:
        """Row indices by importance (the row asked about first), and whether that order is by nearness."""
        rng, total = self.rng, len(written.question_ids)
        query = int(rng.integers(total))
        kind = rng.random()
        if kind > self.mixture.nearest_last + self.mixture.neighbourhood:
            others = rng.permutation(total)
            return np.concatenate([[query], others[others != query]]), False
        difference = np.abs(written.numbers - written.numbers[query])
        distance = difference.sum(axis=1) if rng.random() < 0.5 else (difference**2).sum(axis=1)
        distance = distance + rng.random(total) * 1e-6
        distance[query] = -1
        return np.argsort(distance), kind < self.mixture.nearest_last

    def document(self, written: WrittenTask, length: int) -> Document:
        """Fills the length with rows, nearest last when ordered by nearness, else shuffled."""
        mixture = self.mixture
        order, nearest_last = self.order(written)
        sizes = np.array([len(written.question_ids[i]) + len(written.answer_ids[i]) + 1 for i in order])
        count = max(1, int(np.searchsorted(np.cumsum(sizes), length, side='right')))
        if self.rng.random() < mixture.single_rows:
            count = 1
        chosen = order[:count]
        chosen = chosen[::-1] if nearest_last else self.rng.permutation(chosen)
        ids: list[Ids] = []
        weights: list[NDArray[np.float32]] = []
        seen: set[int] = set()
        for at, row in enumerate(chosen.tolist()):
            question = written.question_ids[row]
            answer_weights = written.answer_weights[row]
            if written.labels is not None:
                label = int(written.labels[row])
                if label not in seen:
                    answer_weights = answer_weights * mixture.first_label_weight
                    seen.add(label)
            if nearest_last and at == count - 1:
                answer_weights = answer_weights * mixture.last_answer_weight
            text = (self.rng.random(len(question)) < mixture.text_share) * np.float32(mixture.text_weight)
            ids += [question, written.answer_ids[row], self.newline]
            weights += [text.astype(np.float32), answer_weights, np.zeros(1, dtype=np.float32)]
        return Document(np.concatenate(ids)[:length], np.concatenate(weights)[:length])

    def english(self, length: int) -> Document:
        """Plain sentences with loss on every token."""
        ids = np.array(self.tokenizer.encode(paragraph(self.rng, length * 5)).ids[:length], dtype=np.int32)
        return Document(ids, np.full(len(ids), 2 * self.mixture.text_weight, dtype=np.float32))
