import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { builtinTemplateNames } from '../../src/core/prompt/template/builtin-templates';

/** A translation of every text: the text itself in brackets, so that what is not translated stands out. */
export const bracketed: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(JSON.parse(readFileSync('l10n/bundle.l10n.json', 'utf8')) as object).map((text) => [text, `⟦${text}⟧`]),
);

/** The names of templates, and the words of their language. */
export const templateWords = [
  ...builtinTemplateNames,
  'features',
  'name',
  'value',
  'number',
  'letter',
  'unit',
  'shuffled',
  'if',
  'target',
  'classes',
  'answer',
];

const inBrackets = /⟦[^⟦⟧]*⟧/gu;
const word = /\p{L}{2,}/gu;

/**
 * Words of a page in the bracketed language that are neither translated nor said by the host.
 * @param said all that the host has answered
 * @param names words that are names, and the same in every language
 */
export async function untranslatedWords(page: Page, said: unknown, names: readonly string[] = []): Promise<string[]> {
  const known = [JSON.stringify(said), ...names].join(' ');
  const texts = await page.evaluate(() => {
    const told = ['aria-label', 'title', 'placeholder'];
    const attributes = [...document.body.querySelectorAll(told.map((name) => `[${name}]`).join())].flatMap((element) =>
      told.map((name) => element.getAttribute(name) ?? ''),
    );
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const shown: string[] = [];
    while (nodes.nextNode()) shown.push(nodes.currentNode.textContent ?? '');
    // What stands in the middle of a text has nodes of its own.
    return [shown.join(' '), ...attributes];
  });
  const words = texts.flatMap((text) => withoutBrackets(text).match(word) ?? []);
  return [...new Set(words)].filter((each) => !known.includes(each));
}

/** Translated texts may stand within others. */
function withoutBrackets(text: string): string {
  const shorter = text.replaceAll(inBrackets, ' ');
  return shorter === text ? text : withoutBrackets(shorter);
}
