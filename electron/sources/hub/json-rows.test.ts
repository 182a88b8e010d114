import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonRows } from './json-rows.ts';

async function rowsOf(text: string): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const bunch of jsonRows(Buffer.from(text))) rows.push(...bunch);
  return rows;
}

describe('a list in bunches', () => {
  it('is what JSON.parse makes of it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue()), fc.constantFrom(0, 2), async (list, indent) => {
        const text = JSON.stringify(list, undefined, indent);
        expect(await rowsOf(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('comes in several', async () => {
    const list = Array.from({ length: 20_000 }, (_, index) => ({ index, text: 'a],[{"\\', deep: [[{ x: 'ü' }]] }));
    const sizes: number[] = [];
    for await (const bunch of jsonRows(Buffer.from(JSON.stringify(list)))) sizes.push(bunch.length);
    expect(sizes.length).toBeGreaterThan(3);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(20_000);
  });

  it('is empty for null', async () => {
    expect([await rowsOf('null'), await rowsOf(' [ ] \n')]).toEqual([[], []]);
  });

  it.each(['', '[', '[1,', '[{"a":"', '{}', '"x"', '[1]]', '[1][2]', '<html>', '[1,]', '[}]'])('is none: %j', async (text) => {
    await expect(rowsOf(text)).rejects.toBeInstanceOf(SyntaxError);
  });
});
