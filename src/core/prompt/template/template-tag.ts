import { nearestName } from '../../foundation/nearest-name';
import type { Reference, Tag } from './template-syntax';
import { phrase } from '../../foundation/phrase';
import type { PhraseValue, Said } from '../../foundation/phrase';

const quoted = /^"((?:[^"\\]|\\.)*)"$/su;
const comparison = /^(.+?)\s*=\s*("(?:[^"\\]|\\.)*")$/su;
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t' };

/** Reads the text between `{{` and `}}`. */
export function parseTag(content: string): Tag {
  const text = content.trim();
  if (text === '') return wrong(phrase`{{}} names nothing.`, phrase`Write the name of a column, as {{column}}.`);
  if (text === 'else') return { kind: 'else' };
  if (text.startsWith('#')) return parseOpening(text);
  if (text.startsWith('/')) return parseClosing(text);
  if (text.startsWith('"')) {
    const literal = unquote(text);
    return literal === undefined ? wrongString(text) : { kind: 'literal', text: literal };
  }
  const reference = parseReference(text);
  return reference === undefined ? wrongString(text) : { kind: 'reference', reference };
}

function parseOpening(text: string): Tag {
  const [, block = '', rest = ''] = /^#\s*(\S*)\s*(.*)$/su.exec(text) ?? [];
  if (block === 'features') {
    const separator = rest === '' ? '' : unquote(rest);
    if (separator === undefined) return wrongString(rest);
    return { kind: 'features', separator };
  }
  if (block === 'if') return parseCondition(rest);
  return wrong(
    phrase`there is no block {{#${block}}}.`,
    phrase`${didYouMean(block)}Blocks are {{#features ", "}} and {{#if column}}. A column of that name is {{column:${text}}}.`,
  );
}

function parseCondition(text: string): Tag {
  if (text === '')
    return wrong(phrase`{{#if}} names no column.`, phrase`Write {{#if column}} or {{#if column = "value"}}.`);
  const [, name, value] = comparison.exec(text) ?? [];
  const subject = parseReference(name ?? text);
  const equals = value === undefined ? undefined : unquote(value);
  return subject === undefined ? wrongString(text) : { kind: 'if', subject, equals };
}

function parseClosing(text: string): Tag {
  const block = text.slice(1).trim();
  if (block === 'features' || block === 'if') return { kind: 'close', block };
  return wrong(
    phrase`there is no block {{${text}}}.`,
    phrase`${didYouMean(block)}Blocks end with {{/features}} or {{/if}}. A column of that name is {{column:${text}}}.`,
  );
}

function parseReference(text: string): Reference | undefined {
  const [, named] = /^column\s*:\s*(.*)$/su.exec(text) ?? [];
  if (named === undefined) return { name: text, isColumn: false };
  const name = named.startsWith('"') ? unquote(named) : named;
  return name === undefined ? undefined : { name, isColumn: true };
}

/** The text of a quoted string with \n, \t, \" and \\ resolved; undefined when it is not one quoted string. */
function unquote(text: string): string | undefined {
  return quoted.exec(text)?.[1]?.replace(/\\(.)/gsu, (_, letter: string) => escapes[letter] ?? letter);
}

function didYouMean(block: string): PhraseValue {
  const near = nearestName(block, ['features', 'if']);
  return near === undefined ? '' : phrase`Did you mean ${near}? `;
}

function wrongString(text: string): Tag {
  return wrong(
    phrase`${text} is not one quoted text.`,
    phrase`Quote it with "…"; inside, \\" is a quote, \\n a new line.`,
  );
}

function wrong(message: Said, hint: Said): Tag {
  return { kind: 'wrong', message, hint };
}
