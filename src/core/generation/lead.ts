import { amount, phrase, sentences } from '../foundation/phrase';
import type { Phrase, PhraseValue } from '../foundation/phrase';
import type { MadeRows } from './make-rows';
import type { GenerateRequest } from './requests';

/** What a report begins with: how many rows, under which conditions, and whether there were copies among them. */
export function leadOf(
  { where, temperature }: Pick<GenerateRequest, 'where' | 'temperature'>,
  made: MadeRows,
  trainRows: number,
): Phrase {
  const [count, learnt] = [amount(made.rows.length), amount(trainRows)];
  const copies = copiesIn(made);
  if (where.length === 0) {
    return sentences(phrase`${count} rows after the ${learnt} training rows.`, copies, ...heat(temperature));
  }
  const conditions = where.reduce<PhraseValue>((all, one, at) => (at === 0 ? one : phrase`${all} and ${one}`), '');
  return sentences(
    phrase`${count} rows after the ${learnt} training rows, with ${conditions}.`,
    copies,
    ...heat(temperature),
    phrase`Rows with conditions are not judged: they are not to be like all real rows.`,
  );
}

function copiesIn({ copies, written, copiesWritten }: MadeRows): Phrase {
  const kept =
    copies === 0
      ? phrase`None of them is a copy of a training row`
      : phrase`${amount(copies)} are copies of training rows`;
  const left = copiesWritten - copies;
  return left === 0
    ? phrase`${kept}.`
    : phrase`${kept}; ${amount(left)} of ${amount(written)} written were, and left out.`;
}

function heat(temperature: number): Phrase[] {
  if (temperature === 1) return [];
  const told = amount(temperature);
  return temperature < 1
    ? [phrase`At temperature ${told}: more usual rows than the model has learnt.`]
    : [phrase`At temperature ${told}: more unusual rows than the model has learnt.`];
}
