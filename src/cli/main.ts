import { runCli } from './cli';
import { baselinesCommand } from './commands/baselines';
import { evaluateCommand } from './commands/evaluate';
import { exportCommand } from './commands/export';
import { fineTuneCommand } from './commands/fine-tune';
import { galleryCommand } from './commands/gallery';
import { generateCommand } from './commands/generate';
import { imagesCommand } from './commands/images';
import { inContextCommand } from './commands/in-context';
import { predictCommand } from './commands/predict';
import { previewCommand } from './commands/preview';
import { studyCommand } from './commands/study';
import { processTerminal } from './terminal';

const commands = [
  previewCommand,
  fineTuneCommand,
  inContextCommand,
  predictCommand,
  evaluateCommand,
  baselinesCommand,
  generateCommand,
  exportCommand,
  galleryCommand,
  imagesCommand,
  studyCommand,
];

// A reader that has seen enough (`| head`) closes the pipe; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

const interrupt = new AbortController();
process.on('SIGINT', () => {
  // The second Ctrl-C ends at once.
  if (interrupt.signal.aborted) process.exit(1);
  interrupt.abort();
});
process.on('SIGTERM', () => {
  interrupt.abort();
});

void runCli(process.argv.slice(2), commands, processTerminal(), interrupt.signal).then((code) => {
  process.exitCode = code;
});
