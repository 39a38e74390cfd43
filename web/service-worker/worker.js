// The service worker of the page: keeps one build's files, so that the page opens without the service. It never touches the API.
// The plugin beside it puts in what it knows of the build: VERSION, FILES without index.html, and which of them index.html starts with,
// ENTRIES. Addresses are relative to this script.
/* global VERSION, FILES, ENTRIES */

const PREFIX = 'inkqueue-shell-';
const CACHE = PREFIX + VERSION;
const SHELL = new URL('./', self.location).href;
const files = new Set(FILES.map((file) => new URL(file, SHELL).href));

/** All files of this build or none: an api of another build may respond while a deploy is under way. */
async function install() {
  const index = await fetch(SHELL, { cache: 'no-cache' });
  const html = await index.clone().text();
  if (!index.ok || !ENTRIES.every((file) => html.includes(file)))
    throw new Error('The service has another build of the page.');
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES);
  await cache.put(SHELL, index);
}

/** Runs once no page has an older worker: what older builds kept is not needed any more. */
async function activate() {
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** The service's page, which may be a newer build; the kept one while the service is away. */
async function page(request) {
  const kept = () => caches.match(SHELL, { cacheName: CACHE, ignoreVary: true });
  try {
    const response = await fetch(request);
    return response.status < 500 ? response : ((await kept()) ?? response);
  } catch (error) {
    return (await kept()) ?? Promise.reject(error);
  }
}

/** A file of any build that is kept, so that a page which was open over a deploy finds its own. */
async function file(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(SHELL)) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (files.has(request.url) || request.url.startsWith(`${SHELL}assets/`))
    event.respondWith(file(request));
});
