export enum ProgressLocation {
  Window = 10,
  Notification = 15,
}

export enum QuickPickItemKind {
  Separator = -1,
  Default = 0,
}

/** What a user does where something is asked; a text that is refused leaves its box open for the next deed. */
export type Deed = { readonly choose: string } | { readonly type: string } | { readonly press: string } | 'escape';

export interface SeenDialog {
  /** All that can be read in it. */
  readonly text: string;
  /** What stands in the box when it opens. */
  readonly value: string | undefined;
  readonly password: boolean;
  /** The entries of a list, or the buttons. */
  readonly choices: readonly string[];
  /** What was said of texts that were typed. */
  readonly problems: string[];
}

interface ListItem {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
}

interface InputOptions {
  readonly title: string;
  readonly prompt: string;
  readonly placeHolder?: string;
  readonly value?: string;
  readonly password?: boolean;
  readonly validateInput?: (text: string) => string | undefined;
}

interface CancellationToken {
  readonly onCancellationRequested: (listen: () => void) => void;
}

/** Does one deed after the other, and remembers what there was to see. */
export class User {
  readonly seen: SeenDialog[] = [];
  /** Presses Cancel where the editor tells of work that goes on. */
  impatient = false;
  private deeds: Deed[] = [];

  /** Forgets everything, and will do this. */
  will(...deeds: Deed[]): void {
    this.seen.length = 0;
    this.impatient = false;
    this.deeds = deeds;
  }

  /** What was not done, as nothing asked for it. */
  get undone(): readonly Deed[] {
    return this.deeds;
  }

  next(): Deed {
    const deed = this.deeds.shift();
    if (deed === undefined) throw new Error(`Nobody answers: ${this.seen.at(-1)?.text ?? ''}`);
    return deed;
  }
}

export const user = new User();

function look(texts: readonly (string | undefined)[], rest: Partial<SeenDialog>): SeenDialog {
  const text = texts.filter((part) => part !== undefined).join('\n');
  const dialog = { text, value: undefined, password: false, choices: [], problems: [], ...rest };
  user.seen.push(dialog);
  return dialog;
}

function showQuickPick<T extends ListItem>(
  items: readonly T[],
  { title, placeHolder }: { title: string; placeHolder: string },
): Promise<T | undefined> {
  const choices = items.map(({ label }) => label);
  const lines = items.map(({ label, description, detail }) => [label, description, detail].filter(Boolean).join(' · '));
  look([title, placeHolder, ...lines], { choices });
  const deed = user.next();
  if (deed === 'escape') return Promise.resolve(undefined);
  const item = 'choose' in deed ? items.find(({ label }) => label === deed.choose) : undefined;
  if (!item) throw new Error(`${JSON.stringify(deed)} cannot be done with ${choices.join(', ')}`);
  return Promise.resolve(item);
}

function showInputBox(options: InputOptions): Promise<string | undefined> {
  const { title, prompt, placeHolder, value, password = false, validateInput } = options;
  const { problems } = look([title, prompt, placeHolder], { value, password });
  for (;;) {
    const deed = user.next();
    if (deed === 'escape') return Promise.resolve(undefined);
    if (!('type' in deed)) throw new Error(`${JSON.stringify(deed)} cannot be done with a box for text`);
    const problem = validateInput?.(deed.type);
    if (problem === undefined) return Promise.resolve(deed.type);
    problems.push(problem);
  }
}

function showWarningMessage(
  message: string,
  { modal, detail }: { modal: boolean; detail: string },
  ...choices: readonly string[]
): Promise<string | undefined> {
  if (!modal) throw new Error('A question that must be answered is modal.');
  look([message, detail], { choices });
  const deed = user.next();
  if (deed === 'escape') return Promise.resolve(undefined);
  if (!('press' in deed) || !choices.includes(deed.press)) throw new Error(`No button for ${JSON.stringify(deed)}`);
  return Promise.resolve(deed.press);
}

function withProgress<T>(
  { cancellable }: { cancellable?: boolean },
  task: (progress: { report: (value: object) => void }, token: CancellationToken) => Promise<T>,
): Promise<T> {
  const onCancellationRequested = (listen: () => void): void => {
    if (user.impatient && cancellable) setImmediate(listen);
  };
  return task({ report: () => undefined }, { onCancellationRequested });
}

/** A log that nobody reads. */
function createOutputChannel(): Record<'debug' | 'info' | 'warn' | 'error' | 'show', () => void> {
  const silent = (): void => undefined;
  return { debug: silent, info: silent, warn: silent, error: silent, show: silent };
}

export const window = { createOutputChannel, showQuickPick, showInputBox, showWarningMessage, withProgress };
