import type { Command } from './command';

/** The help of the program: its commands. */
export function programHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    'lift: fine-tune a language model on a table.',
    '',
    'Usage: lift COMMAND [OPTIONS]',
    '',
    'Commands:',
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    '',
    'lift COMMAND --help shows the options of a command; lift --version the version.',
    'Exit codes: 0 done, 1 failed, 2 wrong usage.',
    '',
  ].join('\n');
}

/** The help of one command. */
export function commandHelp(command: Command): string {
  const options = Object.entries(command.options).map(([name, option]) => ({
    left: `--${name}${option.type === 'string' ? ` ${option.value ?? 'VALUE'}` : ''}${option.multiple ? ' …' : ''}`,
    right: option.help,
  }));
  const width = Math.max(...options.map((option) => option.left.length));
  return [
    command.summary,
    '',
    `Usage: lift ${[command.name, ...command.operands, '[OPTIONS]'].join(' ')}`,
    '',
    'Options:',
    ...options.map((option) => `  ${option.left.padEnd(width)}  ${option.right}`),
    '',
    ...choicesHelp(command),
  ].join('\n');
}

function choicesHelp({ choices }: Command): string[] {
  if (!choices) return [];
  const { title, groups } = choices;
  const width = Math.max(...groups.flatMap(({ entries }) => entries.map(({ name }) => name.length)));
  return [
    `${title}:`,
    ...groups.flatMap((group) => [
      `  ${group.title}`,
      ...group.entries.map(({ name, about }) => `    ${name.padEnd(width)}  ${about}`),
      '',
    ]),
  ];
}
