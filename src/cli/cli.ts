import { LiftError } from '../core/foundation/lift-error';
import { liftVersion } from '../core/run/folder/versions';
import { didYouMean, parseArguments } from './arguments';
import type { Command } from './command';
import { commandHelp, programHelp } from './help';
import { jsonOutput, peopleOutput } from './output/output';
import type { Terminal } from './terminal';

/**
 * Runs one call of the command line and gives its exit code: 0 done, 1 failed, 2 wrong usage. Never throws: what goes
 * wrong is said on the terminal, without a stack.
 */
export async function runCli(
  args: readonly string[],
  commands: readonly Command[],
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const output = args.includes('--json') ? jsonOutput(terminal) : peopleOutput(terminal);
  try {
    const [first, ...rest] = args;
    if (first === undefined || first === '--help' || first === 'help') {
      terminal.out(programHelp(commands));
      return first === undefined ? 2 : 0;
    }
    if (first === '--version') {
      terminal.out(`${liftVersion}\n`);
      return 0;
    }
    const command = commandNamed(first, commands);
    const parsed = parseArguments(rest, command);
    if (parsed.flag('help')) {
      terminal.out(commandHelp(command));
      return 0;
    }
    output.done(await command.run(parsed, { output, signal, folder: process.cwd() }));
    return 0;
  } catch (error) {
    const typed = LiftError.from(error);
    output.error(typed);
    return typed.code === 'usage' ? 2 : 1;
  }
}

function commandNamed(name: string, commands: readonly Command[]): Command {
  const found = commands.find((command) => command.name === name);
  if (found) return found;
  const names = commands.map((command) => command.name);
  throw new LiftError('usage', `There is no command "${name}".`, didYouMean(name, names));
}
