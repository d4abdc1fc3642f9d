import uPlot from 'uplot';
import type { TrainingSnapshot } from '../../src/shared/training-view';
import { l10n } from '../common/l10n';
import { onThemeChange, themeColor } from '../common/theme';

const height = 260;

/** Distances between the ticks of the epochs. */
const wholeEpochs = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/**
 * The loss over the epochs: training as it goes, validation at the end of each epoch. Colours and dashes both tell the
 * curves apart; the table of epochs below says the same in numbers.
 */
export class LossChart {
  private plot: uPlot | undefined;
  private data: uPlot.AlignedData = [[], [], []];

  constructor(private readonly container: HTMLElement) {
    new ResizeObserver(() => this.plot?.setSize({ width: container.clientWidth, height })).observe(container);
    onThemeChange(() => {
      this.draw();
    });
  }

  show({ steps, epochs }: Pick<TrainingSnapshot, 'steps' | 'epochs'>): void {
    const points = new Map<number, [train: number | null, validation: number | null]>();
    for (const { epoch, loss } of steps) points.set(epoch, [loss, null]);
    for (const { epoch, validationLoss } of epochs) {
      points.set(epoch, [points.get(epoch)?.[0] ?? null, validationLoss ?? null]);
    }
    const sorted = [...points].sort(([a], [b]) => a - b);
    this.data = [
      sorted.map(([epoch]) => epoch),
      sorted.map(([, [train]]) => train),
      sorted.map(([, [, validation]]) => validation),
    ];
    if (this.plot) this.plot.setData(this.data);
    else this.draw();
  }

  private draw(): void {
    this.plot?.destroy();
    const axis: uPlot.Axis = {
      stroke: themeColor('foreground'),
      grid: { stroke: `color-mix(in srgb, ${themeColor('foreground')} 20%, transparent)`, width: 1 },
      ticks: { show: false },
      font: `12px ${themeColor('font-family')}`,
      labelFont: `12px ${themeColor('font-family')}`,
      labelSize: 20,
    };
    const curve = (color: string, points: uPlot.Series.Points): uPlot.Series => {
      const stroke = themeColor(color);
      return { spanGaps: true, width: 2, stroke, points: { ...points, fill: stroke } };
    };
    this.plot = new uPlot(
      {
        width: this.container.clientWidth,
        height,
        scales: { x: { time: false, range: (_, low, high) => [Math.min(0, low), Math.max(1, Math.ceil(high))] } },
        axes: [
          { ...axis, label: l10n.t('epoch (once over all training rows)'), incrs: wholeEpochs, size: 28 },
          { ...axis, label: l10n.t('loss per answer token'), size: 60 },
        ],
        series: [
          { label: l10n.t('epoch') },
          { ...curve('charts-blue', { size: 4 }), label: l10n.t('training loss') },
          // A single epoch has no line yet, and is a point all the same.
          { ...curve('charts-green', { show: true, size: 7 }), label: l10n.t('validation loss'), dash: [8, 5] },
        ],
        legend: { live: false },
        cursor: { drag: { x: false, y: false } },
      },
      this.data,
      this.container,
    );
  }
}
