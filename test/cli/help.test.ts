import { expect, it } from 'vitest';
import { studyCommand } from '../../src/cli/commands/study';
import { commandHelp } from '../../src/cli/help';
import { studyGroups, studyNames } from '../../src/core/studies/study-kinds';

it('lists the studies under their headings, one a line', () => {
  const lines = commandHelp(studyCommand).split('\n');
  const listed = lines.slice(lines.indexOf('Studies:'));
  expect(listed.flatMap((line) => /^ {2}(\S.*)$/u.exec(line)?.[1] ?? [])).toEqual(
    studyGroups.map(({ title }) => title.text),
  );
  expect(listed.flatMap((line) => /^ {4}(\S+) /u.exec(line)?.[1] ?? [])).toEqual(studyNames);
  expect(listed).toContain('    outliers               What do outliers cost? (regression only)');
  for (const line of lines) expect(line.length).toBeLessThan(120);
});
