import { rowsWith } from './column-values';
import type { ColumnRole, ColumnValues } from './column-values';
import { amount, phrase } from '../../foundation/phrase';

/** From this many digits on, different whole numbers are account or phone numbers rather than quantities. */
const identifierDigits = 9;
const fewRows = 10;

/** What numbers are for: a quantity, 0 and 1 as no and yes, a row's identifier, or a code that names a thing. */
export function numberRole(values: ColumnValues, texts: readonly string[], numbers: readonly string[]): ColumnRole {
  const { name } = values;
  const rows = rowsWith(texts, values.counts);
  const all = rows === 1 ? phrase`the one value is` : phrase`all ${amount(rows)} values are`;
  const distinct = new Set(numbers);
  const isUnique = distinct.size === rows && rows >= fewRows;
  if (numbers.some((number) => /^[+-]?0\d/.test(number))) {
    const reason = phrase`digits with leading zeros are codes, not quantities`;
    return { type: isUnique ? 'identifier' : 'category', reason };
  }
  if (!numbers.every((number) => Number.isInteger(Number(number)))) {
    return {
      type: 'number',
      reason: rows === 1 ? phrase`the one value is a decimal number` : phrase`${all} numbers, some with decimals`,
    };
  }
  if (distinct.size === 2 && distinct.has('0') && distinct.has('1')) {
    return { type: 'boolean', reason: phrase`${all} 0 or 1` };
  }
  if (isUnique && isNamedAsIdentifier(name)) {
    return { type: 'identifier', reason: phrase`${all} different, and the name says that they identify rows` };
  }
  if (isUnique && name === 'column_1' && areConsecutive(numbers)) {
    return { type: 'identifier', reason: phrase`${all} consecutive numbers of rows, in a column without a name` };
  }
  if (isUnique && numbers.every((number) => number.length >= identifierDigits)) {
    return { type: 'identifier', reason: phrase`${all} different and have ${identifierDigits} digits or more` };
  }
  if (isNamedAsCode(name) && distinct.size <= rows / 2) {
    return { type: 'category', reason: phrase`the name says that its ${distinct.size} whole numbers are codes` };
  }
  return {
    type: 'integer',
    reason: rows === 1 ? phrase`the one value is a whole number` : phrase`${all} whole numbers`,
  };
}

/** "id", "customer_id", "PassengerId", "row number", or the column that pandas and R write without a name. */
export function isNamedAsIdentifier(name: string): boolean {
  return (
    /(?:^|[\s_.-])(?:id|idx|index|key|uuid|guid|no|nr|number|row|row_name|unnamed: 0)$/i.test(name) ||
    /[a-z]I[dD]$/.test(name)
  );
}

function isNamedAsCode(name: string): boolean {
  return /(?:^|[\s_.-])(?:id|code|zip|zipcode|postcode|postal_code)$/i.test(name) || /[a-z](?:I[dD]|Code)$/.test(name);
}

/** Whether whole numbers, all different, have no gaps. */
function areConsecutive(numbers: readonly string[]): boolean {
  let [min, max] = [Infinity, -Infinity];
  for (const number of numbers) {
    min = Math.min(min, Number(number));
    max = Math.max(max, Number(number));
  }
  return max - min + 1 === numbers.length;
}
