import { amount, phrase } from '../../foundation/phrase';
import type { Phrase } from '../../foundation/phrase';

type Countable = 'row' | 'column' | 'column name' | 'class' | 'line' | 'empty line' | 'different value';

/** "1 row", "3 rows", "12,345 rows". */
export function counted(count: number, thing: Countable): Phrase {
  const isOne = count === 1;
  const many = amount(count);
  switch (thing) {
    case 'row':
      return isOne ? phrase`1 row` : phrase`${many} rows`;
    case 'column':
      return isOne ? phrase`1 column` : phrase`${many} columns`;
    case 'column name':
      return isOne ? phrase`1 column name` : phrase`${many} column names`;
    case 'class':
      return isOne ? phrase`1 class` : phrase`${many} classes`;
    case 'line':
      return isOne ? phrase`1 line` : phrase`${many} lines`;
    case 'empty line':
      return isOne ? phrase`1 empty line` : phrase`${many} empty lines`;
    case 'different value':
      return isOne ? phrase`1 different value` : phrase`${many} different values`;
  }
}
