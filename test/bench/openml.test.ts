import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseArff } from '../../bench/accuracy/arff';
import { openMlTable } from '../../bench/accuracy/openml';
import { temporaryFolder } from '../helpers/bundle';
import { LoopbackServer } from '../helpers/loopback-server';

const arff = String.raw`% Weather, and whether there was a game
@RELATION weather
@ATTRIBUTE id INTEGER
@attribute 'out look' {sunny, 'over cast', "rain"}
@attribute class {yes,'no, not \'now\''}
@attribute temperature REAL
@attribute note string
@DATA
1,sunny,yes,21.5,'a, b'
2, 'over cast' ,'no, not \'now\'',?,""

% the end
3,rain,?,19,c
`;

describe('ARFF', () => {
  it('reads quoted names and cells, missing cells and comments', () => {
    const { attributes, rows } = parseArff(arff);
    expect(attributes).toEqual([
      { name: 'id', kind: 'number' },
      { name: 'out look', kind: 'nominal' },
      { name: 'class', kind: 'nominal' },
      { name: 'temperature', kind: 'number' },
      { name: 'note', kind: 'text' },
    ]);
    expect(rows).toEqual([
      ['1', 'sunny', 'yes', '21.5', 'a, b'],
      ['2', 'over cast', "no, not 'now'", '', ''],
      ['3', 'rain', '', '19', 'c'],
    ]);
  });

  it.each([
    ['@attribute a real\n1', /no @data/],
    ['@attribute a real\n@data\n{0 1}', /sparse/],
    ['@attribute a real\n@data\n1,2', /not 1 cells/],
    ['@attribute a real\n@attribute b real\n@data\n1', /not 2 cells/],
  ])('refuses %j', (text, message) => {
    expect(() => parseArff(text)).toThrow(message);
  });
});

describe('a table of OpenML', () => {
  const asked: string[] = [];
  const server = new LoopbackServer(({ path }, response) => {
    asked.push(path);
    if (path.startsWith('/files/')) response.end(arff);
    else if (path === '/api/v1/json/data/7') response.end(JSON.stringify(described('class')));
    else if (path === '/api/v1/json/data/8') response.end(JSON.stringify(described('class,note')));
    else response.writeHead(412).end();
  });
  const described = (target: string): unknown => ({
    data_set_description: {
      ...{ id: '7', name: 'wea/ther', format: 'ARFF', url: `${server.origin}/files/weather.arff` },
      ...{ default_target_attribute: target, row_id_attribute: 'id', ignore_attribute: ['note'] },
    },
  });
  let folder: string;

  beforeAll(async () => {
    folder = await temporaryFolder();
    await server.listen();
  });
  afterAll(() => server.close());

  it('has its target last, only rows that have one, and none of the columns to ignore', async () => {
    const options = { folder, server: server.origin };
    const table = await openMlTable(7, options);
    expect(table).toEqual({ name: 'wea_ther (7)', task: 'classification', kind: 'real', folder });
    expect(await readFile(join(folder, 'wea_ther (7).csv'), 'utf8')).toBe(
      `out look,temperature,class\nsunny,21.5,yes\nover cast,,"no, not 'now'"\n`,
    );
    const before = asked.length;
    expect(await openMlTable(7, options)).toEqual(table);
    expect(asked).toHaveLength(before);
  });

  it('says what is wrong with others', async () => {
    const options = { folder, server: server.origin };
    await expect(openMlTable(8, options)).rejects.toThrow('OpenML table 8 (wea/ther) has no single');
    await expect(openMlTable(9, options)).rejects.toThrow('/api/v1/json/data/9 answers 412');
    await expect(openMlTable(9, { folder, server: 'http://127.0.0.1:1' })).rejects.toThrow('cannot be reached');
  });
});
