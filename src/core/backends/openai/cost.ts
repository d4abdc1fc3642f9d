/**
 * What a training costs, in words. Tokens are counted by a rule of thumb, as only the service knows its tokenizer.
 * @param tokens of the training file, about
 * @param price of a million trained tokens, in the user's currency
 */
export function costOf(tokens: number, epochs: number, price: number | undefined): string {
  const all = tokens * epochs;
  const count = (value: number): string => Number(value.toPrecision(2)).toLocaleString('en');
  const times = epochs === 1 ? '' : ` (${count(tokens)} in ${epochs} epochs)`;
  const charge = price === undefined ? '' : `, about ${((all * price) / 1e6).toFixed(2)} at ${price} for a million`;
  return `about ${count(all)} tokens to train on${times}${charge}; the service charges for every prediction as well`;
}
