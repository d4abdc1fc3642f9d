import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { JobLog } from '../../../../src/core/backends/jobs/log';
import { ResultCollector } from '../../../../src/core/backends/jobs/results';
import { told } from '../ray/fake-ray';

const notice = (message: string): object => ({ event: 'notice', level: 'info', message });

it('gives every whole line once, and what libraries print never', () => {
  const log = new JobLog();
  const text = `Downloading 10 %\r20 %${told(notice('one'))}2026 WARNING something${told(notice('two'))}`;
  expect(log.take(text.slice(0, text.indexOf('two')))).toEqual([notice('one')]);
  expect(log.take(text)).toEqual([notice('two')]);
  expect(log.take(text)).toEqual([]);
  expect(log.lastWords).toBe('2026 WARNING something');
});

it('passes over lines of ours that a newer program may write', () => {
  expect(new JobLog().take(`${told({ event: 'unheard-of' })}LIFT {"event":\n${told({ event: 'end' })}`)).toEqual([
    { event: 'end' },
  ]);
});

it('reads a log that was begun anew from its beginning', () => {
  const log = new JobLog();
  log.take(told(notice('a long line that is there no more')));
  expect(log.take(told(notice('new')))).toEqual([notice('new')]);
});

function collected(change: (chunks: { number: number; data: string }[]) => unknown): ResultCollector {
  const content = Buffer.from('the weights');
  const sha256 = createHash('sha256').update(content).digest('hex');
  const collector = new ResultCollector();
  collector.take({ event: 'file', name: 'weights', bytes: content.length, sha256, chunks: 2 });
  const chunks = [content.subarray(0, 4), content.subarray(4)].map((part, number) => {
    return { number, data: part.toString('base64') };
  });
  change(chunks);
  for (const chunk of chunks) collector.take({ event: 'chunk', name: 'weights', ...chunk });
  return collector;
}

it('puts files together from pieces in whatever order, and more than once', () => {
  const collector = collected((chunks) => chunks.push(...[...chunks].reverse()));
  expect(Buffer.from(collector.results().files.get('weights')!).toString()).toBe('the weights');
  expect(collector.fraction).toBe(1);
});

it.each([
  ['missing', (chunks: unknown[]) => chunks.pop()],
  ['damaged', (chunks: { data: string }[]) => (chunks[0]!.data = 'AAAAAA==')],
])('refuses a file of which a piece is %s', (_, change) => {
  expect(() => collected(change as never).results()).toThrow(expect.objectContaining({ code: 'network' }));
});
