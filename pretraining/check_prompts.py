"""Checks that this folder writes prompts exactly as LIFT does, on the golden prompts of LIFT's own tests.

python pretraining/check_prompts.py
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from formats import fixed, scaled, scaled_linear, significant, three_digits, with_unit
from render import EXAMPLE_END, completion, question_parts

GOLDEN = Path(__file__).parent.parent / 'test' / 'core' / 'prompt' / 'fixtures' / 'golden-prompts.json'


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def written(column: dict, cells: list[str | None], is_target: bool) -> list[str]:
    """The cells of one column in its format, with units for features."""
    format_, training = column['format'], np.array(column.get('training', []), dtype=float)
    texts = []
    for cell in cells:
        if cell is None:
            texts.append(column.get('missing', ''))
            continue
        text = column.get('labels', {}).get(cell, cell)
        value = np.array([float(cell)]) if is_number(cell) else None
        if format_ == 'scaled' and value is not None:
            text = three_digits(scaled(value, training))[0]
        elif format_ == 'scaled-linear' and value is not None:
            text = three_digits(scaled_linear(value, training, 0.1 if is_target else 0.0))[0]
        elif isinstance(format_, dict) and value is not None:
            kind, digits = next(iter(format_.items()))
            text = (fixed if kind == 'fixed' else significant)(value, digits)[0]
        shows_unit = not is_target and format_ not in ('scaled', 'scaled-linear')
        texts.append(with_unit(text, column['unit']) if shows_unit else text)
    return texts


def golden_prompt(case: dict) -> tuple[str, str]:
    """Prompt and completion of one golden case, written by this folder's renderer."""
    order = case.get('order', list(range(len(case['features']))))
    features = [case['features'][i] for i in order]
    cells = [[*(example['values'][i] for example in case['examples']), case['features'][i]['value']] for i in order]
    columns = [written(feature, column, False) for feature, column in zip(features, cells, strict=True)]
    answers = written(case['target'], [*(e['answer'] for e in case['examples']), case['target']['value']], True)
    names = [feature['name'] for feature in features]
    *examples, question = question_parts(
        case['template'], columns, names, case['target']['name'], case['questionEnd']
    ).rows()
    ends = [completion(answer, case['answerEnd']) for answer in answers]
    lines = [text + end + EXAMPLE_END for text, end in zip(examples, ends[:-1], strict=True)]
    return case['preamble'] + ''.join(lines) + question, '' if case['target']['value'] is None else ends[-1]


def main() -> int:
    cases = json.loads(GOLDEN.read_text())['prompts']
    wrong = 0
    for case in cases:
        expected = (case['prompt'], case['completion'])
        if golden_prompt(case) != expected:
            wrong += 1
            print(f"differs: {case['title']}\n  expected {expected}\n  written  {golden_prompt(case)}")
    print(f'{len(cases) - wrong} of {len(cases)} golden prompts are the same')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
