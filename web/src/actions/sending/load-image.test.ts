import { afterEach, expect, it, vi } from 'vitest';
import { FIRST_VISIT, nextPage } from '../../state/page.ts';
import { createStore } from '../../state/store.ts';
import { createLoadImage } from './load-image.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

const file = new File(['a large photo'], 'a.heic');
const image = { key: 'a', name: 'a.heic', origin: 'file' as const, thumbnail: 'blob:before' };

function storeWithImage() {
  const store = createStore(FIRST_VISIT, nextPage);
  store.dispatch({ type: 'images-added', images: [image], leftOut: 0 });
  return store;
}

it('shows what is sent in place of the file, so that boxes lie where they belong', async () => {
  const store = storeWithImage();
  const sent = new File(['small'], 'a.heic', { type: 'image/jpeg' });
  const load = createLoadImage(store, async () => sent);
  expect(await load({ key: 'a', file })).toBe(sent);
  const { thumbnail } = store.state().images[0]!;
  expect(await (await fetch(thumbnail!)).text()).toBe('small');
});

it('leaves an image that goes as it is', async () => {
  const store = storeWithImage();
  const load = createLoadImage(store, async (loaded) => loaded);
  expect(await (await load({ key: 'a', file })).text()).toBe('a large photo');
  expect(store.state().images[0]!.thumbnail).toBe('blob:before');
});

it('makes no thumbnail of an image that was removed meanwhile', async () => {
  const store = storeWithImage();
  const made = vi.spyOn(URL, 'createObjectURL');
  store.dispatch({ type: 'images-cleared' });
  await createLoadImage(store, async () => new File(['small'], 'a'))({ key: 'a', file });
  expect(made).not.toHaveBeenCalled();
});

it('refuses what is still larger than the service takes, and names the limit', async () => {
  vi.resetModules();
  vi.stubGlobal('document', {
    querySelector: () => ({ content: '2000000' }),
    baseURI: 'http://localhost/ui/',
  });
  const { createLoadImage } = await import('./load-image.ts');
  const { failureText } = await import('../../texts/failures.ts');
  const large = new File([new Uint8Array(2_000_001)], 'a.tif');
  const load = createLoadImage(storeWithImage(), async (loaded) => loaded);
  await expect(load({ key: 'a', file: large })).rejects.toMatchObject({ code: 'too-large' });
  expect(failureText('too-large').next).toBe('Send a smaller picture, at most 2 MB.');
});
