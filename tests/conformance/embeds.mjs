// The embed in the pages of others: under a strict policy, without leave to load anything, without a script, in a frame.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ago, day, month } from './years.mjs';

const links = '<ul><li><a href="BASE/agenda">Agenda de MILA</a></li></ul>';
const element = `<mila-agenda lang="fr" limit="5">${links}</mila-agenda><script src="BASE/embed/agenda.js" defer></script>`;
const frame = '<iframe src="BASE/embed/agenda?lang=fr" title="Agenda de MILA" width="600" height="100"></iframe><script src="BASE/embed/agenda.js" defer></script>';

const sites = {
  '/strict': { policy: "default-src 'none'; script-src BASE; connect-src BASE; base-uri 'none'; require-trusted-types-for 'script'", body: element },
  '/deaf': { policy: "default-src 'none'; script-src BASE; base-uri 'none'", body: element },
  '/silent': { policy: "default-src 'none'; base-uri 'none'", body: element },
  '/framed': { policy: "default-src 'none'; script-src BASE; frame-src BASE; base-uri 'none'", body: frame },
};

function serve(base) {
  const server = createServer((request, response) => {
    const site = sites[request.url];
    if (!site) return response.writeHead(204).end();
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': site.policy.replaceAll('BASE', base) });
    return response.end(`<!DOCTYPE html><html lang="fr"><head><title>Un site</title></head><body><main><h1>Un site</h1>${site.body.replaceAll('BASE', base)}</main></body></html>`);
  });
  return new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(server)));
}

export async function embeds({ base, check }) {
  const screens = process.env.MILA_SCREENSHOTS;
  if (screens) await mkdir(screens, { recursive: true });
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const server = await serve(base);
  const site = `http://127.0.0.1:${server.address().port}`;
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });

  const visit = async (path, options, body) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const faults = [];
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (fault) => faults.push(fault.message));
    try {
      await page.goto(site + path, { waitUntil: 'networkidle' });
      await body(page, faults);
      if (screens) await page.screenshot({ path: join(screens, `embed${path.replace('/', '-')}${options?.javaScriptEnabled === false ? '-off' : ''}.png`), fullPage: true });
    } finally {
      await context.close();
    }
  };

  try {
    await check('the element shows the agenda under a strict policy', () => visit('/strict', {}, async (page, faults) => {
      await page.waitForFunction(() => document.querySelector('mila-agenda').shadowRoot?.querySelector('a'));
      const shown = await page.locator('mila-agenda a[part=title]').evaluateAll((all) => all.map((a) => a.href));
      assert.ok(shown.length >= 1 && shown.length <= 5);
      for (const href of shown) assert.ok(href.startsWith(`${base}/agenda/`), href);
      assert.equal((await fetch(shown[0])).status, 200);
      assert.deepEqual(faults, []);
      // Axe is not on the site's policy: it comes in by the side of the test.
      const { violations } = await page.evaluate(`${axe}; axe.run(document.querySelector('mila-agenda'))`);
      assert.deepEqual(violations.map((v) => `${v.id} ${v.nodes.map((n) => n.html)}`), []);
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.localName), 'a');
    }));
    await check('a full event that has begun has no waiting list', () => visit('/strict', {}, async (page) => {
      const at = (hours) => new Date(Date.now() + hours * 3_600_000).toISOString();
      const event = (hours, mode) => ({ url: `${base}/agenda/x`, _mila: { title: { fr: 'X' }, status: 'published', startsAt: at(hours), endsAt: at(hours + 2), venue: { mode }, full: true } });
      const items = [event(1, 'onSite'), event(-1, 'onSite'), event(1, 'hybrid'), event(-1, 'hybrid')];
      await page.route('**/feeds/events.json*', (route) => route.fulfill({ json: { items }, headers: { 'Access-Control-Allow-Origin': '*' } }));
      await page.reload();
      await page.waitForFunction(() => document.querySelector('mila-agenda').shadowRoot?.querySelectorAll('.flag').length === 4);
      assert.deepEqual(await page.locator('mila-agenda .flag').allTextContents(), ['Complet : liste d’attente', 'Complet', 'Complet sur place : liste d’attente, ou places en ligne', 'Complet sur place : places en ligne']);
    }));
    await check('an empty month is none, a month shows what is over, and the first of a month is said as one says it', () => visit('/strict', {}, async (page) => {
      const on = (date) => ({ url: `${base}/agenda/x`, _mila: { title: { fr: date }, status: 'published', startsAt: `${date}T17:00:00Z`, endsAt: `${date}T19:00:00Z`, venue: null } });
      await page.route('**/feeds/events.json*', (route) => route.fulfill({ json: { items: [on(ago(40)), on(day(4, 1)), on(day(4, 11))] }, headers: { 'Access-Control-Allow-Origin': '*' } }));
      const shown = async (attribute) => {
        await page.evaluate((value) => new Promise((done) => {
          const element = document.querySelector('mila-agenda');
          element.addEventListener('mila-agenda-ready', done, { once: true });
          element.setAttribute('month', value);
        }), attribute);
        return page.locator('mila-agenda a[part=title]').allTextContents();
      };
      assert.deepEqual(await shown(''), [day(4, 1), day(4, 11)]);
      const times = await page.locator('mila-agenda time').allTextContents();
      assert.match(times[0], /(^| )1er avril \d{4}/);
      assert.match(times[1], / 11 avril \d{4}/);
      assert.deepEqual(await shown(month(4)), [ago(40), day(4, 1), day(4, 11)]);
    }));
    await check('where nothing may be loaded the links of the site stay', () => visit('/deaf', {}, async (page) => {
      await page.waitForFunction(() => !document.querySelector('mila-agenda').hasAttribute('aria-busy'));
      assert.ok(await page.getByRole('link', { name: 'Agenda de MILA' }).isVisible());
    }));
    await check('where no script may run the links of the site stay', () => visit('/silent', {}, async (page) => assert.ok(await page.getByRole('link', { name: 'Agenda de MILA' }).isVisible())));
    await check('with scripts off the links of the site stay', () => visit('/strict', { javaScriptEnabled: false }, async (page) => assert.ok(await page.getByRole('link', { name: 'Agenda de MILA' }).isVisible())));
    await check('the frame says how high it is', () => visit('/framed', {}, async (page, faults) => {
      const inside = page.frames()[1];
      const height = await inside.evaluate(() => Math.ceil(document.documentElement.getBoundingClientRect().height));
      await page.waitForFunction((wanted) => document.querySelector('iframe').clientHeight >= wanted - 1, height);
      assert.ok(height > 150);
      assert.deepEqual(faults, []);
    }));
    await check('with scripts off the frame is a list of links', () => visit('/framed', { javaScriptEnabled: false }, async (page) => {
      const all = page.frameLocator('iframe').locator('ul.events a');
      assert.ok((await all.count()) >= 1);
      assert.equal(await all.first().getAttribute('target'), '_top');
    }));
    await check('a pasted address leads to the frame (oEmbed)', async () => {
      const page = await (await fetch(`${base}/agenda`)).text();
      const described = /type="application\/json\+oembed" href="([^"]*)"/.exec(page)[1].replaceAll('&amp;', '&');
      const embed = await (await fetch(described)).json();
      const source = /src="([^"]*)"/.exec(embed.html)[1].replaceAll('&amp;', '&');
      const answer = await fetch(source);
      assert.equal(answer.status, 200);
      assert.match(answer.headers.get('content-security-policy'), /frame-ancestors \*/);
    });
    await check('control: the page itself is not to be framed', async () => assert.match((await fetch(`${base}/agenda`)).headers.get('content-security-policy'), /frame-ancestors 'none'/));
    const script = await (await fetch(`${base}/embed/agenda.js`)).arrayBuffer();
    await check('the script is 15 kB at most', () => assert.ok(script.byteLength <= 15_000, `${script.byteLength}`));
  } finally {
    await browser.close();
    server.close();
  }
}
