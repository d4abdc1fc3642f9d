import { render } from 'lit';
import type {
  ChangedRow,
  ChangesQuery,
  ComparisonEvents,
  ComparisonRequests,
  ComparisonView,
} from '../../src/shared/comparison-view';
import { registerControls } from '../common/controls';
import { HostClient, HostError } from '../common/host-client';
import '../common/page.css';
import { comparisonPage } from './comparison-page';
import './compare.css';

/** Rows that are fetched at once: more are seldom read. */
const pageRows = 200;

registerControls();
const workbench = acquireVsCodeApi();
const host = new HostClient<ComparisonRequests, ComparisonEvents>(workbench);
const root = document.createElement('div');
document.body.append(root);

let view: ComparisonView | undefined;
let rows: readonly ChangedRow[] = [];
let kind: ChangesQuery['kind'] = 'all';
let problem: HostError | undefined;

function draw(): void {
  const actions = {
    filter: (chosen: ChangesQuery['kind']): void => {
      kind = chosen;
      rows = [];
      void loadRows();
    },
    more: () => void loadRows(),
    showLine: (line: number) => void host.request('showLine', { line }),
    swap: () => void host.request('swap', null),
  };
  render(comparisonPage({ view, rows, kind, problem }, actions), root);
}

/** Fetches the rows that follow those that are shown. */
async function loadRows(): Promise<void> {
  const asked = kind;
  const more = await host.request('changes', { kind, from: rows.length, count: pageRows });
  if (asked !== kind) return;
  rows = [...rows, ...more];
  draw();
}

async function show(next: ComparisonView): Promise<void> {
  view = next;
  workbench.setState({ left: next.left.path, right: next.right.path });
  rows = [];
  await loadRows();
}

host.on('view', (next) => void show(next));
draw();
host.request('ready', null).then(show, (error: unknown) => {
  if (!(error instanceof HostError)) throw error;
  problem = error;
  draw();
});
