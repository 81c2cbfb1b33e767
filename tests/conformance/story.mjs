// The main job: an imported event that had only a month is given its day and published; it stands wherever the public looks, and a partner has been told.
import assert from 'node:assert/strict';
import { Webhook } from 'standardwebhooks';
import { receiver } from './webhooks.mjs';
import { day } from './years.mjs';

export async function story({ base, call, publish, until, check }) {
  const { received, server, url } = await receiver();
  try {
    const partner = (await call('GET', '/v1/partners?limit=250')).json.items.find((p) => p.code === 'map');
    const endpoint = (await call('POST', '/v1/webhook-endpoints', { partnerId: partner.id, url, eventTypes: ['event.published'] })).json;
    const { secret } = (await call('GET', `/v1/webhook-endpoints/${endpoint.id}/secret`)).json;
    const planned = (await call('GET', '/v1/events?programme=club-mila&status=planned,tentative&limit=1')).json.items[0];

    await check('a planned event has a month and no day', () => {
      assert.match(planned.month, /^\d{4}-\d{2}$/);
      assert.equal(planned.startsAt, null);
    });

    const event = await publish(planned, `${day(2, 1)}T19:00`, `${day(2, 1)}T21:00`);
    const began = performance.now();
    const after = () => `${Math.round(performance.now() - began)} ms after it was published`;
    const shows = async (path, text) => (await fetch(base + path)).text().then((body) => body.includes(text));
    for (const [path, text] of [['/feeds/events.json', event.slug], ['/feeds/events.ics', `DTSTART:${day(2, 1).replaceAll('-', '')}T180000Z`], ['/agenda', `/agenda/${event.slug}`]]) {
      await check(`${path} shows it`, async () => {
        await until(() => shows(path, text), Boolean, `${text} in ${path}`);
        return after();
      });
    }

    await check('a partner was told, signed', async () => {
      const message = await until(() => received.find((m) => m.body.includes(event.id)), Boolean, 'event.published');
      const waited = after();
      assert.equal(new Webhook(secret).verify(message.body, message.headers).data.id, event.id);
      return waited;
    });
    await call('DELETE', `/v1/webhook-endpoints/${endpoint.id}`, undefined, { 'If-Match': '*' });
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
