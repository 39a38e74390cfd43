import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadModel } from './model.ts';

const SHIPPED = join(import.meta.dirname, '../../../models/mnist-cnn');
/** A network from 32×32 ink to ten logits, each the ink's mean. */
const AVERAGING_32 =
  'CAoSADqpAQodCgVpbnB1dBIBbSIRR2xvYmFsQXZlcmFnZVBvb2wKDwoBbRIBZiIHRmxhdHRlbgoUCgFmCgFyEgZsb2dpdHMiBFRp' +
  'bGUSAWcqGQgCEAdCAXJKEAEAAAAAAAAACgAAAAAAAABaJAoFaW5wdXQSGwoZCAESFQoHEgViYXRjaAoCCAEKAgggCgIIIGIdCgZs' +
  'b2dpdHMSEwoRCAESDQoHEgViYXRjaAoCCApCBAoAEBc=';
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'model-'));
  await cp(SHIPPED, directory, { recursive: true });
});
afterEach(() => rm(directory, { recursive: true }));

async function changeManifest(change: (manifest: Record<string, Record<string, unknown>>) => void) {
  const path = join(directory, 'model.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  change(manifest);
  await writeFile(path, JSON.stringify(manifest));
}

const load = () => loadModel({ directory, threads: 1 });

test('the shipped network runs micro-batches of any size, each image on its own', async () => {
  const model = await load();
  const size = 28 * 28;
  const one = Float32Array.from({ length: size }, (_, i) => (i % 7) / 7);
  const [alone] = await model.run([one]);
  const blanks = Array.from({ length: 33 }, () => new Float32Array(size));
  const logits = await model.run([...blanks, one]);
  expect(logits).toHaveLength(34);
  expect(logits.map((each) => each.length)).toEqual(Array(34).fill(model.manifest.output.classes));
  for (const [i, logit] of logits[33]!.entries()) expect(logit).toBeCloseTo(alone![i]!, 4);
  await model.close();
});

test('a missing folder is named', async () => {
  await expect(loadModel({ directory: join(directory, 'none'), threads: 1 })).rejects.toThrow(
    /none: model.json/,
  );
});

test('a network other than the manifest’s is refused', async () => {
  await writeFile(join(directory, 'model.onnx'), 'not a network');
  await expect(load()).rejects.toThrow(/model.onnx has sha256 [0-9a-f]{64}, the manifest says/);
});

test('a file that is not a network is refused', async () => {
  await writeFile(join(directory, 'model.onnx'), '');
  await changeManifest((m) => {
    Object.assign(m, { sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' });
  });
  await expect(load()).rejects.toThrow(/ONNX Runtime can't load/);
});

test('a manifest without a field names the field', async () => {
  await changeManifest((m) => {
    delete m.input!.std;
  });
  await expect(load()).rejects.toThrow(/std/);
});

test('an input of another name or shape is refused', async () => {
  await changeManifest((m) => {
    m.input!.name = 'image';
  });
  await expect(load()).rejects.toThrow(/input image is not in the network/);
  await changeManifest((m) => {
    Object.assign(m.input!, { name: 'input', shape: [null, 1, 32, 32] });
  });
  await expect(load()).rejects.toThrow(/input input has the shape .*28.*the manifest says .*32/);
});

test('a network whose input is not 28×28 is refused', async () => {
  await writeFile(join(directory, 'model.onnx'), Buffer.from(AVERAGING_32, 'base64'));
  await changeManifest((m) => {
    Object.assign(m, {
      sha256: createHash('sha256').update(Buffer.from(AVERAGING_32, 'base64')).digest('hex'),
    });
    Object.assign(m.input!, { shape: [null, 1, 32, 32] });
    Object.assign(m.output!, { classes: 10 });
    Object.assign(m.thresholds!, { digit_score: null });
  });
  await expect(load()).rejects.toThrow(/input is 32×32; only 28×28/);
});
