import { afterEach, describe, expect, it } from 'vitest';
import { durationText } from '../../src/cli/output/duration';
import { jsonOutput, peopleOutput } from '../../src/cli/output/output';
import { progressText } from '../../src/cli/output/progress-line';
import { fineTuneReport } from '../../src/cli/output/report';
import { styleFor } from '../../src/cli/output/style';
import { textTable } from '../../src/cli/output/text-table';
import { displayWidth, shorten } from '../../src/cli/output/text-width';
import { processTerminal } from '../../src/cli/terminal';
import type { Terminal } from '../../src/cli/terminal';
import { LiftError } from '../../src/core/foundation/lift-error';
import type { FineTuneResult } from '../../src/core/run/requests';

function fakeTerminal(interactive: boolean): Terminal & { written: { out: string; err: string } } {
  const written = { out: '', err: '' };
  return {
    written,
    out: (text) => (written.out += text),
    err: (text) => (written.err += text),
    interactive,
    columns: 80,
    colour: { out: false, err: false },
  };
}

const plain = styleFor(false);

describe('output for machines', () => {
  it('is one JSON object a line on standard output and nothing on standard error', () => {
    const terminal = fakeTerminal(true);
    const output = jsonOutput(terminal);
    output.event({ event: 'progress', stage: 'training', fraction: 0.5 });
    output.event({ event: 'notice', level: 'info', message: 'two\nlines' });
    output.error(new LiftError('csv-empty', 'It is empty.', 'Name another.'));
    output.done({ done: { run: '/r' }, lines: () => ['for people'] });
    expect(terminal.written.err).toBe('');
    expect(
      terminal.written.out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { event: 'progress', stage: 'training', fraction: 0.5 },
      { event: 'notice', level: 'info', message: 'two\nlines' },
      { event: 'error', code: 'csv-empty', message: 'It is empty.', hint: 'Name another.' },
      { event: 'done', run: '/r' },
    ]);
  });
});

describe('output for people', () => {
  it('redraws one line in a terminal and takes it away before other text', () => {
    const terminal = fakeTerminal(true);
    const output = peopleOutput(terminal);
    output.event({ event: 'progress', stage: 'training', fraction: 0.5 });
    output.event({ event: 'notice', level: 'info', message: 'hello' });
    const erase = '\r\u001b[2K';
    const [before, bar, after] = terminal.written.err.split(erase);
    expect([before, after]).toEqual(['', 'hello\n']);
    expect(bar).toMatch(/^Fine-tuning.* 50 %$/);
    expect(terminal.written.out).toBe('');
  });

  it('says each stage once, in plain lines, where nobody watches', () => {
    const terminal = fakeTerminal(false);
    const output = peopleOutput(terminal);
    for (const fraction of [0, 0.5, 1]) output.event({ event: 'progress', stage: 'training', fraction });
    output.event({ event: 'progress', stage: 'predicting', fraction: 0 });
    expect(terminal.written.err).toBe('Fine-tuning …\nPredicting …\n');
  });

  it('says what happened and what to do, never a stack', () => {
    const terminal = fakeTerminal(false);
    peopleOutput(terminal).error(LiftError.from(new TypeError('x is not a function')));
    expect(terminal.written.err).toBe('Error: x is not a function\nThis is a defect in LIFT; please report it.\n');
  });

  it('does not call it an error when the user has stopped the work', () => {
    const terminal = fakeTerminal(false);
    peopleOutput(terminal).error(new LiftError('cancelled', 'Cancelled.', 'Resume with --resume.'));
    expect(terminal.written.err).toBe('Cancelled.\nResume with --resume.\n');
  });

  it('shows progress as a bar with the facts that are known', () => {
    const text = progressText({
      event: 'progress',
      stage: 'training',
      fraction: 0.5,
      step: 35,
      steps: 70,
      loss: 0.2134,
      tokensPerSecond: 1240.4,
      secondsLeft: 72,
    });
    expect(text).toBe(
      `Fine-tuning           ${'█'.repeat(12)}${'░'.repeat(12)}  50 %  step 35 of 70, loss 0.213, 1,240 tokens/s, 1 min 12 s left`,
    );
  });

  it('writes durations in words of the right size', () => {
    expect([0.44, 12.4, 59.7, 200, 7500].map(durationText)).toEqual([
      '0.4 s',
      '12 s',
      '1 min 0 s',
      '3 min 20 s',
      '2 h 5 min',
    ]);
  });
});

describe('colours', () => {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  afterEach(() => {
    Object.assign(process.env, { NO_COLOR: NO_COLOR ?? '', FORCE_COLOR: FORCE_COLOR ?? '0' });
  });

  it('are used when they are forced, and never when NO_COLOR is set', () => {
    process.env.NO_COLOR = '';
    process.env.FORCE_COLOR = '1';
    expect(processTerminal().colour).toEqual({ out: true, err: true });
    process.env.NO_COLOR = '1';
    expect(processTerminal().colour).toEqual({ out: false, err: false });
    expect(styleFor(true).red('x')).toBe('\u001b[31mx\u001b[39m');
    expect(styleFor(false).red('x')).toBe('x');
  });
});

describe('a table in a terminal', () => {
  it('aligns columns, also with wide characters, and cuts long cells', () => {
    const lines = textTable(
      [
        { title: 'name', align: 'left', widest: 8 },
        { title: 'n', align: 'right' },
      ],
      [
        ['日本', '1'],
        ['a very long name', '100'],
      ],
    );
    expect(lines).toEqual(['name        n', '日本        1', 'a very …  100']);
  });

  it('never lets control characters of a table through', () => {
    expect(shorten('a\u001b[31mred\nb', 80)).toBe('a\ufffd[31mred b');
    expect(displayWidth('e\u0301')).toBe(1);
  });
});

describe('the report of fine-tuning', () => {
  const result: FineTuneResult = {
    run: '/runs/iris',
    task: 'classification',
    metrics: {
      test: { accuracy: 0.9, count: 30 },
      validation: { accuracy: 0.9 },
      baselines: {
        majority: { test: { accuracy: 0.333 }, validation: {}, settings: '', seconds: 0 },
        forest: { test: { accuracy: 0.967 }, validation: {}, settings: '100 trees', seconds: 1 },
      },
    },
    timing: { total: 61 },
    fallbacks: { 'unreadable answer': 2, none: 0 },
    samples: [
      { lineNumber: 3, cells: [['sepal', '5.1']], truth: 'setosa', prediction: 'virginica', confidence: 0.512 },
    ],
  };

  it('says honestly when a baseline does better', () => {
    const text = fineTuneReport(result, plain).join('\n');
    expect(text).toContain(
      'LIFT is behind on this table: forest reaches accuracy 0.967, LIFT 0.900, on the same 30 test rows.',
    );
    expect(text).toContain('Fallback "unreadable answer": 2 rows.');
    expect(text).not.toContain('none');
  });

  it('does not say so when none is better', () => {
    const best = { ...result, metrics: { ...result.metrics, test: { accuracy: 1, count: 30 } } };
    expect(fineTuneReport(best, plain).join('\n')).not.toContain('behind');
  });

  it('marks wrong predictions by a sign, not by colour alone', () => {
    const line = fineTuneReport(result, plain).find((text) => text.includes('virginica'));
    expect(line?.trim()).toBe('3  5.1    setosa  virginica   51 %  ✗');
  });
});
