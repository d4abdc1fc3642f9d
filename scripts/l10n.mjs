/**
 * Writes l10n/bundle.l10n.json: every text that the extension and its pages give to `l10n.t`, for translators. Run it after a text was
 * added or changed (npm run l10n); it then names what the translations lack or have too much.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @returns {Record<string, string>} the texts by themselves, sorted, as the bundle holds them */
export function extensionTexts() {
  const folders = [join(root, 'src', 'extension'), join(root, 'webview')];
  const files = folders.flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, name)));
  const texts = files.filter((path) => path.endsWith('.ts')).flatMap(textsIn);
  return Object.fromEntries([...new Set(texts)].sort().map((text) => [text, text]));
}

/** @throws when a text is put together at run time: nobody could translate it */
function textsIn(path) {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
  const texts = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && /(^|\.)l10n\.(t|parts)$/.test(node.expression.getText(source))) {
      const [text] = node.arguments;
      if (!ts.isStringLiteralLike(text)) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
        throw new Error(`${path}:${line + 1}: the text of l10n.t must stand there as it is.`);
      }
      texts.push(text.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

/**
 * What is wrong with a translation: texts that it lacks, texts that nobody asks for, placeholders that differ.
 * @param {Record<string, string>} texts
 * @param {Record<string, string>} translation
 * @returns {string[]}
 */
export function translationProblems(texts, translation) {
  const placeholders = (text) => [...new Set(text.match(/\{\w+\}|\(command:[\w.]+\)|`[^`]+`/g) ?? [])].sort().join(' ');
  const lacking = Object.keys(texts).filter((key) => !translation[key]);
  const unknown = Object.keys(translation).filter((key) => !(key in texts));
  const changed = Object.keys(texts).filter(
    (key) => translation[key] && placeholders(translation[key]) !== placeholders(texts[key]),
  );
  return [
    ...lacking.map((key) => `lacks: ${key}`),
    ...unknown.map((key) => `nobody asks for: ${key}`),
    ...changed.map((key) => `has other placeholders: ${key}`),
  ];
}

/** The languages that there are translations for. */
export function languages() {
  return readdirSync(join(root, 'l10n')).flatMap((name) => /^bundle\.l10n\.(.+)\.json$/.exec(name)?.[1] ?? []);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const texts = extensionTexts();
  writeFileSync(join(root, 'l10n', 'bundle.l10n.json'), `${JSON.stringify(texts, undefined, 2)}\n`);
  for (const language of languages()) {
    const path = join(root, 'l10n', `bundle.l10n.${language}.json`);
    for (const problem of translationProblems(texts, JSON.parse(readFileSync(path, 'utf8')))) {
      console.log(`${language} ${problem}`);
    }
  }
}
