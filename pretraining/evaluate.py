"""In-context accuracy of an exported model on CSV tables, beside nearest neighbours on the same rows and distance.

python pretraining/evaluate.py base-model TABLE.csv [TABLE.csv …] --rows-in-context 8 16 --limit 100

The last column is the target. Rows are split 80/20 into development and test (seed 0), development again 80/20; only its
validation part is scored, and the test part is never looked at. Nothing is tuned: prompts are the compact template with
scaled numbers, the nearest training rows before the question, nearest last.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from transformers import LlamaForCausalLM

from formats import scaled, scaled_linear, three_digits
from render import EXAMPLE_END, MISSING, completion, question_parts

MOST_CLASSES = 40


@dataclass
class Table:
    """Cells by column; `target` is class texts, or numbers when `regression`."""

    name: str
    columns: list[list[str]]
    target: list[str]
    regression: bool


@dataclass
class Prepared:
    """Prompt texts of every row, distance features, and the row indices of both parts."""

    texts: list[str]
    answers: list[str]
    features: NDArray[np.float64]
    train: NDArray[np.int64]
    validation: NDArray[np.int64]
    classes: list[str]
    numbers: NDArray[np.float64] | None


def is_number(text: str) -> bool:
    try:
        return bool(np.isfinite(float(text)))
    except ValueError:
        return False


def read_table(path: Path) -> Table:
    """A CSV file with a header; the target is its last column."""
    with path.open(newline='') as file:
        _, *rows = list(csv.reader(file))
    columns = [list(column) for column in zip(*rows, strict=True)]
    target = columns.pop()
    regression = all(map(is_number, target)) and len(set(target)) > 20
    return Table(path.stem, columns, target, regression)


def split(table: Table, seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Training and validation rows; stratified for classes. The test rows are dropped here."""
    keys = ['' for _ in table.target] if table.regression else table.target
    train: list[int] = []
    validation: list[int] = []
    test_rng, rng = np.random.default_rng(0), np.random.default_rng(seed + 1)
    for key in sorted(set(keys)):
        members = test_rng.permutation([i for i, k in enumerate(keys) if k == key])
        development = rng.permutation(members[round(len(members) * 0.2) :])
        cut = round(len(development) * 0.2)
        validation += development[:cut].tolist()
        train += development[cut:].tolist()
    return np.array(train), rng.permutation(np.array(validation))


def prepare(table: Table, seed: int) -> Prepared:
    """Fits formats on the training rows and writes every row as a question."""
    train, validation = split(table, seed)
    texts, blocks = [], []
    for cells in table.columns:
        present = np.array([cell != '' for cell in cells])
        if all(is_number(cell) for cell in cells if cell != '') and len(set(cells)) > 2:
            values = np.array([float(cell) if cell != '' else 0.0 for cell in cells])
            levels = scaled(values, values[train][present[train]])
            texts.append([t if p else MISSING for t, p in zip(three_digits(levels), present, strict=True)])
            blocks.append(np.where(present, levels / 999, 2.0)[:, None])
        else:
            texts.append([cell or MISSING for cell in cells])
            levels_of = sorted(set(cells))
            blocks.append(np.eye(len(levels_of))[[levels_of.index(cell) for cell in cells]] * np.sqrt(0.5))
    numbers = np.array([float(v) for v in table.target]) if table.regression else None
    answers = three_digits(scaled_linear(numbers, numbers[train])) if numbers is not None else table.target
    classes = [] if table.regression else sorted({table.target[i] for i in train})
    prompts = question_parts('compact', texts, [''] * len(texts), '').rows()
    return Prepared(prompts, answers, np.concatenate(blocks, axis=1), train, validation, classes, numbers)


class Scorer:
    """A causal LM that gives probabilities of completions after a prompt."""

    def __init__(self, folder: Path) -> None:
        self.model = LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
        self.tokenizer = Tokenizer.from_file(str(folder / 'tokenizer.json'))

    def ids(self, text: str) -> list[int]:
        return self.tokenizer.encode(text).ids

    def after(self, prompt: list[int], branches: list[list[int]]) -> list[torch.Tensor]:
        """Log-probabilities [branch length, vocabulary] of the tokens at each place of each branch."""
        longest = max(map(len, branches))
        rows = torch.tensor([prompt + branch + [0] * (longest - len(branch)) for branch in branches])
        logits = self.model(rows[:, :-1], logits_to_keep=longest).logits.log_softmax(-1)
        return [logits[i, : len(branch)] for i, branch in enumerate(branches)]

    @torch.no_grad()
    def classify(self, prompt: str, classes: list[str]) -> NDArray[np.float64]:
        """Class probabilities, normalised over the classes."""
        branches = [self.ids(completion(label)) for label in classes]
        logs = self.after(self.ids(prompt), branches)
        totals = [sum(float(log[t, token]) for t, token in enumerate(branch)) for log, branch in zip(logs, branches, strict=True)]
        scores = np.exp(np.array(totals) - max(totals))
        return scores / scores.sum()

    @torch.no_grad()
    def level(self, prompt: str) -> float:
        """Mean of the scaled answer 0..999: two digits by the tree, the third taken as its middle."""
        digits = [self.ids(str(d))[0] for d in range(10)]
        space = self.ids(' ')
        logs = self.after(self.ids(prompt), [[*space, digit, digits[0]] for digit in digits])
        first = torch.softmax(logs[0][1, digits], -1)
        second = torch.stack([torch.softmax(log[2, digits], -1) for log in logs])
        values = torch.arange(10)[:, None] * 100 + torch.arange(10)[None, :] * 10 + 4.5
        return float((first[:, None] * second * values).sum())


def neighbours(data: Prepared, row: int, count: int) -> NDArray[np.int64]:
    """Nearest training rows, nearest first."""
    distance = np.abs(data.features[data.train] - data.features[row]).sum(axis=1)
    return data.train[np.argsort(distance, kind='stable')[:count]]


def vote(data: Prepared, near: NDArray[np.int64]) -> str:
    """Majority label; ties go to the nearest."""
    return Counter(data.answers[i] for i in near).most_common(1)[0][0]


def prompt_text(data: Prepared, row: int, near: NDArray[np.int64]) -> str:
    """Neighbours with their answers, the nearest last, then the question."""
    examples = [data.texts[i] + completion(data.answers[i]) + EXAMPLE_END for i in reversed(near.tolist())]
    return ''.join(examples) + data.texts[row]


def evaluate(scorer: Scorer, table: Table, counts: list[int], limit: int, seed: int) -> dict[str, object]:
    """Accuracy (or relative absolute error) of the model and of nearest neighbours for each number of rows."""
    data = prepare(table, seed)
    rows = data.validation[:limit].tolist()
    result: dict[str, object] = {'table': table.name, 'rows': len(rows), 'metric': 'RAE' if table.regression else 'accuracy'}
    context = scorer.model.config.max_position_embeddings
    for count in counts:
        ours, theirs, fitted = [], [], count
        for row in rows:
            near = neighbours(data, row, fitted)
            while len(scorer.ids(prompt_text(data, row, near))) > context - 16:
                near, fitted = near[:-1], fitted - 1
            prompt = prompt_text(data, row, near)
            if data.numbers is not None:
                train = data.numbers[data.train]
                span = train.max() - train.min()
                ours.append(train.min() - 0.1 * span + scorer.level(prompt) / 999 * span * 1.2)
                theirs.append(data.numbers[near].mean())
            else:
                chances = scorer.classify(prompt, data.classes)
                ours.append(data.classes[int(chances.argmax())])
                theirs.append(vote(data, near))
        if data.numbers is not None:
            truth = data.numbers[rows]
            base = np.abs(truth - data.numbers[data.train].mean()).sum()
            result[f'model/{count}'] = round(float(np.abs(truth - np.array(ours)).sum() / base), 3)
            result[f'neighbours/{count}'] = round(float(np.abs(truth - np.array(theirs)).sum() / base), 3)
        else:
            truth_labels = [data.answers[row] for row in rows]
            result[f'model/{count}'] = round(100 * float(np.mean([a == b for a, b in zip(ours, truth_labels, strict=True)])), 1)
            result[f'neighbours/{count}'] = round(100 * float(np.mean([a == b for a, b in zip(theirs, truth_labels, strict=True)])), 1)
    if data.numbers is None:
        result['neighbours/5'] = round(100 * float(np.mean([vote(data, neighbours(data, r, 5)) == data.answers[r] for r in rows])), 1)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('model', type=Path)
    parser.add_argument('tables', type=Path, nargs='+')
    parser.add_argument('--rows-in-context', type=int, nargs='+', default=[8, 16])
    parser.add_argument('--limit', type=int, default=100, help='validation rows of each table')
    parser.add_argument('--seed', type=int, default=0)
    parser.add_argument('--threads', type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    scorer = Scorer(arguments.model)
    results = []
    for path in arguments.tables:
        if not path.exists():
            print(f'{path}: absent, skipped')
            continue
        table = read_table(path)
        if not table.regression and len(set(table.target)) > MOST_CLASSES:
            print(f'{path}: more than {MOST_CLASSES} classes, skipped')
            continue
        results.append(evaluate(scorer, table, arguments.rows_in_context, arguments.limit, arguments.seed))
        print(json.dumps(results[-1]), flush=True)
    for metric in ('accuracy', 'RAE'):
        of_metric = [r for r in results if r['metric'] == metric]
        if of_metric:
            keys = [key for key in of_metric[0] if '/' in key]
            print(metric, 'mean', {key: round(float(np.mean([r[key] for r in of_metric])), 3) for key in keys})


if __name__ == '__main__':
    main()
