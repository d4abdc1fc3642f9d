import { stat } from 'node:fs/promises';
import { writeFileAtomically } from '../foundation/atomic-file';
import { throwIfCancelled } from '../foundation/lift-error';
import { english, phrase } from '../foundation/phrase';
import type { OpenBackend } from '../run/backend';
import type { RunContext } from '../run/events';
import { workAlone } from '../run/folder/work-alone';
import type { StudyOffer, StudyRequest, StudyResultMessage } from './requests';
import { openStudy } from './open-study';
import type { OpenedStudy } from './open-study';
import { ReportLanguage } from '../report/report-language';
import { writeReport } from './report/write-report';
import { doRun, finishedResult, isFinished } from './run-one';
import { resultsCsv, resultsJson } from './results-files';
import { forStudy, durationWords } from './study-progress';
import { idForSeed } from './study';
import type { StudyResult } from './study';
import { keepStanding } from './study-standing';
import type { Standing } from './study-standing';
import { mainMeasure, summarise } from './summary';
import { toldResults } from './told-results';
import { Pace, WorkEstimate } from './work-estimate';
import type { Work } from './work-estimate';
import { notice } from '../run/notice';

/**
 * Does a study: a plan of runs, each in its own folder. The first run that is done tells how long the others take, which is
 * said before they start. Runs that an earlier session has finished are not done again, and one that was stopped goes on.
 * The result is a folder with results.json, results.csv and report.html.
 *
 * @throws LiftError `usage` when the table is none for this study, or the folder holds another; `cancelled`, with all that is
 *   done kept; `run-invalid` when another process is at it; whatever a run throws
 */
export async function study(
  request: StudyRequest,
  context: RunContext,
  openBackend: OpenBackend,
): Promise<StudyResultMessage> {
  const opened = await openStudy(request, context);
  return workAlone(opened.folder, phrase`the study`, context.signal, (signal) =>
    keepStanding(opened.folder, signal, (keep) => doStudy(opened, request, keep, { ...context, signal }, openBackend)),
  );
}

async function doStudy(
  opened: OpenedStudy,
  { estimateOnly, offers, language }: StudyRequest,
  keep: (standing: Standing) => Promise<void>,
  context: RunContext,
  openBackend: OpenBackend,
): Promise<StudyResultMessage> {
  const { kind, folder, input, runs } = opened;
  const estimate = new WorkEstimate(input);
  const works = new Map<string, Work>(runs.map((run) => [run.id, estimate.of(run)]));
  const results = new Map<string, StudyResult>();
  const pace = new Pace();
  const collect = (result: StudyResult): void => {
    results.set(result.id, result);
    pace.add(works.get(result.id)!, result.timing);
  };
  for (const run of runs) {
    const found = await finishedResult(folder, run);
    if (found) collect(found);
  }
  const stand = (state: Standing['state']): Promise<void> => keep({ state, runs: runs.length, done: results.size });
  await stand('running');
  const leftOf = (): Work[] => runs.filter(({ id }) => !results.has(id)).map(({ id }) => works.get(id)!);
  const total = [...works.values()];
  const progress = forStudy(context, () => {
    const [all, left] = [pace.seconds(total), pace.seconds(leftOf())];
    return {
      fraction: all === undefined || left === undefined ? 0 : 1 - left / all,
      secondsLeft: left,
      all,
      runs: estimateOnly ? 1 : runs.length,
    };
  });
  const say = (message: string): void => {
    context.emit(notice('info', message));
  };
  if (results.size > 0) say(`${results.size} of ${runs.length} runs were done before.`);
  else if (runs.length > 1) say(`${runs.length} runs. The first is timed, then it is known how long the others take.`);

  for (const run of timedFirst(runs, works)) {
    if (results.has(run.id)) continue;
    throwIfCancelled(context.signal);
    if (results.size > 0 && estimateOnly) break;
    const isFirst = results.size === 0;
    const name = phrase`${run.series}, ${kind.axis.label} ${run.x}, seed ${run.seed}`;
    progress.begin(name, pace.seconds([works.get(run.id)!]));
    collect(await doRun(folder, run, input, progress.context, openBackend));
    await writeFileAtomically(folder.results, resultsJson(opened, [...results.values()]));
    await stand('running');
    const left = pace.seconds(leftOf())!;
    if (isFirst && leftOf().length > 0) say(`${leftOf().length} runs are left: about ${durationWords(left)}.`);
  }
  const done = inPlan(opened, results);
  const isComplete = done.length === runs.length;
  // An estimate takes no report's place: it may be one of more seeds.
  if (isComplete && !(estimateOnly && (await isWritten(folder.report))))
    await finish(opened, done, new ReportLanguage(language));
  await stand(isComplete ? 'done' : 'stopped');
  return {
    name: kind.name,
    out: folder.path,
    report: isComplete ? folder.report : undefined,
    task: input.recipe.task,
    runs: runs.length,
    done: done.length,
    secondsLeft: pace.seconds(leftOf()) ?? 0,
    offers: await Promise.all(offers.map((seeds) => offerOf(opened, seeds, works, pace))),
    summary: summarise(toldResults(done, english), mainMeasure[input.recipe.task], kind.axis),
  };
}

/** Every seed has as much to do as the first, as its runs are planned alike. */
async function offerOf(
  { folder, input, runs }: OpenedStudy,
  seeds: readonly number[],
  works: ReadonlyMap<string, Work>,
  pace: Pace,
): Promise<StudyOffer> {
  const alike = runs
    .filter(({ seed }) => seed === input.seeds[0])
    .flatMap((run) => seeds.map((seed) => ({ work: works.get(run.id)!, id: idForSeed(run, seed) })));
  const areDone = await Promise.all(alike.map(({ id }) => isFinished(folder, id)));
  const left = alike.filter((_, index) => !areDone[index]).map(({ work }) => work);
  return {
    seeds: [...seeds],
    runs: alike.length,
    done: alike.length - left.length,
    secondsLeft: pace.seconds(left) ?? 0,
  };
}

/** Of the runs that do most kinds of work one of middling size tells most about the others; the rest in the order of the plan. */
function timedFirst<T extends { readonly id: string }>(runs: readonly T[], works: ReadonlyMap<string, Work>): T[] {
  const kindsOf = ({ trained, answered, baselineRows }: Work): number =>
    [trained, answered, baselineRows].filter((amount) => amount > 0).length;
  const sizeOf = ({ trained, answered }: Work): number => trained + answered;
  const workOf = ({ id }: T): Work => works.get(id)!;
  const most = Math.max(...runs.map((run) => kindsOf(workOf(run))));
  const telling = runs.filter((run) => kindsOf(workOf(run)) === most);
  const sorted = telling.sort((a, b) => sizeOf(workOf(a)) - sizeOf(workOf(b)));
  const largest = sizeOf(workOf(sorted.at(-1)!));
  const timed = sorted.find((run) => sizeOf(workOf(run)) >= largest / 10)!;
  return [timed, ...runs.filter((run) => run !== timed)];
}

async function isWritten(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function inPlan({ runs }: OpenedStudy, results: ReadonlyMap<string, StudyResult>): StudyResult[] {
  return runs.map(({ id }) => results.get(id)).filter((result) => result !== undefined);
}

async function finish(opened: OpenedStudy, results: readonly StudyResult[], language: ReportLanguage): Promise<void> {
  const { folder } = opened;
  await writeFileAtomically(folder.results, resultsJson(opened, results));
  await writeFileAtomically(folder.csv, resultsCsv(opened.kind.name, results));
  await writeReport(opened, results, language);
}
