import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { extensionTexts, languages, translationProblems } from '../../scripts/l10n.mjs';

const read = (path: string): Record<string, string> => JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;

describe('the texts of the extension', () => {
  it('are all in the bundle for translators: after a change, npm run l10n', () => {
    expect(read('l10n/bundle.l10n.json')).toEqual(extensionTexts());
  });

  it('name every text of the manifest that it refers to', () => {
    const manifest = readFileSync('package.json', 'utf8');
    const named = [...manifest.matchAll(/"%([^%]+)%"/g)].map(([, key]) => key!);
    expect(Object.keys(read('package.nls.json')).sort()).toEqual([...new Set(named)].sort());
  });

  it('are translated into German at least', () => {
    expect(languages()).toContain('de');
  });

  it.each(languages())('are complete in %s, with the same placeholders', (language) => {
    const bundle = read(`l10n/bundle.l10n.${language}.json`);
    expect(translationProblems(read('l10n/bundle.l10n.json'), bundle)).toEqual([]);
    const manifest = read(`package.nls.${language}.json`);
    expect(translationProblems(read('package.nls.json'), manifest)).toEqual([]);
  });
});

describe('a translation', () => {
  it('is told what it lacks, has too much, and where it lost a placeholder', () => {
    const texts = { 'Open {0}': 'Open {0}', Stop: 'Stop', 'See `x`': 'See `x`' };
    const translation = { 'Open {0}': 'Öffnen', Start: 'Beginnen', 'See `x`': 'Siehe `x`' };
    expect(translationProblems(texts, translation)).toEqual([
      'lacks: Stop',
      'nobody asks for: Start',
      'has other placeholders: Open {0}',
    ]);
  });
});
