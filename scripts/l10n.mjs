/**
 * Writes l10n/bundle.l10n.json, for translators: every text that the extension and its pages give to `l10n.t`, and what the core says
 * (its phrases and errors). Run it after a text was added or changed (npm run l10n); it then names what the translations lack or
 * have too much.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @returns {Record<string, string>} the texts by themselves, sorted, as the bundle holds them */
export function extensionTexts() {
  const texts = [
    ...textsBelow(['src/extension', 'webview'], calledTexts),
    ...textsBelow(['src/core', 'src/engine', 'src/extension'], saidTexts),
  ];
  return Object.fromEntries([...new Set(texts)].sort().map((text) => [text, text]));
}

function textsBelow(folders, textsOf) {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((name) => join(root, folder, name)),
  );
  return files
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => {
      const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
      return everyNode(source).flatMap((node) => textsOf(node, source));
    });
}

function everyNode(node) {
  const nodes = [node];
  ts.forEachChild(node, (child) => {
    nodes.push(...everyNode(child));
  });
  return nodes;
}

/** What is given to `l10n.t`. @throws when a text is put together at run time: nobody could translate it */
function calledTexts(node, source) {
  if (!ts.isCallExpression(node) || !/(^|\.)l10n\.(t|parts)$/.test(node.expression.getText(source))) return [];
  const [text] = node.arguments;
  if (!ts.isStringLiteralLike(text)) throw misplaced(node, source, 'the text of l10n.t must stand there as it is.');
  return [text.text];
}

/**
 * What the core says: its phrases, and the messages and hints of its errors that have no values.
 * @throws when a message has values and is no phrase, or when words stand among the values of a phrase
 */
function saidTexts(node, source) {
  if (ts.isTaggedTemplateExpression(node) && node.tag.getText(source) === 'phrase') {
    const text = phraseText(node, source);
    return /\p{L}/u.test(text.replaceAll(/\{\d+\}/gu, '')) ? [text] : [];
  }
  if (!ts.isNewExpression(node) || node.expression.getText(source) !== 'LiftError') return [];
  return (node.arguments ?? []).slice(1, 3).flatMap((argument) => plainTexts(argument, source));
}

function phraseText({ template }, source) {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  return template.templateSpans.reduce((text, { expression, literal }, index) => {
    const words = ts.isConditionalExpression(expression) && everyNode(expression).some(ts.isStringLiteralLike);
    if (words) throw misplaced(expression, source, 'words among the values of a phrase cannot be translated.');
    return `${text}{${index}}${literal.text}`;
  }, template.head.text);
}

/** A text that stands there, one of two, or the one that a name stands for; what comes from elsewhere is found there. */
function plainTexts(node, source) {
  if (ts.isStringLiteralLike(node)) return node.text === '' ? [] : [node.text];
  if (ts.isParenthesizedExpression(node)) return plainTexts(node.expression, source);
  if (ts.isConditionalExpression(node))
    return [node.whenTrue, node.whenFalse].flatMap((side) => plainTexts(side, source));
  if (ts.isIdentifier(node)) return declared(node, source).flatMap((value) => plainTexts(value, source));
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken)
    return [node.left, node.right].flatMap((side) => plainTexts(side, source));
  if (ts.isTemplateExpression(node) || ts.isBinaryExpression(node))
    throw misplaced(node, source, 'a message with values must be a phrase: phrase`…`.');
  return [];
}

/** What a name is made equal to in the block around it, or in the nearest one around that. */
function declared(name, source) {
  const isIt = (node) => ts.isVariableDeclaration(node) && node.name.getText(source) === name.text && node.initializer;
  for (let around = name.parent; around; around = around.parent) {
    const found = ts.isBlock(around) || ts.isSourceFile(around) ? declarations(around).filter(isIt) : [];
    if (found.length > 0) return found.map(({ initializer }) => initializer);
    if (
      ts.isFunctionLike(around) &&
      around.parameters.some((parameter) => parameter.name.getText(source) === name.text)
    )
      return [];
  }
  return [];
}

function declarations({ statements }) {
  return statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) => [...declarationList.declarations]);
}

function misplaced(node, source, what) {
  const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
  return new Error(`${source.fileName}:${line + 1}: ${what}`);
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
