"""The built-in prompt templates, written exactly as LIFT writes them."""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class QuestionParts:
    """A question in pieces that tokenise on their own: head, then one piece for each column, then tail."""

    head: str
    pieces: list[list[str]]
    tail: str

    def rows(self) -> list[str]:
        """The questions in full."""
        return [self.head + ''.join(row) + self.tail for row in zip(*self.pieces, strict=True)]


def question_parts(
    template: str, columns: Sequence[Sequence[str]], names: Sequence[str], target: str, end: str = QUESTION_END
) -> QuestionParts:
    """The questions (with their end mark) of all rows; `columns` holds formatted cells by column."""
    count = len(columns)
    if template == 'compact':
        leads, after, head, tail = [' ' + letter for letter in column_letters(count)], '', '', ''
    elif template == 'paper':
        leads, after, head, tail = [f' x{i + 1}=' for i in range(count)], ',', 'When we have', ' what should be y?'
    elif template == 'paper-names':
        leads, after, head, tail = [f' {name}=' for name in names], ',', 'When we have', f' what should be {target}?'
    elif template == 'sentence':
        leads, after, head, tail = [f' The {name} is ' for name in names], '.', '', f' What is the {target}?'
    else:
        raise ValueError(f'unknown template {template}')
    if not head:
        leads[0] = leads[0][1:]
    pieces = [[lead + cell + after for cell in column] for lead, column in zip(leads, columns, strict=True)]
    return QuestionParts(head, pieces, tail + end)


def completion(answer: str, end: str = ANSWER_END) -> str:
    """The text that follows a question."""
    return f' {answer}{end}'
