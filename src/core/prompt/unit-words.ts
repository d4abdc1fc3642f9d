/** Words at the end of a column name, or in brackets behind it, that are a unit wherever they stand, and its usual sign. */
export const plainUnits: Readonly<Record<string, string>> = table({
  mm: 'mm',
  cm: 'cm',
  km: 'km',
  ft: 'ft',
  feet: 'ft',
  inches: 'in',
  miles: 'miles',
  meters: 'm',
  metres: 'm',
  mg: 'mg',
  kg: 'kg',
  kgs: 'kg',
  lb: 'lb',
  lbs: 'lb',
  oz: 'oz',
  grams: 'g',
  ml: 'ml',
  liters: 'l',
  litres: 'l',
  gallons: 'gallons',
  m2: 'm²',
  km2: 'km²',
  cm2: 'cm²',
  mm2: 'mm²',
  m3: 'm³',
  cm3: 'cm³',
  sqm: 'm²',
  sqft: 'sq ft',
  'sq ft': 'sq ft',
  'sq m': 'm²',
  hectares: 'ha',
  acres: 'acres',
  usd: 'USD',
  eur: 'EUR',
  gbp: 'GBP',
  chf: 'CHF',
  jpy: 'JPY',
  cny: 'CNY',
  inr: 'INR',
  cad: 'CAD',
  aud: 'AUD',
  dollars: 'dollars',
  euros: 'euros',
  $: '$',
  '€': '€',
  '£': '£',
  pct: '%',
  percent: '%',
  'per cent': '%',
  percentage: '%',
  '%': '%',
  celsius: '°C',
  fahrenheit: '°F',
  kelvin: 'K',
  degc: '°C',
  degf: '°F',
  'deg c': '°C',
  'deg f': '°F',
  degrees: '°',
  kph: 'km/h',
  kmh: 'km/h',
  'km h': 'km/h',
  mph: 'mph',
  mpg: 'mpg',
  hz: 'Hz',
  khz: 'kHz',
  mhz: 'MHz',
  ghz: 'GHz',
  kw: 'kW',
  kwh: 'kWh',
  mwh: 'MWh',
  watts: 'W',
  volts: 'V',
  hp: 'hp',
  hpa: 'hPa',
  kpa: 'kPa',
  mpa: 'MPa',
  psi: 'psi',
  mbar: 'mbar',
  mmhg: 'mmHg',
  bpm: 'bpm',
  rpm: 'rpm',
  ppm: 'ppm',
  ppb: 'ppb',
  kcal: 'kcal',
  'mg dl': 'mg/dL',
  'mg l': 'mg/L',
  'g l': 'g/L',
  'mmol l': 'mmol/L',
  'kg m3': 'kg/m³',
  kb: 'kB',
  mb: 'MB',
  gb: 'GB',
  msec: 'ms',
  millis: 'ms',
});

const timeNouns = ['age', 'duration', 'time', 'period', 'tenure', 'delay', 'interval', 'experience', 'lag', 'runtime'];
const lengthNouns = ['length', 'width', 'height', 'depth', 'distance', 'altitude', 'elevation', 'diameter', 'radius'];
const temperatureNouns = ['temperature', 'temp', 'dewpoint', 'tmin', 'tmax'];

/** Words that are a unit only behind one of some nouns: `height_m`, but not `class_m`; `age_years`, but not `num_years`. */
export const contextualUnits: Readonly<Record<string, { unit: string; behind: ReadonlySet<string> }>> = table({
  m: behind('m', lengthNouns),
  in: behind('in', lengthNouns),
  g: behind('g', ['weight', 'mass']),
  t: behind('t', ['weight', 'mass']),
  c: behind('°C', temperatureNouns),
  f: behind('°F', temperatureNouns),
  k: behind('K', temperatureNouns),
  deg: behind('°', ['angle', 'direction', 'latitude', 'longitude', 'heading', 'slope']),
  l: behind('l', ['volume', 'capacity']),
  w: behind('W', ['power']),
  v: behind('V', ['voltage']),
  s: behind('s', timeNouns),
  h: behind('h', timeNouns),
  ms: behind('ms', [...timeNouns, 'latency']),
  sec: behind('s', timeNouns),
  secs: behind('s', timeNouns),
  seconds: behind('s', timeNouns),
  min: behind('min', ['duration', 'runtime', 'delay']),
  mins: behind('min', timeNouns),
  minutes: behind('min', timeNouns),
  hrs: behind('h', timeNouns),
  hours: behind('h', timeNouns),
  days: behind('days', timeNouns),
  weeks: behind('weeks', timeNouns),
  months: behind('months', timeNouns),
  years: behind('years', timeNouns),
});

const unitAtom =
  /^(?:[0-9]+|[kcmdµuMGn]?(?:m|g|s|l|L|mol|W|Wh|V|A|Hz|Pa|J|bar|B|Ω|cal)[23²³]?|h|min|d|K|°|°?[CF]|ft|in|lb|oz|year|years|yr|yrs|months|weeks|days|hours|minutes|seconds|mmHg|ppm|ppb|pH|dL)$/u;

/** Whether the text in brackets behind a name is a unit: "kg/m²", "°C", "1/s"; not "M/F" or "optional". */
export function isUnitExpression(text: string): boolean {
  const atoms = text.split(/\s*[/*·^]\s*|\s+/u);
  return (
    atoms.length <= 4 && /\D/.test(text) && atoms.every((atom) => unitAtom.test(atom) || plainUnits[atom] === atom)
  );
}

function behind(unit: string, nouns: readonly string[]): { unit: string; behind: ReadonlySet<string> } {
  return { unit, behind: new Set(nouns) };
}

/** A record without inherited names, so that a column called "constructor" finds nothing in it. */
function table<Value>(entries: Record<string, Value>): Readonly<Record<string, Value>> {
  return Object.assign(Object.create(null) as Record<string, Value>, entries);
}
