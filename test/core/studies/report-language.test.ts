import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtinTemplateNames } from '../../../src/core/prompt/template/builtin-templates';
import { classificationBaselines } from '../../../src/core/evaluation/baselines/classification-baselines';
import { regressionBaselines } from '../../../src/core/evaluation/baselines/regression-baselines';
import { english } from '../../../src/core/foundation/phrase';
import { englishReport, ReportLanguage } from '../../../src/core/report/report-language';
import { writeReport } from '../../../src/core/studies/report/write-report';
import { resultsCsv, resultsJson } from '../../../src/core/studies/results-files';
import type { OpenedStudy } from '../../../src/core/studies/open-study';
import type { StudyKind, StudyResult, StudyRun } from '../../../src/core/studies/study';
import { studyFolderAt } from '../../../src/core/studies/study-folder';
import { studyKind, studyKinds } from '../../../src/core/studies/study-kinds';
import { temporaryFolder } from '../../helpers/bundle';
import { maskedWording, namesInReports, readableWords } from '../../helpers/masked-language';
import { inputFor } from './study-input';

/** Their sections are about rows that a run has predicted or made: see the test of the engine. */
const needRuns = ['calibration', 'decision-boundary', 'generation', 'interpolation', 'ridge'];

let folder: string;

beforeAll(async () => {
  folder = await temporaryFolder();
});

/** A study whose runs have all come to something, on one of the paper's tables. */
async function doneStudy(kind: StudyKind): Promise<{ study: OpenedStudy; results: StudyResult[] }> {
  const isNumber = kind.task === 'regression';
  const input = { ...inputFor(kind), folder, models: ['other'] };
  const path = join(folder, isNumber ? 'linear.csv' : 'tae.csv');
  const table = { ...input.table, source: { ...input.table.source, path } };
  const shown = needRuns.includes(kind.name) ? { ...kind, sections: () => Promise.resolve([]) } : kind;
  const place = studyFolderAt(join(folder, kind.name));
  await mkdir(place.path, { recursive: true });
  const study = { kind: shown, folder: place, input: { ...input, table }, runs: await kind.plan(input) };
  return { study, results: study.runs.map(resultOf) };
}

function resultOf({ id, series, x, seed, baselines }: StudyRun): StudyResult {
  const metrics = { accuracy: 0.8125, rae: 0.4375 };
  const names = [...classificationBaselines(2, 1), ...regressionBaselines(1)].map(({ name }) => name);
  const others = baselines ? Object.fromEntries(names.map((name) => [name, { accuracy: 0.75, rae: 0.5 }])) : {};
  return { id, series, x, seed, metrics, baselines: others, timing: { total: 1500 }, run: join(folder, 'runs', id) };
}

async function reportIn(
  language: ReportLanguage,
  { study, results }: Awaited<ReturnType<typeof doneStudy>>,
): Promise<string> {
  await writeReport(study, results, language);
  return readFile(study.folder.report, 'utf8');
}

describe('the report of a study', () => {
  it.each(studyKinds.map(({ name }) => name))('of %s has no text that is not in the bundle', async (name) => {
    const done = await doneStudy(studyKind(name));
    const { table, recipe } = done.study.input;
    const values = [
      ...namesInReports,
      ...builtinTemplateNames,
      ...done.study.input.models,
      ...table.columns.map((column) => column.name),
      table.source.path,
      'tae',
      'linear',
      recipe.model.id,
      'GPT',
      'LIFT',
    ];
    const report = await reportIn(new ReportLanguage(maskedWording()), done);
    expect(readableWords(report, values)).toEqual([]);
    expect(readableWords(await reportIn(englishReport, done), values).length).toBeGreaterThan(50);
  });

  it('says in German what it says in English, and writes numbers as Germans do', async () => {
    const done = await doneStudy(studyKind('in-context'));
    const texts = JSON.parse(await readFile('l10n/bundle.l10n.de.json', 'utf8')) as Record<string, string>;
    const [german, plain] = [
      await reportIn(new ReportLanguage({ language: 'de', texts }), done),
      await reportIn(englishReport, done),
    ];
    expect(german).toContain('<html lang="de">');
    expect(german).toContain('Genügt es, einige Zeilen zu zeigen? – tae');
    expect(german).toContain('<td>0,813 ± 0,000</td>');
    expect(german).toMatch(/<th scope="row">LIFT: \d+ zufällige Zeilen, gelesen<\/th>/u);
    expect(german).toContain('<td>34,33</td>');
    expect(plain).toContain('<html lang="en">');
    expect(plain).toContain('Is it enough to show some rows? – tae');
    expect(plain).toContain('<td>0.813 ± 0.000</td>');
    expect(plain).toMatch(/<th scope="row">LIFT: \d+ random rows, read<\/th>/u);
    expect(plain).toContain('<td>34.33</td>');
  });

  it('leaves the files for programs in English', async () => {
    const { study, results } = await doneStudy(studyKind('label-noise'));
    expect(resultsJson(study, results)).toContain('"series": "LIFT, systematic"');
    expect(resultsJson(study, results)).toContain(`"title": "${english(study.kind.title)}"`);
    expect(resultsCsv('label-noise', results)).toMatch(/"?LIFT, random"?,0.05,0/u);
  });
});
