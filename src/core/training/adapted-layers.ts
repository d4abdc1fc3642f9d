import type { LmGraphSpec } from '../architectures/lm-graph-spec';
import type { ModelConfig } from '../model/config/model-config';
import type { TrainingSettings } from './settings';

/** How settings shape the graphs of a model: what every kind of graph of it has in common. */
export type Adaptation = Pick<LmGraphSpec, 'lora' | 'full' | 'restrictHead'>;

export function adaptationOf(
  settings: Pick<TrainingSettings, 'method' | 'lora' | 'softmax'>,
  config: ModelConfig,
): Adaptation {
  const restricted = settings.softmax === 'answers' ? { restrictHead: true } : {};
  if (settings.method === 'full') return { full: true, ...restricted };
  const { rank, alpha, dropout, targetModules } = settings.lora;
  const first = frozenLayers(settings, config);
  const layers = Array.from({ length: config.layers - first }, (_, index) => first + index);
  return { lora: { rank, alpha, dropout, targetModules, layers }, ...restricted };
}

/** How many layers from the bottom are not adapted: their outputs never change. */
export function frozenLayers({ method, lora }: Pick<TrainingSettings, 'method' | 'lora'>, config: ModelConfig): number {
  if (method === 'full' || lora.layers === 'all') return 0;
  return Math.max(0, config.layers - lora.layers);
}
