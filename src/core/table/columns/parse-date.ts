/** In which order the numbers of dates such as 03/04/2024 stand. */
export type DateOrder = 'day-first' | 'month-first';

const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/;
const named = /^(?:(\d{1,2})[- ]([a-z]{3,9})\.?[- ,]+(\d{4})|([a-z]{3,9})\.? (\d{1,2}),? (\d{4}))$/i;
const time = /^(\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?\s?(z|[+-]\d{2}:?\d{2})?$/i;
const months = 'january february march april may june july august september october november december'.split(' ');

/**
 * The moment that a text writes, in milliseconds since 1970 (UTC where no zone is given); undefined when it is no date.
 * Reads ISO 8601 ("2024-03-01", "2024-03-01T10:30Z"), "2024/3/1", "1.3.2024", "3/1/2024", "1 Mar 2024", "March 1, 2024".
 */
export function parseDate(text: string, order: DateOrder = 'month-first'): number | undefined {
  if (text.length < 8 || text.length > 40) return undefined;
  const separator = /(?<=\d)(?:T|\s+)(?=\d{1,2}:\d{2})/i.exec(text);
  const date = separator ? text.slice(0, separator.index) : text;
  const day = parseDay(date, order);
  if (day === undefined || !separator) return day;
  const clock = parseClock(text.slice(separator.index + separator[0].length));
  return clock === undefined ? undefined : day + clock;
}

/** The order under which all texts are dates; undefined when there is none. Where both are possible, month first. */
export function dateOrderOf(texts: readonly string[]): DateOrder | undefined {
  const orders: DateOrder[] = texts.some((text) => text.includes('.'))
    ? ['day-first', 'month-first']
    : ['month-first', 'day-first'];
  return orders.find((order) => texts.length > 0 && texts.every((text) => parseDate(text, order) !== undefined));
}

function parseDay(text: string, order: DateOrder): number | undefined {
  const first = yearFirst.exec(text);
  if (first) return utc(Number(first[1]), Number(first[2]), Number(first[3]));
  const last = yearLast.exec(text);
  if (last) {
    const [one, two, year] = [Number(last[1]), Number(last[2]), Number(last[3])];
    return order === 'day-first' ? utc(year, two, one) : utc(year, one, two);
  }
  const words = named.exec(text);
  if (!words) return undefined;
  const name = (words[2] ?? words[4]!).toLowerCase();
  const month = months.findIndex((full) => full.startsWith(name)) + 1;
  return utc(Number(words[3] ?? words[6]), month, Number(words[1] ?? words[5]));
}

function utc(year: number, month: number, day: number): number | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : undefined;
}

function parseClock(text: string): number | undefined {
  const match = time.exec(text);
  if (!match) return undefined;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (hours > 24 || minutes > 59 || seconds > 60) return undefined;
  const fraction = Number(match[4] ?? 0);
  return ((hours * 60 + minutes) * 60 + seconds + fraction) * 1000 - zoneOffset(match[5] ?? 'z');
}

function zoneOffset(zone: string): number {
  if (zone.toLowerCase() === 'z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
