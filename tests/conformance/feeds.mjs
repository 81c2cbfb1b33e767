// The feeds as calendar programs and feed readers take them in, compared with what the API says.
import assert from 'node:assert/strict';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import { day, lastSunday, month } from './years.mjs';

// Both sides of both changes of the hour, and a day that ends after midnight.
const [march, october] = [lastSunday(3), lastSunday(10)];
const days = [
  [`${day(3, march - 1)}T19:00`, `${day(3, march - 1)}T21:00`], [`${day(3, march + 1)}T19:00`, `${day(3, march + 1)}T21:00`],
  [`${day(10, october - 1)}T19:00`, `${day(10, october)}T00:30`], [`${day(10, october + 2)}T19:00`, `${day(10, october + 2)}T21:00`],
];

const utc = (instant) => new Date(instant).toISOString();

function absolute(url, base) {
  assert.ok(typeof url === 'string' && url.startsWith(`${base}/`), `not absolute: ${url}`);
}

export async function feeds({ base, call, publish, until, check }) {
  const text = async (path) => {
    const answer = await fetch(base + path);
    assert.equal(answer.status, 200, path);
    return answer.text();
  };
  const planned = (await call('GET', '/v1/events?status=planned,tentative&limit=250')).json.items;
  for (const [i, [starts, ends]] of days.entries()) await publish(planned[i], starts, ends);
  const toCome = planned[days.length];
  const { etag } = await call('GET', `/v1/events/${toCome.id}`);
  await call('PATCH', `/v1/events/${toCome.id}`, { month: month(6) }, { 'If-Match': etag });
  const monthOnly = await publish(toCome);

  const all = [];
  for (let path = '/v1/events?status=published,held,cancelled&limit=250'; path; ) {
    const page = (await call('GET', path)).json;
    all.push(...page.items);
    path = page.next?.replace(base, '');
  }
  const scheduled = all.filter((e) => e.startsAt);
  const expected = scheduled.map((e) => `${utc(e.startsAt)} ${utc(e.endsAt)} ${e.title.fr}`).sort();

  const feed = await until(async () => JSON.parse(await text('/feeds/events.json')), (f) => f.items.length === all.length && f.items.some((i) => i._mila.id === monthOnly.id), 'all published events in the feed');

  await check('JSON Feed has what the API has published', () => {
    const shown = feed.items.filter((i) => i._mila.startsAt).map((i) => `${utc(i._mila.startsAt)} ${utc(i._mila.endsAt)} ${i._mila.title.fr}`).sort();
    assert.deepEqual(shown, expected);
    assert.ok(expected.length >= days.length);
  });

  await check('JSON Feed 1.1 is valid and its addresses are absolute', () => {
    assert.equal(feed.version, 'https://jsonfeed.org/version/1.1');
    assert.ok(feed.title);
    absolute(feed.home_page_url, base);
    assert.equal(feed.feed_url, `${base}/feeds/events.json`);
    assert.equal(new Set(feed.items.map((i) => i.id)).size, feed.items.length);
    for (const item of feed.items) {
      assert.ok(typeof item.id === 'string' && item.id);
      absolute(item.url, base);
      assert.ok(typeof item.content_text === 'string' || typeof item.content_html === 'string');
      for (const date of [item.date_published, item.date_modified].filter(Boolean)) assert.match(date, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
      for (const name of Object.keys(item)) assert.match(name, /^(id|url|external_url|title|content_html|content_text|summary|image|banner_image|date_published|date_modified|authors|tags|language|attachments|_mila)$/);
    }
  });

  await check('every address in the feed leads to its page', async () => {
    for (const item of feed.items) assert.equal((await fetch(item.url)).status, 200, item.url);
  });

  const calendar = await text('/feeds/events.ics');
  await check('ical.js reads the same events at the same instants', () => {
    const events = new ICAL.Component(ICAL.parse(calendar)).getAllSubcomponents('vevent').map((v) => new ICAL.Event(v));
    for (const event of events) assert.equal(event.startDate.zone.tzid, 'UTC');
    assert.deepEqual(events.map((e) => `${e.startDate.toJSDate().toISOString()} ${e.endDate.toJSDate().toISOString()} ${e.summary}`).sort(), expected);
  });
  await check('node-ical reads the same events at the same instants', () => {
    const events = Object.values(nodeIcal.parseICS(calendar)).filter((c) => c.type === 'VEVENT');
    assert.deepEqual(events.map((e) => `${e.start.toISOString()} ${e.end.toISOString()} ${e.summary}`).sort(), expected);
  });
  await check('iCalendar lines end in CRLF and have 75 octets at most', () => {
    assert.ok(calendar.endsWith('END:VCALENDAR\r\n'));
    for (const line of calendar.split('\r\n')) {
      assert.ok(Buffer.byteLength(line) <= 75, line);
      assert.ok(!line.includes('\n'), line);
    }
  });
}
