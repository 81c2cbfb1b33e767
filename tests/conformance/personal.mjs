// The pages that only one person has the link to, in every state that they can be in: a form, its faults, a place, a rank in line, an address to be confirmed, a ticket at the door, a question afterwards.
import assert from 'node:assert/strict';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';

const day = 86_400_000;
const at = (days) => new Date(Math.floor((Date.now() + days * day) / 60_000) * 60_000).toISOString();

/** What the code on a ticket says. */
function scan(base64) {
  const image = PNG.sync.read(Buffer.from(base64, 'base64'));
  // A phone sees the ticket on something: the code needs a margin that is not of its own colour.
  const found = jsQR(new Uint8ClampedArray(image.data), image.width, image.height);
  assert.ok(found, 'the code on the ticket cannot be read');
  return found.data;
}

/** Addresses from the root, each with a language to be added, and what each shows. */
export async function personal({ base, call, until }) {
  const publish = async (details) => {
    const { json } = await call('POST', '/v1/events', { programme: 'personal', title: { fr: 'Soirée d’été & <b>scène</b>', en: 'Summer night' }, audience: 'public', capacity: 1, startsAt: at(20), endsAt: at(20.1), venue: { mode: 'onSite', name: 'Milab', address: '7 rue André Messager, 75018 Paris' }, ...details });
    await call('POST', `/v1/events/${json.id}/publication`);
    return json;
  };
  const register = async (event, who) => (await call('POST', `/v1/events/${event.id}/registrations`, { name: `${who} <i>Ö</i>`, email: `${who}@personal.example`, language: 'fr' })).json;
  const mail = async (who, subject) => {
    const ofThem = await until(async () => (await call('GET', `/v1/mails?to=${who}@personal.example`)).json.items, (all) => all.some((m) => m.subject.startsWith(subject)), `a mail "${subject}" to ${who}`);
    return (await call('GET', `/v1/mails/${ofThem.find((m) => m.subject.startsWith(subject)).id}`)).json;
  };
  const link = (letter) => new URL(/https?:\S*\/(?:registrations|feedback)\/[\w-]+/.exec(letter.text)[0]).pathname;

  await call('POST', '/v1/programmes', { code: 'personal', label: 'Personal' });
  // Its door is open.
  const [coming, past] = [await publish({ startsAt: at(0.4), endsAt: at(0.5) }), await publish({ title: { fr: 'Soirée passée' }, capacity: null })];
  await register(coming, 'ada');
  await register(coming, 'bob');
  const guest = await register(past, 'eve');
  const form = `/agenda/${coming.slug}/registration`;
  const sent = await fetch(base + form, { method: 'POST', redirect: 'manual', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'name=Zoé&email=zoe@personal.example&organisation=&seats=1' });
  assert.equal(sent.status, 303, await sent.text());

  const { etag } = await call('GET', `/v1/events/${past.id}`);
  await call('PATCH', `/v1/events/${past.id}`, { startsAt: at(-1), endsAt: at(-0.9) }, { 'If-Match': etag });
  await call('POST', `/v1/registrations/${guest.id}/check-in`);
  await call('POST', `/v1/events/${past.id}/holding`);
  await call('POST', `/v1/events/${past.id}/attendance`);

  const [place, line, pending, question] = [await mail('ada', 'Votre place'), await mail('bob', 'Liste d’attente'.replace('’', "'")), await mail('zoe', 'Confirmez'), await mail('eve', 'Comment')];
  const ticket = new URL(scan(place.attachments.find((a) => a.mediaType === 'image/png').content));
  assert.ok(ticket.href.startsWith(`${base}/check-in/`), ticket.href);
  return [
    { path: form, shows: 'the form' }, { path: form, shows: 'the form with faults', submit: 'empty' }, { path: `${form}?sent=1`, shows: 'that a mail is on its way' }, { path: `/agenda/${past.slug}/registration`, shows: 'that it is over' },
    { path: link(place), shows: 'a place' }, { path: link(line), shows: 'a rank in line' }, { path: link(pending), shows: 'an address to be confirmed' },
    { path: ticket.pathname, shows: 'a ticket' }, { path: `${ticket.pathname}?wrong=1`, shows: 'a wrong door code' }, { path: link(question), shows: 'the question how it was' },
    { path: `/v1/events/${coming.id}/roster.html`, shows: 'the roster', keyed: true },
  ];
}

/** The same address in a language. */
export const inLanguage = (path, language) => `${path}${path.includes('?') ? '&' : '?'}lang=${language}`;

/** Fills the form of the page wrongly and sends it, past what the browser itself would say. */
export async function submitWrong(page) {
  await page.evaluate(() => {
    const form = document.querySelector('main form');
    form.noValidate = true;
    form.querySelector('[name=email]').value = 'nobody';
  });
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.locator('main form button').click()]);
}
