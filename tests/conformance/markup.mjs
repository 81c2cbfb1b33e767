// Every page of the agenda under the Nu HTML checker (vnu), in both languages and in every state that an event can be in.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inLanguage } from './personal.mjs';
import { ago, day, month } from './years.mjs';

const jar = join(createRequire(import.meta.url).resolve('vnu-jar/package.json'), '../build/dist/vnu.jar');

function vnu(files) {
  return new Promise((done, failed) => execFile('java', ['-jar', jar, '--format', 'json', '--exit-zero-always', ...files], { maxBuffer: 1 << 28 }, (fault, out, err) => {
    if (fault) failed(fault);
    else done(JSON.parse(err || out || '{"messages":[]}').messages);
  }));
}

/** Pages in all their states: months, days, moved, cancelled, with a long description, with odd titles, and none at all. */
async function addresses({ base, call, publish, until, ofPersons }) {
  await call('POST', '/v1/programmes', { code: 'markup', label: 'Balises & <b>titres</b>' });
  await call('POST', '/v1/programmes', { code: 'markup-empty', label: 'Rien' });
  const rich = {
    programme: 'markup', title: { fr: '<b>"Odd"</b> & title 🎷', en: 'Odd & title' },
    summary: { fr: '# Titre\n\n**Gras**, [lien](https://example.org/?a=1&b=2)\n\n- un\n- deux\n\n<script>alert(1)</script>\n\n> cité\n\n1. premier', en: 'Plain' },
    venue: { mode: 'hybrid', name: '104 & co', address: '104 rue d\'Aubervilliers, 75019 Paris', url: 'https://live.example/?a=1&b=2' }, audience: 'public',
    speakers: [{ name: 'Ada <i>', role: 'booker', organisation: 'Label' }], coHosts: ['map'], tags: ['jazz & co', 'a'],
    image: { url: 'https://img.example/a.jpg', alt: { fr: 'Une scène' } },
  };
  const [moved, cancelled, past] = await Promise.all([day(5, 3), day(5, 4), ago(30)].map(async (on) => (await publish((await call('POST', '/v1/events', { ...rich, startsAt: `${on}T17:00:00Z`, endsAt: `${on}T19:00:00Z` })).json))));
  await publish((await call('POST', '/v1/events', { ...rich, month: month(6) })).json);
  const { etag } = await call('GET', `/v1/events/${moved.id}`);
  await call('PATCH', `/v1/events/${moved.id}`, { startsAt: `${day(5, 10)}T17:00:00Z`, endsAt: `${day(5, 11)}T19:00:00Z` }, { 'If-Match': etag });
  await call('POST', `/v1/events/${cancelled.id}/cancellation`, { reason: { fr: 'Salle <fermée>' } });
  await call('POST', `/v1/events/${past.id}/holding`);
  await until(async () => (await fetch(`${base}/agenda/${moved.slug}`)).text(), (page) => page.includes('class="notice"') && page.includes('EventRescheduled'), 'the notice of the move');
  await until(async () => (await fetch(`${base}/agenda/${past.slug}`)).status, (status) => status === 200, 'the page of the last event');
  await until(async () => (await fetch(`${base}/agenda/${cancelled.slug}`)).text(), (page) => page.includes('EventCancelled'), 'the cancellation');

  const listed = ['/agenda', '/agenda?programme=markup', `/agenda?month=${month(5)}`, `/agenda?audience=public&month=${month(6)}`, '/agenda?programme=markup-empty', '/calls', '/embed/agenda', '/embed/agenda?programme=markup-empty', `/embed/agenda?event=${moved.slug}`];
  assert.ok(ofPersons?.length > 5, 'the pages of persons were made before');
  const pages = await fetch(`${base}/feeds/programmes/markup/events.json`).then((a) => a.json());
  const calls = (await fetch(`${base}/feeds/calls.json`).then((a) => a.json())).items.map((i) => new URL(i.url).pathname);
  return [...listed, ...pages.items.map((i) => new URL(i.url).pathname), ...calls, ...calls.map((path) => `${path}/submission`), ...ofPersons.map((p) => p.path)];
}

export async function markup(context) {
  const { base, check } = context;
  const folder = join(process.env.MILA_WORK, 'markup');
  await mkdir(folder, { recursive: true });
  const paths = (await addresses(context)).flatMap((path) => ['fr', 'en'].map((language) => inLanguage(path, language)));
  const files = new Map();
  for (const [i, path] of paths.entries()) {
    const answer = await fetch(base + path, path.startsWith('/v1/') ? { headers: { Authorization: `Bearer ${process.env.MILA_KEY.trim()}` } } : {});
    assert.equal(answer.status, 200, path);
    const file = join(folder, `${i}.html`);
    files.set(`file:${file}`, path);
    await writeFile(file, await answer.text());
  }
  const broken = join(folder, 'control.html');
  await writeFile(broken, '<!DOCTYPE html><html lang="en"><title>x</title><p><h1>x</h1></p><img src="x">');

  const found = await vnu([...files.keys()].map((f) => f.slice('file:'.length)).concat(broken));
  for (const [file, path] of files) {
    await check(`vnu: ${path}`, () => assert.deepEqual(found.filter((m) => m.url === file && m.type === 'error').map((m) => `${m.lastLine}: ${m.message}`), []));
  }
  await check('control: vnu refuses a page with faults', () => assert.ok(found.filter((m) => m.url === `file:${broken}` && m.type === 'error').length >= 2));
}
