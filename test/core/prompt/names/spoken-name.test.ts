import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spokenName } from '../../../../src/core/prompt/names/spoken-name';

describe('the spoken name of a column', () => {
  it.each([
    ['sepal_length', 'sepal length', ''],
    ['petalWidth', 'petal width', ''],
    ['Sepal.Length', 'sepal length', ''],
    ['hours-per-week', 'hours per week', ''],
    ['HTTPStatusCode', 'HTTP status code', ''],
    ['BMI', 'BMI', ''],
    ['body_BMI', 'body BMI', ''],
    ['TOTAL_BILL_AMT', 'total bill amt', ''],
    ['pH', 'pH', ''],
    ['x1', 'x1', ''],
    ['  Age ', 'age', ''],
    ['größe', 'größe', ''],
    ['年龄', '年龄', ''],
    ['V3.5', 'V3.5', ''],
    ['__', '__', ''],
    ['length_cm', 'length', 'cm'],
    ['charges_usd', 'charges', 'USD'],
    ['weight_in_lbs', 'weight', 'lb'],
    ['bill_length_mm', 'bill length', 'mm'],
    ['Sepal.Length (cm)', 'sepal length', 'cm'],
    ['glucose [mg/dL]', 'glucose', 'mg/dL'],
    ['density (kg/m³)', 'density', 'kg/m³'],
    ['Price ($)', 'price', '$'],
    ['humidity_pct', 'humidity', '%'],
    ['temp_c', 'temp', '°C'],
    ['temperatureC', 'temperature', '°C'],
    ['age_years', 'age', 'years'],
    ['height_m', 'height', 'm'],
    ['length_in', 'length', 'in'],
    ['displacement_cubic_inches', 'displacement', 'in³'],
    ['exhaust_vacuum_cm_hg', 'exhaust vacuum', 'cmHg'],
    ['electrical_power_output_mw', 'electrical power output', 'MW'],
    ['area_sq_ft', 'area', 'sq ft'],
    ['duration in minutes', 'duration', 'min'],
    ['class_m', 'class m', ''],
    ['num_years', 'num years', ''],
    ['temp_min', 'temp min', ''],
    ['cm', 'cm', ''],
    ['Sex (M/F)', 'sex (m/f)', ''],
    ['score (optional)', 'score (optional)', ''],
    ['constructor', 'constructor', ''],
  ])('of %j is %j with the unit %j', (column, name, unit) => {
    expect(spokenName(column)).toEqual({ name, unit });
  });

  it('is never empty for a name that is not blank', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (column) => {
        fc.pre(column.trim() !== '');
        expect(spokenName(column).name.trim()).not.toBe('');
      }),
    );
  });
});
