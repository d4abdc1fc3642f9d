import { phrase, sentences } from '../../foundation/phrase';
import { Adversary } from '../adversary/adversary';
import { oncePerSeed } from '../once-per-seed';
import { changeRows, partedRows } from '../parted-rows';
import type { PartedRow } from '../parted-rows';
import { escaped, htmlTable } from '../../report/html';
import type { ReportLanguage } from '../../report/report-language';
import type { ReportSection } from '../../report/section';
import type { StudyInput, StudyKind, StudyRun } from '../study';
import { mainMeasure, meanOf } from '../summary';
import { numericColumns } from '../requirements';

/** How far each number may be moved, in standard deviations of its column. */
const reaches = [0, 0.05, 0.1, 0.25, 0.5];
const ways = ['attacked', 'random'] as const;
type Way = (typeof ways)[number];

const series = { attacked: phrase`LIFT, attacked`, random: phrase`LIFT, random` } as const;
const columns = { attacked: phrase`attacked`, random: phrase`random` } as const;

/** The network of a seed: trained once, for all its runs. */
const networkOf = oncePerSeed((input, seed) => Adversary.train(input, seed));

export const adversarial: StudyKind = {
  name: 'adversarial',
  title: phrase`Can small changes made on purpose mislead the model?`,
  question: phrase`How much worse do predictions get when numbers change in the most misleading way?`,
  requires: [numericColumns(1)],
  method: sentences(
    phrase`A small neural network (32 hidden units) learns the training rows.`,
    phrase`The numbers of each test row are then moved within a bound, a share of the standard deviation of their columns, so that this network is as wrong as can be (projected gradient steps).`,
    phrase`LIFT and the baselines, which the attack does not know, predict the moved rows.`,
    phrase`Beside it the same rows with numbers moved as far, up or down at random.`,
    phrase`Numbers stay in the range of the training rows.`,
  ),
  reading: phrase`Where the attacked line falls faster than the random one, the model makes the mistakes of the small network; a flat line is a model that is not misled.`,
  axis: { label: phrase`bound, as a share of the standard deviation of each column`, scale: 'linear' },
  plan: async (input) => {
    const runs: StudyRun[] = [];
    for (const seed of input.seeds) {
      const network = await networkOf(input, seed);
      for (const way of ways) {
        for (const reach of reaches) {
          // Without a change both ways are the same run.
          if (reach === 0 && way !== 'attacked') continue;
          runs.push({
            id: `${way}-${reach}-seed-${seed}`,
            series: series[way],
            x: reach,
            seed,
            rows: () => changedRows(input, seed, network, way, reach),
            baselines: way === 'attacked',
          });
        }
      }
    }
    return runs;
  },
  sections: async (_, input, language) => [await networkSection(input, language)],
};

function changedRows(input: StudyInput, seed: number, network: Adversary, way: Way, reach: number): PartedRow[] {
  const random = input.random(seed, 'adversarial signs');
  return changeRows(partedRows(input, seed), ['test'], (cells) => {
    if (way === 'attacked') network.attack(cells, reach);
    else network.disturb(cells, reach, () => random.next());
  });
}

/** What the attacked network itself still gets right: how hard the attack is. */
async function networkSection(input: StudyInput, language: ReportLanguage): Promise<ReportSection> {
  const { task } = input.recipe;
  const rows: string[][] = [];
  for (const reach of reaches) {
    const scores = await Promise.all(
      ways.map(async (way) => {
        const ofSeeds = input.seeds.map(async (seed) => {
          const network = await networkOf(input, seed);
          const test = changedRows(input, seed, network, way, reach).filter(({ part }) => part === 'test');
          return scoreOf(
            task,
            test.flatMap(({ cells }) => network.answer(cells) ?? []),
          );
        });
        return language.fixed(meanOf(await Promise.all(ofSeeds)).mean, 3);
      }),
    );
    rows.push([language.written(String(reach)), ...scores]);
  }
  const { title } = mainMeasure[task];
  const note = phrase`The ${title} of the small network on the same rows: what the attack was made for.`;
  const titles = [phrase`bound`, ...ways.map((way) => columns[way])].map((column) => language.say(column));
  const html = `<p>${escaped(language.say(note))}</p>${htmlTable(titles, rows)}`;
  return { title: language.say(phrase`The attacked network`), html };
}

function scoreOf(
  task: StudyInput['recipe']['task'],
  answers: readonly { readonly said: number; readonly right: number }[],
): number {
  if (task === 'classification') return meanOf(answers.map(({ said, right }) => (said === right ? 1 : 0))).mean;
  const { mean } = meanOf(answers.map(({ right }) => right));
  const total = (error: (answer: (typeof answers)[number]) => number): number =>
    answers.reduce((sum, answer) => sum + Math.abs(error(answer)), 0);
  return total(({ said, right }) => said - right) / total(({ right }) => mean - right);
}
