// Calendars of 1, 100 and 2 000 events with titles that break careless readers, around both changes of the hour, read in New York and in Paris.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { day, lastSunday, year } from './years.mjs';

const zones = ['America/New_York', 'Europe/Paris'];
const nasty = [
  'Virgule, point-virgule; deux-points: barre \\ et \\n qui n’est pas une ligne', '"Entre guillemets" & <b>balises</b>', 'é'.repeat(90), '🎷'.repeat(40), 'e\u0301 décomposé',
  'BEGIN:VEVENT', 'END:VCALENDAR', 'Deux\r\nlignes', '=1+1', "L'apostrophe d’usage", 'עברית et العربية', 'x'.repeat(200), '\\', ';', 'Tab\tici',
];

/** What a title reads as on one line. */
const line = (title) => title.replace(/\r\n|[\r\n\t]/g, ' ').trim();

/** Every third of an hour around the changes of the hour in March and October, and then days over the year. */
function starts(i) {
  if (i < 30) return new Date(Date.UTC(year, 2, lastSunday(3) - 1, 22, 0) + i * 20 * 60_000);
  if (i < 60) return new Date(Date.UTC(year, 9, lastSunday(10) - 1, 22, 0) + (i - 30) * 20 * 60_000);
  return new Date(Date.UTC(year, 0, 4 + (i % 350), 7 + (i % 13), (i % 4) * 15));
}

async function plan(call, count) {
  const programme = `nasty-${count}`;
  await call('POST', '/v1/programmes', { code: programme, label: `Odd titles, ${count}` });
  const planned = Array.from({ length: count }, (_, i) => ({ title: `${i} ${nasty[i % nasty.length]}`.slice(0, 200), at: starts(i) }));
  const turns = planned.values();
  await Promise.all(Array.from({ length: 8 }, async () => {
    for (const { title, at } of turns) {
      const { json } = await call('POST', '/v1/events', { programme, title: { fr: title }, startsAt: at.toISOString(), endsAt: new Date(at.getTime() + 90 * 60_000).toISOString() });
      await call('POST', `/v1/events/${json.id}/publication`);
    }
  }));
  return { programme, expected: planned.map(({ title, at }) => `${at.toISOString()} ${line(title)}`).sort() };
}

/** A program's output; its time zone is its environment's. */
function run(program, args, env) {
  return new Promise((done, failed) => execFile(program, args, { env: { ...process.env, ...env }, maxBuffer: 1 << 28 }, (fault, out, err) => (fault ? failed(new Error(`${program}: ${err || fault}`)) : done(out))));
}

async function khal(calendar, zone, folder) {
  await mkdir(join(folder, 'calendar'), { recursive: true });
  // khal keeps one event a file.
  const [head, ...entries] = calendar.split(/^BEGIN:VEVENT\r\n/m);
  await Promise.all(entries.map((entry, i) => writeFile(join(folder, 'calendar', `${i}.ics`), `${head}BEGIN:VEVENT\r\n${entry.split(/^END:VEVENT\r\n/m)[0]}END:VEVENT\r\nEND:VCALENDAR\r\n`)));
  await writeFile(join(folder, 'config'), [
    '[calendars]', '[[mila]]', `path = ${join(folder, 'calendar')}`, '[sqlite]', `path = ${join(folder, 'khal.db')}`, '[locale]', `local_timezone = ${zone}`, `default_timezone = ${zone}`,
    'timeformat = %H:%M', 'dateformat = %Y-%m-%d', 'longdateformat = %Y-%m-%d', 'datetimeformat = %Y-%m-%dT%H:%M:00%z', 'longdatetimeformat = %Y-%m-%dT%H:%M:00%z', '',
  ].join('\n'));
  const out = await run('khal', ['-c', join(folder, 'config'), 'list', '--once', '--day-format', '', '--format', '{start-long}', day(1, 0), day(13, 2)], { TZ: zone, LC_ALL: 'C.UTF-8', XDG_DATA_HOME: folder, XDG_CACHE_HOME: folder });
  return out.split('\n').filter((l) => /^\d{4}-/.test(l)).map((l) => new Date(l.trim().replace(/([+-]\d\d)(\d\d)$/, '$1:$2')).toISOString()).sort();
}

async function fullCalendar(browser, base, path, zone) {
  const require = createRequire(import.meta.url);
  const context = await browser.newContext({ timezoneId: zone });
  try {
    const page = await context.newPage();
    await page.route('**/blank', (route) => route.fulfill({ contentType: 'text/html', body: '<!DOCTYPE html><title>x</title><div id="calendar"></div>' }));
    await page.goto(`${base}/blank`);
    for (const file of ['ical.js-1/build/ical.min.js', '@fullcalendar/core/index.global.min.js', '@fullcalendar/daygrid/index.global.min.js', '@fullcalendar/icalendar/index.global.min.js']) {
      await page.addScriptTag({ content: await readFile(join(require.resolve('ical.js-1/package.json'), '../..', file), 'utf8') });
    }
    return await page.evaluate(([url, range]) => new Promise((done, failed) => {
      const calendar = new window.FullCalendar.Calendar(document.getElementById('calendar'), {
        initialView: 'dayGrid', visibleRange: range, dayMaxEvents: 1, events: { url, format: 'ics' },
        eventSourceFailure: (fault) => failed(new Error(String(fault?.message ?? fault))),
        eventsSet: (events) => events.length > 0 && done(events.map((e) => `${e.start.toISOString()} ${e.title}`)),
      });
      calendar.render();
    }), [base + path, { start: day(1, 0), end: day(13, 2) }]).then((found) => found.sort());
  } finally {
    await context.close();
  }
}

/**
 * An instant as FullCalendar knows it: it keeps local times, so of the hour that happens twice in its zone only what the clock on the wall shows is left.
 */
function kept(entry, zone) {
  const [instant, ...title] = entry.split(' ');
  const wall = (ms) => new Date(ms).toLocaleString('sv-SE', { timeZone: zone });
  const at = new Date(instant).getTime();
  const twice = [-3_600_000, 3_600_000].some((hour) => wall(at) === wall(at + hour));
  return `${twice ? wall(at) : instant} ${title.join(' ')}`;
}

export async function calendars({ base, call, until, check }) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  try {
    for (const count of [1, 100, 2000]) {
      const { programme, expected } = await plan(call, count);
      const path = `/feeds/programmes/${programme}/events.ics`;
      const calendar = await until(async () => (await fetch(base + path)).text(), (text) => text.split(/^BEGIN:VEVENT\r\n/m).length === count + 1, `${count} events in ${path}`);
      const instants = expected.map((e) => e.split(' ')[0]);

      const file = join(process.env.MILA_WORK, `${programme}.ics`);
      await writeFile(file, calendar);
      for (const zone of zones) {
        const read = JSON.parse(await run(process.execPath, [fileURLToPath(new URL('calendar-readers.mjs', import.meta.url)), file], { TZ: zone }));
        await check(`ical.js in ${zone}: ${count} events`, () => assert.deepEqual(read.icalJs.sort(), expected));
        // Its titles are not compared: it reads an escaped backslash before an n as a new line.
        await check(`node-ical in ${zone}: ${count} events`, () => assert.deepEqual(read.nodeIcal.sort(), instants));
        await check(`control: that program was in ${zone}`, () => assert.equal(read.noon, zone === 'Europe/Paris' ? 13 : 7));
        await check(`FullCalendar in ${zone}: ${count} events`, async () => assert.deepEqual((await fullCalendar(browser, base, path, zone)).map((e) => kept(e, zone)).sort(), expected.map((e) => kept(e, zone)).sort()));
        await check(`khal in ${zone}: ${count} events`, async () => assert.deepEqual(await khal(calendar, zone, join(process.env.MILA_WORK, `khal-${count}-${zone.replace('/', '-')}`)), instants));
      }
    }

    await check('control: FullCalendar is wrong outside Paris when times are local with a TZID', async () => {
      const local = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20270101T000000Z\r\n' +
        `DTSTART;TZID=Europe/Paris:${day(4, 5).replaceAll('-', '')}T190000\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
      const found = await fullCalendar(routed(browser, local), base, '/local.ics', zones[0]);
      assert.notDeepEqual(found, [`${day(4, 5)}T17:00:00.000Z x`]);
    });
  } finally {
    await browser.close();
  }
}

/** A browser for which /local.ics is this text. */
function routed(browser, text) {
  return {
    newContext: async (options) => {
      const context = await browser.newContext(options);
      await context.route('**/local.ics*', (route) => route.fulfill({ contentType: 'text/calendar', body: text }));
      return context;
    },
  };
}
