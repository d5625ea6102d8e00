import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tarGz, unpackTarGz } from '../../local/tar.ts';

const base = mkdtempSync(join(tmpdir(), 'tar-'));
const directory = join(base, 'model');

beforeEach(() => mkdirSync(directory));
afterEach(() => {
  for (const entry of readdirSync(base)) rmSync(join(base, entry), { recursive: true });
});
afterAll(() => rmSync(base, { recursive: true }));

describe('a model archive', () => {
  test('gives back what was put in, however long the path and whatever the size', () => {
    const long = `${'deep/'.repeat(25)}model.bin`;
    const files = { 'model.json': '{}', empty: '', 'block.bin': 'x'.repeat(512), [long]: 'far down' };

    unpackTarGz(tarGz(files), directory);

    for (const [path, text] of Object.entries(files))
      expect(readFileSync(join(directory, path), 'utf8')).toBe(text);
  });

  test('is the same, byte for byte, whatever the order of its files', () => {
    expect(tarGz({ a: '1', b: '2' })).toEqual(tarGz({ b: '2', a: '1' }));
  });

  test('writes nothing outside its directory', () => {
    unpackTarGz(tarGz({ '../beside.txt': 'x', 'in/../../beside.txt': 'x', 'inside.txt': 'x' }), directory);

    expect(existsSync(join(base, 'beside.txt'))).toBe(false);
    expect(readdirSync(directory)).toEqual(['inside.txt']);
  });
});
