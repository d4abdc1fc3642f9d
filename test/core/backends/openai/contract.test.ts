import { describe, expect, it } from 'vitest';
import { descriptionOfOpenAi, OpenAiContract } from './contract';
import { ownDescription } from './description';

describe.each([
  ['our', ownDescription],
  ["OpenAI's", descriptionOfOpenAi()],
])('%s description of the API', (_, description) => {
  const right = {
    method: 'POST',
    path: '/fine_tuning/jobs',
    query: new URLSearchParams(),
    authorization: undefined,
    type: 'application/json',
    body: Buffer.from('{"model":"m","training_file":"file-1"}'),
    status: 400,
    answer: { error: { message: 'No', type: 'invalid_request_error', param: null, code: null } },
  };
  it.skipIf(!description)('tells wrong requests and answers from right ones (skipped where it is not at hand)', () => {
    const contract = new OpenAiContract(description!);
    expect(contract.problems(right)).toEqual([]);
    const wrong = {
      ...right,
      body: Buffer.from('{"model":"m","method":{"type":"x"}}'),
      status: 200,
      answer: { id: 1 },
    };
    expect(contract.problems(wrong).length).toBeGreaterThan(4);
    expect(contract.problems({ ...right, path: '/unknown' })).toHaveLength(1);
    expect(contract.problems({ ...right, answer: { error: 'No' } })).not.toEqual([]);
  });
});
