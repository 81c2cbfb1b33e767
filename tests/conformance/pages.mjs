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

  const ofPersons = (context.ofPersons = await personal(context));
  const filled = [...slugs.map((slug) => `/agenda/${slug}`), ...ofPersons.map((p) => p.path.split('?')[0])];
  const found = slugs.map((slug) => ({ path: `/agenda/${slug}` }));
  for (const [path, item] of Object.entries(contract.paths)) {
    const isPage = item.get && Object.entries(item.get.responses).some(([status, r]) => status === '200' && r.content?.['text/html']);
    if (!isPage) continue;
    if (!path.includes('{')) found.push({ path: path.replace(/(.)\/$/, '$1'), keyed: Boolean(item.get['x-scope']) });
    else if (!filled.some((f) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`).test(f))) console.log(`note    no example of the page ${path} is looked at`);
  }
  return [...found, ...ofPersons.map((p) => ({ ...p, inPath: true }))];
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
        assert.equal(await focused().innerText(), 'S’inscrire'.replace('’', "'"));
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
