import { inflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { zipArchive } from '../../../../src/core/backends/jobs/zip-archive';

const files = new Map([
  ['b/é.txt', Buffer.from('text '.repeat(1000))],
  ['a.bin', Buffer.from([0, 1, 2, 255])],
  ['empty', Buffer.alloc(0)],
]);

/** Reads an archive by its directory, as readers do. */
function entries(archive: Buffer): Map<string, { content: Buffer; crc: number }> {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const found = new Map<string, { content: Buffer; crc: number }>();
  let place = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count--) {
    const [packed, nameBytes] = [archive.readUInt32LE(place + 20), archive.readUInt16LE(place + 28)];
    const local = archive.readUInt32LE(place + 42);
    const name = archive.toString('utf8', place + 46, place + 46 + nameBytes);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const content = inflateRawSync(archive.subarray(start, start + packed));
    expect(archive.readUInt32LE(place + 24)).toBe(content.length);
    found.set(name, { content, crc: archive.readUInt32LE(place + 16) });
    place += 46 + nameBytes;
  }
  return found;
}

it('holds every file whole, under its name, with its checksum', () => {
  const found = entries(Buffer.from(zipArchive(files)));
  expect([...found.keys()].sort()).toEqual(['a.bin', 'b/é.txt', 'empty']);
  for (const [name, content] of files) expect(found.get(name)!.content.equals(content)).toBe(true);
  // zlib.crc32 of Python for the same bytes.
  expect(found.get('a.bin')!.crc).toBe(0x3fb23824);
  expect(found.get('empty')!.crc).toBe(0);
});

it('is the very same for the same files in whatever order', () => {
  const turned = new Map([...files].reverse());
  expect(Buffer.from(zipArchive(turned)).equals(Buffer.from(zipArchive(files)))).toBe(true);
});
