import type { Fidelity, GenerateResult } from '../../core/generation/requests';
import type { Style } from './style';
import { textTable } from './text-table';

const columnsShown = 6;

/** What a person reads when rows were made: some of them beside real ones, how good they are, where they lie. */
export function generateReport(result: GenerateResult, style: Style): string[] {
  const { columns, preview, fidelity, copies, written, copiesWritten, realCopies, rows, out, report } = result;
  const titles = [
    { title: '', align: 'left' },
    ...columns.slice(0, columnsShown).map((title) => ({ title, align: 'left', widest: 18 }) as const),
  ] as const;
  const shown = [
    ...preview.made.map((cells) => ['made', ...cells]),
    ...preview.real.map((cells) => ['real', ...cells]),
  ].map((cells) => cells.slice(0, columnsShown + 1));
  return [
    '',
    style.bold('Some rows'),
    ...textTable(titles, shown).map((line, index) => `  ${index === 0 ? style.dim(line) : line}`),
    '',
    ...(fidelity ? fidelityLines(fidelity, style) : []),
    `Copies of training rows: ${copies} of ${rows}, of ${written} written ${copiesWritten}; of real test rows ${realCopies.copies} of ${realCopies.rows}.`,
    `${rows.toLocaleString('en')} rows made: ${out}`,
    ...(report === undefined ? [] : [`Report: ${report}`]),
  ];
}

function fidelityLines(fidelity: Fidelity, style: Style): string[] {
  const { valid, marginals, correlationGap, tellingApartAuc, usefulness, closest } = fidelity;
  const worst = [...marginals].sort((a, b) => b.distance - a.distance)[0];
  const lines = [`Valid rows: ${(100 * valid).toFixed(1)} %.`];
  if (worst) {
    const mean = marginals.reduce((sum, { distance }) => sum + distance, 0) / marginals.length;
    lines.push(
      `Columns one by one: ${mean.toFixed(3)} from the real distribution on average, ${worst.distance.toFixed(3)} in "${worst.column}" (0 is the same).`,
    );
  }
  if (correlationGap !== undefined) lines.push(`Correlations: ${correlationGap.toFixed(3)} off on average.`);
  if (tellingApartAuc !== undefined) {
    lines.push(`Telling made rows from real ones: AUC ${tellingApartAuc.toFixed(3)} (0.5 is guessing).`);
  }
  if (usefulness) {
    const { measure, made, real, method } = usefulness;
    const name = measure === 'accuracy' ? 'accuracy' : 'RAE';
    lines.push(
      `${method} on real test rows: ${name} ${made.toFixed(3)} when trained on made rows, ${real.toFixed(3)} on real ones.`,
    );
  }
  const usual = closest.realTest === undefined ? '' : `; of real test rows ${closest.realTest.toFixed(4)}`;
  lines.push(`Nearest training row: median distance ${closest.made.toFixed(4)}${usual}.`);
  return [style.bold('How good they are'), ...lines.map((line) => `  ${line}`), ''];
}
