import { basename } from 'node:path';
import * as vscode from 'vscode';
import { measureText } from '../../shared/measure-text';
import { measuresOf } from '../predictions/measures';
import { told } from '../told';
import type { RunStore } from './run-store';
import { headline, howMade } from './run-summary';
import type { RunSummary } from './run-summary';
import { stateLabel } from './state-label';

type State = RunSummary['state']['state'];

const icons: Record<State, vscode.ThemeIcon> = {
  created: new vscode.ThemeIcon('circle-outline'),
  running: new vscode.ThemeIcon('sync~spin', new vscode.ThemeColor('charts.blue')),
  stopped: new vscode.ThemeIcon('debug-pause', new vscode.ThemeColor('charts.yellow')),
  failed: new vscode.ThemeIcon('error', new vscode.ThemeColor('charts.red')),
  done: new vscode.ThemeIcon('pass', new vscode.ThemeColor('charts.green')),
};

/** The runs in the side bar: what they were, how they stand, the one number that counts. */
class RunsProvider implements vscode.TreeDataProvider<RunSummary> {
  readonly onDidChangeTreeData: vscode.Event<undefined>;

  constructor(private readonly store: RunStore) {
    const changed = new vscode.EventEmitter<undefined>();
    this.onDidChangeTreeData = changed.event;
    store.onDidChange(() => {
      changed.fire(undefined);
    });
  }

  getChildren(run?: RunSummary): RunSummary[] {
    return run ? [] : [...this.store.all()];
  }

  getTreeItem(run: RunSummary): vscode.TreeItem {
    const { state, folder } = run;
    const label = stateLabel(state);
    const item = new vscode.TreeItem(state.name, vscode.TreeItemCollapsibleState.None);
    item.id = folder.path;
    item.description = [headline(run) ?? label, ...howMade(run), age(state.createdAt)].join(' · ');
    item.iconPath = icons[state.state];
    item.contextValue = state.state;
    item.tooltip = tooltip(run, label);
    item.accessibilityInformation = {
      label: [state.name, label, headline(run) ?? '', ...howMade(run), age(state.createdAt)].join(', '),
    };
    const opens = state.state === 'done' ? 'lift.showPredictions' : 'lift.showTraining';
    item.command = { command: opens, title: vscode.l10n.t('Open'), arguments: [run] };
    return item;
  }
}

function tooltip({ state, folder, testMetrics }: RunSummary, label: string): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendMarkdown('**').appendText(state.name).appendMarkdown(`** · ${label}\n\n`);
  text.appendText(`${basename(state.dataset.path)} → ${state.target} (${state.task})\n${state.model.id}`);
  if (state.backend?.kind === 'ray') {
    text.appendText(`\n${vscode.l10n.t('On the Ray cluster at {0}', state.backend.address)}`);
  }
  if (state.error) {
    const { message, hint } = told(state.error);
    text.appendText(`\n\n${message} ${hint}`);
  }
  if (testMetrics) text.appendMarkdown(`\n\n${vscode.l10n.t('On the test rows:')}\n`);
  for (const measure of measuresOf(state.task)) {
    const value = testMetrics?.[measure.key];
    if (value !== undefined) text.appendMarkdown(`\n- ${measure.label} ${measureText(measure, value)}`);
  }
  text.appendMarkdown('\n\n').appendText(folder.path);
  return text;
}

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

function age(createdAt: string): string {
  const seconds = (Date.now() - Date.parse(createdAt)) / 1000;
  const format = new Intl.RelativeTimeFormat(vscode.env.language, { numeric: 'auto', style: 'narrow' });
  const [unit, size] = steps.find(([, length]) => seconds >= length) ?? ['second', 1];
  return format.format(-Math.round(seconds / size), unit);
}

/** Registers the view; its badge counts the runs under way. */
export function registerRunsView(context: vscode.ExtensionContext, store: RunStore): void {
  const view = vscode.window.createTreeView('lift.runs', {
    treeDataProvider: new RunsProvider(store),
    // Two runs can be selected and compared.
    canSelectMany: true,
  });
  context.subscriptions.push(
    view,
    store.onDidChange((runs) => {
      const running = runs.filter(({ state }) => state.state === 'running').length;
      view.badge = running > 0 ? { value: running, tooltip: vscode.l10n.t('{0} running', String(running)) } : undefined;
    }),
  );
}
