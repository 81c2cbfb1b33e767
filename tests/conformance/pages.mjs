// Every public page in a real browser: French and English, a small telephone and a desk, by day and by night.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { inLanguage, personal, submitWrong } from './personal.mjs';

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const views = [
  { name: 'fr-320', language: 'fr', width: 320, scheme: 'light' },
  { name: 'en-320', language: 'en', width: 320, scheme: 'dark' },
  { name: 'fr-1280', language: 'fr', width: 1280, scheme: 'dark' },
  { name: 'en-1280', language: 'en', width: 1280, scheme: 'light' },
];

/** The pages that the contract names: those that answer HTML. Parts in braces are filled with what the feed knows, or by the pages of persons; the rest is said. */
async function addresses(context) {
  const { base, call } = context;
  const contract = await (await fetch(`${base}/openapi/v1.json`)).json();
  const feed = await (await fetch(`${base}/feeds/events.json`)).json();
  const slugs = ['month', 'startsAt'].map((when) => feed.items.find((i) => i._mila[when])?._mila.slug);
  const cancelled = feed.items.find((i) => i._mila.startsAt && i._mila.slug !== slugs[1])._mila;
  await call('POST', `/v1/events/${cancelled.id}/cancellation`, { reason: { fr: 'La salle est fermée.', en: 'The hall is closed.' } });
  slugs.push(cancelled.slug);

  const calls = await callsForArtists(call);
  const ofPersons = (context.ofPersons = [...(await personal(context)), ...calls.links.map((path) => ({ path }))]);
  const open = [...slugs.map((slug) => `/agenda/${slug}`), ...calls.slugs.map((slug) => `/calls/${slug}`)];
  // The funders' report is a page for who holds a key: by its ending, and for a browser by what it accepts.
  const reports = ['/v1/funding-reports/2026.html', '/v1/funding-reports/2026'];
  const filled = [...open, ...reports, ...ofPersons.map((p) => p.path.split('?')[0])];
  const found = [...open.map((path) => ({ path })), ...reports.map((path) => ({ path, keyed: true }))];
  const without = [];
  for (const [path, item] of Object.entries(contract.paths)) {
    const isPage = item.get && Object.entries(item.get.responses).some(([status, r]) => status === '200' && r.content?.['text/html']);
    if (!isPage) continue;
    if (!path.includes('{')) found.push({ path: path.replace(/(.)\/$/, '$1'), keyed: Boolean(item.get['x-scope']) });
    else if (!filled.some((f) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`).test(f))) without.push(path);
  }
  await context.check('every page of the contract is looked at', () => assert.deepEqual(without, []));
  return [...found, ...ofPersons.map((p) => ({ ...p, inPath: true }))];
}

/** Calls for artists in each state: open, announced, cancelled; and the pages behind links in mails: one's own submission, a reviewer's list and form, in French and English. */
async function callsForArtists(call) {
  const { json: programme } = await call('POST', '/v1/programmes', { code: 'pages-calls', label: 'MaMAMILA & co' });
  const hour = 3_600_000;
  const drawUp = async (title, closesIn) => {
    const { json } = await call('POST', '/v1/calls', {
      programme: programme.code, title: { fr: title, en: `${title} (en)` }, text: { fr: '**Trois** artistes & <b>plus</b>.\n\n- un\n- deux', en: '**Three** artists.' },
      opensAt: new Date(Date.now() - hour).toISOString(), closesAt: new Date(Date.now() + closesIn).toISOString(), places: 1, reviewsNeeded: 1,
      criteria: [{ code: 'originality', label: { fr: 'Originalité', en: 'Originality' }, weight: 3 }, { code: 'stage', label: { fr: 'Présence sur scène', en: 'Presence on stage' } }],
    });
    await call('POST', `/v1/calls/${json.id}/publication`);
    return json;
  };
  const submit = async (id, act, email) => (await call('POST', `/v1/calls/${id}/submissions`, { act, name: 'Ada', email, text: 'Bonjour.\nNous jouons.', links: ['https://listen.example/a/very/long/address/that/does/not/fit/on/a/telephone'], language: 'fr' })).json;
  const invite = async (id, email) => (await call('POST', `/v1/calls/${id}/reviewers`, { name: 'Jury', email, language: 'fr' })).json.reviewers.at(-1).id;
  const linkOf = async (email) => {
    for (let i = 0; i < 100; i++) {
      const mails = (await call('GET', `/v1/mails?to=${encodeURIComponent(email)}&sort=-createdAt`)).json.items;
      if (mails.length > 0) return new URL((await call('GET', `/v1/mails/${mails[0].id}`)).json.text.match(/http\S+\/(submissions|reviews)\/\S+/)[0]).pathname;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`no mail to ${email}`);
  };

  const open = await drawUp('Appel ouvert', 48 * hour);
  await submit(open.id, 'Les Balises', 'own@pages.example');
  const off = await drawUp('Appel annulé', 48 * hour);
  await call('POST', `/v1/calls/${off.id}/cancellation`, { reason: { fr: 'La scène est fermée.', en: 'The stage is closed.' } });
  const judged = await drawUp('Appel jugé', 6000);
  const announced = await drawUp('Appel annoncé', 6000);
  const waiting = [];
  for (const [one, name] of [[judged, 'judged'], [announced, 'announced']]) {
    for (const act of ['Un', 'Deux', 'Trois']) waiting.push((await submit(one.id, `${act} ${name}`, `${act}@${name}.example`)).id);
    one.reviewer = await invite(one.id, `jury@${name}.example`);
  }
  for (let i = 0; (await call('GET', `/v1/calls/${announced.id}`)).json.status !== 'closed'; i++) {
    assert.ok(i < 150, 'the call never closed');
    await new Promise((done) => setTimeout(done, 200));
  }
  const score = (one, submissionId, value) => call('POST', `/v1/calls/${one.id}/reviews`, { reviewerId: one.reviewer, submissionId, scores: [{ criterion: 'originality', value }, { criterion: 'stage', value }] });
  await score(judged, waiting[0], 4);
  await call('POST', `/v1/calls/${judged.id}/conflicts`, { reviewerId: judged.reviewer, submissionId: waiting[1], reason: 'Une cousine' });
  for (const [i, id] of waiting.slice(3).entries()) await score(announced, id, 5 - i);
  await call('POST', `/v1/calls/${announced.id}/selection`, { reserves: 1 });
  await call('POST', `/v1/calls/${announced.id}/announcement`, {});

  const jury = await linkOf('jury@judged.example');
  const personal = [`/calls/${open.slug}/submission`, await linkOf('own@pages.example'), await linkOf('Un@announced.example'), jury, ...waiting.slice(0, 3).map((id) => `${jury}/${id}`)];
  return { slugs: [open.slug, announced.slug, off.slug], links: personal };
}

async function open(browser, base, view, keyed) {
  const context = await browser.newContext({
    ...(keyed ? { extraHTTPHeaders: { Authorization: `Bearer ${process.env.MILA_KEY.trim()}` } } : {}),
    locale: view.language === 'fr' ? 'fr-FR' : 'en-GB', viewport: { width: view.width, height: 900 }, colorScheme: view.scheme, timezoneId: 'Europe/Paris' });
  const page = await context.newPage();
  const faults = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`));
  page.on('pageerror', (fault) => faults.push(`script: ${fault.message}`));
  page.on('requestfailed', (request) => faults.push(`failed: ${request.url()}`));
  page.on('response', (response) => response.status() >= 400 && faults.push(`${response.status()}: ${response.url()}`));
  page.on('request', (request) => !request.url().startsWith(`${base}/`) && !request.url().startsWith('data:') && faults.push(`third party: ${request.url()}`));
  return { context, page, faults };
}

export async function pages(all) {
  const { base, check } = all;
  const screens = process.env.MILA_SCREENSHOTS;
  if (screens) await mkdir(screens, { recursive: true });
  const found = await addresses(all);
  assert.ok(found.length >= 15, `only ${found.map((f) => f.path)}`);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  try {
    for (const { path, shows, inPath, keyed, submit } of found) {
      const name = shows ? `the page that shows ${shows}` : path;
      await Promise.all(views.map(async (view) => {
        await check(`${name} at ${view.name}, ${view.scheme}`, async () => {
          const { context, page, faults } = await open(browser, base, view, keyed);
          try {
            await page.goto(base + (inPath ? inLanguage(path, view.language) : path), { waitUntil: 'load' });
            if (submit) await submitWrong(page);
            if (screens) await page.screenshot({ path: join(screens, `${name.replace(/^\//, '').replaceAll(/[/ ]/g, '-')}-${view.name}.png`), fullPage: true });
            assert.equal(await page.getAttribute('html', 'lang'), view.language);
            assert.equal(await page.locator('h1').count(), 1);
            await page.evaluate(axeSource);
            const { violations, passes } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
            assert.ok(passes.length > 10);
            assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.html} ${n.failureSummary}`).join('; ')}`), []);
            assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'scrolls sideways');
            assert.deepEqual(await context.cookies(), []);
            assert.deepEqual(faults, []);
          } finally {
            await context.close();
          }
        });
      }));
    }

    await check('the agenda is read, filtered and left for an event by keyboard alone, without a script, at 320 px', async () => {
      const context = await browser.newContext({ locale: 'fr-FR', viewport: { width: 320, height: 640 }, javaScriptEnabled: false });
      const page = await context.newPage();
      const focused = () => page.locator(':focus');
      const tabTo = async (selector) => {
        for (let i = 0; i < 40; i++) {
          await page.keyboard.press('Tab');
          if (await page.locator(`${selector}:focus`).count()) return;
        }
        throw new Error(`never reached: ${selector}; the focus is on ${await focused().evaluate((e) => e.outerHTML.slice(0, 200)).catch(() => 'nothing')}`);
      };
      try {
        await page.goto(`${base}/agenda`, { waitUntil: 'load' });
        await page.keyboard.press('Tab');
        assert.ok(await page.locator('.skip:focus').isVisible());
        await page.keyboard.press('Enter');
        await tabTo('details.filter > summary');
        assert.ok(!(await page.locator('#programme').isVisible()), 'the filter is folded on a phone');
        await page.keyboard.press('Enter');
        await tabTo('#programme');
        await page.keyboard.type('Personal');
        await tabTo('form.filter button');
        await Promise.all([page.waitForURL(/programme=personal/), page.keyboard.press('Enter')]);
        assert.equal(await page.locator('h1').innerText(), 'Personal');
        await tabTo('ul.events a');
        const href = await focused().getAttribute('href');
        await Promise.all([page.waitForURL((url) => url.pathname === href), page.keyboard.press('Enter')]);
        await tabTo('.actions .button');
        assert.equal(await focused().innerText(), "S'inscrire en liste d'attente", 'its one seat is taken');
      } finally {
        await context.close();
      }
    });

    await check('control: the browser notices a page without style and with a stranger in it', async () => {
      const { context, page, faults } = await open(browser, base, views[0]);
      try {
        await page.route('**/control', (route) => route.fulfill({ contentType: 'text/html', body: '<html><body><img src="http://127.0.0.1:9/x.png"><div style="width:2000px">x</div>' }));
        await page.goto(`${base}/control`, { waitUntil: 'networkidle' });
        await page.evaluate(axeSource);
        const { violations } = await page.evaluate(() => window.axe.run(document));
        assert.ok(violations.some((v) => v.id === 'image-alt'));
        assert.ok(faults.some((f) => f.startsWith('third party')));
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth));
      } finally {
        await context.close();
      }
    });

    await check('/docs shows every operation under its own policy', async () => {
      const { context, page, faults } = await open(browser, base, views[3]);
      try {
        await page.goto(`${base}/docs`, { waitUntil: 'networkidle' });
        const contract = await (await fetch(`${base}/openapi/v1.json`)).json();
        const operations = Object.values(contract.paths).flatMap((p) => Object.keys(p)).length;
        await page.locator('.opblock').first().waitFor({ timeout: 60_000 });
        // The page holds only those near to what one looks at: it is read from top to bottom.
        const shown = await page.evaluate(async () => {
          const ids = new Set();
          for (let end = false; !end; ) {
            for (const operation of document.querySelectorAll('.opblock[id]')) ids.add(operation.id);
            end = window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 1;
            window.scrollBy(0, window.innerHeight / 2);
            await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 50)));
          }
          return ids.size;
        });
        assert.equal(shown, operations);
        if (screens) await page.screenshot({ path: join(screens, 'docs.png') });
        assert.deepEqual(faults, []);
      } finally {
        await context.close();
      }
    });
  } finally {
    await browser.close();
  }
}
