// Atom, RSS and JSON Feed in the hands of readers of other makers, and against the rules that the W3C's validator knows.
import assert from 'node:assert/strict';
import { parseFeed as rowan } from '@rowanmanning/feed-parser';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import RssParser from 'rss-parser';
import { ago } from './years.mjs';

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const rfc822 = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d (Z|GMT|[+-]\d{4})$/;

export async function readers({ base, check }) {
  const text = async (path) => {
    const answer = await fetch(base + path);
    assert.equal(answer.status, 200, path);
    return answer.text();
  };
  const [atom, rss, json] = await Promise.all(['atom', 'rss', 'json'].map((ending) => text(`/feeds/events.${ending}`)));
  const feed = JSON.parse(json);
  const expected = feed.items.map((i) => `${i.id} ${i.title} ${i.url}`).sort();

  await check('feedsmith reads the same from Atom, RSS and JSON Feed', () => {
    assert.deepEqual(parseAtomFeed(atom).entries.map((e) => `${e.id} ${e.title.value ?? e.title} ${e.links.find((l) => l.rel === 'alternate').href}`).sort(), expected);
    assert.deepEqual(parseRssFeed(rss).items.map((i) => `${i.guid.value} ${i.title} ${i.link}`).sort(), expected);
    assert.deepEqual(parseJsonFeed(json).items.map((i) => `${i.id} ${i.title} ${i.url}`).sort(), expected);
  });
  await check('rss-parser reads the same from Atom and RSS', async () => {
    const [a, r] = await Promise.all([new RssParser().parseString(atom), new RssParser().parseString(rss)]);
    assert.deepEqual(a.items.map((i) => `${i.id} ${i.title} ${i.link}`).sort(), expected);
    assert.deepEqual(r.items.map((i) => `${i.guid} ${i.title} ${i.link}`).sort(), expected);
  });
  await check('feed-parser reads the same from Atom and RSS', () => {
    for (const xml of [atom, rss]) assert.deepEqual(rowan(xml).items.map((i) => `${i.id} ${i.title} ${i.url}`).sort(), expected);
  });

  await check('Atom has what RFC 4287 and the validator ask', () => {
    const parsed = parseAtomFeed(atom);
    assert.ok(parsed.id && parsed.title && parsed.authors?.length);
    assert.match(atom, /<updated>[^<]+<\/updated>/);
    assert.equal(parsed.links.find((l) => l.rel === 'self').href, `${base}/feeds/events.atom`);
    assert.equal(new Set(parsed.entries.map((e) => e.id)).size, parsed.entries.length);
    for (const [, date] of atom.matchAll(/<(?:updated|published)>([^<]*)</g)) assert.match(date, rfc3339);
    assert.ok(!atom.includes('�'));
  });
  await check('RSS has what the specification and the validator ask', () => {
    const parsed = parseRssFeed(rss);
    assert.ok(parsed.title && parsed.link && parsed.description);
    assert.equal(parsed.language, 'fr');
    assert.equal(parsed.atom.links.find((l) => l.rel === 'self').href, `${base}/feeds/events.rss`);
    assert.equal(new Set(parsed.items.map((i) => i.guid.value)).size, parsed.items.length);
    for (const item of parsed.items) assert.equal(item.guid.isPermaLink, false);
    for (const [, date] of rss.matchAll(/<(?:pubDate|lastBuildDate)>([^<]*)</g)) assert.match(date, rfc822);
  });
  await check('the three importers\' shapes and the table have the same events', async () => {
    const dated = feed.items.filter((i) => i._mila.startsAt);
    const openAgenda = JSON.parse(await text('/feeds/openagenda/events.v2.json'));
    assert.equal(openAgenda.total, dated.length);
    assert.deepEqual(openAgenda.events.map((e) => `${e.slug} ${new Date(e.timings[0].begin).toISOString()}`).sort(), dated.map((i) => `${i._mila.slug} ${new Date(i._mila.startsAt).toISOString()}`).sort());
    const calendar = [];
    for (let url = `${base}/wp-json/tribe/events/v1/events?per_page=50&start_date=${ago(1000)}`; url; ) {
      const page = await (await fetch(url)).json();
      calendar.push(...page.events);
      url = page.next_rest_url;
    }
    assert.deepEqual(calendar.map((e) => `${e.slug} ${e.utc_start_date.replace(' ', 'T')}.000Z`).sort(), dated.map((i) => `${i._mila.slug} ${new Date(i._mila.startsAt).toISOString()}`).sort());
    // Without a first day the original begins today, and so do those who import from it.
    const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
    const usual = JSON.parse(await text('/wp-json/tribe/events/v1/events?per_page=50'));
    assert.equal(usual.total, dated.filter((i) => new Date(i._mila.endsAt).toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' }) >= today).length);
    assert.ok(usual.events.every((e) => e.end_date >= today));
    const csv = await text('/feeds/events.csv');
    for (const item of feed.items) assert.ok(csv.includes(`\r\n${item._mila.id},${item._mila.slug},`), item._mila.slug);
  });
  await check('control: a reader notices a feed that is broken off', () => {
    assert.throws(() => parseRssFeed(rss.slice(0, 40)));
    assert.throws(() => rowan(atom.slice(0, 40)));
  });
}
