import { render } from 'lit';
import type { PredictionsEvents, PredictionsRequests } from '../../src/shared/predictions-view';
import { registerControls } from '../common/controls';
import { HostClient } from '../common/host-client';
import '../common/page.css';
import { PageController } from './page-controller';
import './grid/grid.css';
import './inspector/inspector.css';
import './metrics/metrics.css';
import './predictions.css';
import { predictionsPage } from './predictions-page';

registerControls();
const workbench = acquireVsCodeApi();
const root = document.createElement('div');
root.className = 'predictions';
document.body.append(root);

let frame = 0;

/** At most one drawing a frame, however much comes at once. */
function drawSoon(): void {
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    const { context } = controller;
    if (!context) return;
    render(predictionsPage(context), root);
    controller.drawn();
  });
}

const controller = new PageController(
  new HostClient<PredictionsRequests, PredictionsEvents>(workbench),
  workbench,
  root,
  drawSoon,
);

document.addEventListener('keydown', (event) => {
  if (event.key !== 'f' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
  root.querySelector<HTMLInputElement>('.search')?.focus();
  event.preventDefault();
});

void controller.start();
