import { describe, expect, it } from 'vitest';
import { adamWStep } from '../../../../src/core/training/optimiser/adamw';
import { clipFactor, globalNorm } from '../../../../src/core/training/loss/gradients';
import fixture from '../fixtures/adamw.json' with { type: 'json' };

const names = ['weight', 'bias'] as const;

describe('adamWStep', () => {
  it('does what torch.optim.AdamW with clip_grad_norm_ does, step by step', () => {
    const state = names.map((name) => {
      const parameter = Float32Array.from(fixture.start[name]);
      const moments = { first: new Float32Array(parameter.length), second: new Float32Array(parameter.length) };
      return { name, parameter, moments };
    });
    for (const [index, step] of fixture.steps.entries()) {
      const gradients = new Map(names.map((name) => [name, Float32Array.from(step.gradients[name])]));
      const norm = globalNorm(gradients);
      expect(norm).toBeCloseTo(step.norm, 4);
      const scale = clipFactor(norm, fixture.clip);
      for (const { name, parameter, moments } of state) {
        const decay = fixture.weightDecay[name];
        adamWStep(parameter, gradients.get(name)!, moments, index + 1, fixture.learningRate, decay, scale);
        for (const [place, value] of step.after[name].entries()) expect(parameter[place]).toBeCloseTo(value, 5);
      }
    }
  });

  it('moves every element, also the last of an odd number', () => {
    const parameter = Float32Array.of(1, 1, 1);
    const moments = { first: new Float32Array(3), second: new Float32Array(3) };
    adamWStep(parameter, Float32Array.of(1, 1, 1), moments, 1, 0.1, 0);
    expect([...parameter].map((value) => value.toFixed(6))).toEqual(['0.900000', '0.900000', '0.900000']);
  });
});
