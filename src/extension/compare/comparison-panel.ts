import * as v from 'valibot';
import * as vscode from 'vscode';
import type { ComparisonEvents, ComparisonRequests } from '../../shared/comparison-view';
import { showLine } from '../predictions/show-line';
import { readRunSummary } from '../runs/run-summary';
import type { RunSummary } from '../runs/run-summary';
import { PageConnection } from '../webview/page-connection';
import { pageHtml, pageIcon, pageRoots } from '../webview/page-html';
import { compareRuns } from './comparison';
import type { Comparison } from './comparison';

const viewType = 'lift.comparison';
const mostRows = 1000;
const WholeNumber = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The panel that shows two runs side by side. */
class ComparisonPanel {
  private comparison: Promise<Comparison>;

  constructor(
    panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    private left: RunSummary,
    private right: RunSummary,
  ) {
    panel.webview.options = { enableScripts: true, localResourceRoots: pageRoots(extensionUri) };
    panel.iconPath = pageIcon(extensionUri);
    panel.title = vscode.l10n.t('Compare: {0} and {1}', left.state.name, right.state.name);
    this.comparison = this.compare();
    const connection = new PageConnection<ComparisonRequests, ComparisonEvents>(panel.webview, {
      ready: { params: v.null(), answer: async () => (await this.comparison).view },
      changes: {
        params: v.object({
          kind: v.picklist(['all', 'better', 'worse', 'other']),
          from: WholeNumber,
          count: v.pipe(WholeNumber, v.maxValue(mostRows)),
        }),
        answer: async ({ kind, from, count }) => {
          const { changes } = await this.comparison;
          const chosen = kind === 'all' ? changes : changes.filter((row) => row.kind === kind);
          return chosen.slice(from, from + count);
        },
      },
      showLine: {
        params: v.object({ line: WholeNumber }),
        answer: ({ line }) => showLine(vscode.Uri.file(this.left.state.dataset.path), line),
      },
      swap: {
        params: v.null(),
        answer: async () => {
          [this.left, this.right] = [this.right, this.left];
          this.comparison = this.compare();
          connection.send('view', (await this.comparison).view);
        },
      },
    });
    panel.webview.html = pageHtml(panel.webview, extensionUri, 'compare', panel.title);
    panel.onDidDispose(() => {
      connection.dispose();
    });
  }

  private compare(): Promise<Comparison> {
    const comparison = compareRuns(this.left, this.right);
    // The page asks for it and is told what is wrong; nobody else waits for it.
    comparison.catch(() => undefined);
    return comparison;
  }
}

const SavedState = v.object({ left: v.string(), right: v.string() });

/** Opens a panel with two runs. */
export function showComparison(extensionUri: vscode.Uri, left: RunSummary, right: RunSummary): void {
  const panel = vscode.window.createWebviewPanel(viewType, '', vscode.ViewColumn.Active);
  new ComparisonPanel(panel, extensionUri, left, right);
}

/** Brings the panels back after a reload. */
export function restoreComparisons(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel, state) => {
        const saved = v.safeParse(SavedState, state);
        const runs = saved.success ? await readBoth(saved.output) : undefined;
        if (runs) new ComparisonPanel(panel, context.extensionUri, ...runs);
        else panel.dispose();
      },
    }),
  );
}

async function readBoth({
  left,
  right,
}: v.InferOutput<typeof SavedState>): Promise<[RunSummary, RunSummary] | undefined> {
  try {
    return await Promise.all([readRunSummary(left), readRunSummary(right)]);
  } catch {
    return undefined;
  }
}
