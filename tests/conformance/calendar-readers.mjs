// What ical.js and node-ical read in a calendar, in the time zone of this process.
import { readFile } from 'node:fs/promises';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';

const calendar = await readFile(process.argv[2], 'utf8');
console.log(JSON.stringify({
  icalJs: new ICAL.Component(ICAL.parse(calendar)).getAllSubcomponents('vevent').map((v) => new ICAL.Event(v)).map((e) => `${e.startDate.toJSDate().toISOString()} ${e.summary}`),
  nodeIcal: Object.values(nodeIcal.parseICS(calendar)).filter((c) => c.type === 'VEVENT').map((e) => e.start.toISOString()),
  noon: new Date('2027-01-15T12:00:00Z').getHours(),
}));
