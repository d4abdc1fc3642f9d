import { readFileSync } from 'node:fs';

/** Reads fixtures/NAME.json, which make_fixtures.py wrote with scikit-learn and SciPy. */
export function readFixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8'));
}
