"""The built-in prompt templates, written exactly as LIFT writes them."""

from __future__ import annotations

import string
from collections.abc import Sequence

QUESTION_END = ' ###'
ANSWER_END = '@@@'
EXAMPLE_END = '\n'
MISSING = 'unknown'
TEMPLATES = ('compact', 'paper', 'paper-names', 'sentence')


def column_letters(count: int) -> list[str]:
    """Spreadsheet letters: A…Z, AA, AB, …"""
    letters = []
    for number in range(1, count + 1):
        name = ''
        while number:
            number, rest = divmod(number - 1, 26)
            name = string.ascii_uppercase[rest] + name
        letters.append(name)
    return letters


def questions(
    template: str, columns: Sequence[Sequence[str]], names: Sequence[str], target: str, end: str = QUESTION_END
) -> list[str]:
    """One question (with its end mark) for each row; `columns` holds formatted cells by column."""
    if template == 'compact':
        lead, joint, tail = [letter + '{}' for letter in column_letters(len(columns))], ' ', ''
    elif template == 'paper':
        lead, joint, tail = [f'x{i + 1}={{}}' for i in range(len(columns))], ', ', ', what should be y?'
    elif template == 'paper-names':
        lead, joint, tail = [f'{name}={{}}' for name in names], ', ', f', what should be {target}?'
    elif template == 'sentence':
        lead, joint, tail = [f'The {name} is {{}}.' for name in names], ' ', f' What is the {target}?'
    else:
        raise ValueError(f'unknown template {template}')
    head = 'When we have ' if template.startswith('paper') else ''
    pattern = head + joint.join(lead) + tail
    return [pattern.format(*row) + end for row in zip(*columns, strict=True)]


def completion(answer: str, end: str = ANSWER_END) -> str:
    """The text that follows a question."""
    return f' {answer}{end}'
