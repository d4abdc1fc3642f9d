import { render } from 'lit';
import 'uplot/dist/uPlot.min.css';
import type { TrainingEvents, TrainingRequests, TrainingSnapshot } from '../../src/shared/training-view';
import { registerControls } from '../common/controls';
import { HostClient } from '../common/host-client';
import { l10n } from '../common/l10n';
import '../common/page.css';
import { LossChart } from './loss-chart';
import './training.css';
import { stateLabels, trainingPage } from './training-page';
import type { Ask } from './training-page';

registerControls();
const workbench = acquireVsCodeApi();
const host = new HostClient<TrainingRequests, TrainingEvents>(workbench);
const announcer = document.createElement('p');
announcer.className = 'visually-hidden';
announcer.setAttribute('role', 'status');
const root = document.createElement('div');
document.body.append(root, announcer);
let chart: LossChart | undefined;

const ask: Ask = (method) => void host.request(method, null);

function show(snapshot: TrainingSnapshot): void {
  workbench.setState({ path: snapshot.path });
  render(trainingPage(snapshot, ask), root);
  chart ??= new LossChart(root.querySelector<HTMLElement>('.chart')!);
  chart.show(snapshot);
  announce(snapshot);
}

/** A screen reader hears each epoch and each change of state, not each step. */
function announce({ state, epochs }: TrainingSnapshot): void {
  const last = epochs.at(-1);
  const loss = last?.validationLoss ?? last?.trainLoss;
  const text =
    last === undefined || loss === undefined
      ? stateLabels[state]
      : l10n.t('{0}, epoch {1}, loss {2}', stateLabels[state], last.epoch, loss.toFixed(3));
  if (announcer.textContent !== text) announcer.textContent = text;
}

host.on('snapshot', show);
void host.request('ready', null).then(show);
