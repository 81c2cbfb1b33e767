// A partner that takes in webhooks with the libraries that the Standard Webhooks project and Svix publish.
import { createServer } from 'node:http';
import assert from 'node:assert/strict';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';

const libraries = { standardwebhooks: StandardWebhook, svix: SvixWebhook };

/** The same text with one bit of one byte turned. */
function flip(text, at) {
  const bytes = Buffer.from(text);
  bytes[at] ^= 1;
  return bytes.toString();
}

export function receiver() {
  const received = [];
  const server = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
      response.writeHead(204).end();
    });
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done({ received, server, url: `http://127.0.0.1:${server.address().port}/mila` })));
}

export async function webhooks({ base, call, publish, until, check }) {
  const { received, server, url } = await receiver();
  try {
    const partner = (await call('GET', '/v1/partners?limit=250')).json.items.find((p) => p.code === 'map');
    const endpoint = (await call('POST', '/v1/webhook-endpoints', { partnerId: partner.id, url, eventTypes: ['event.*'] })).json;
    const { secret } = (await call('GET', `/v1/webhook-endpoints/${endpoint.id}/secret`)).json;
    const planned = (await call('GET', '/v1/events?programme=club-mila&status=planned,tentative&limit=1')).json.items[0];
    const event = await publish(planned, '2027-01-18T19:00', '2027-01-18T21:00');

    let message;
    await check('a partner is told that an event was published', async () => {
      message = await until(() => received.find((m) => JSON.parse(m.body).type === 'event.published'), Boolean, 'event.published');
      const body = JSON.parse(message.body);
      assert.equal(body.data.id, event.id);
      assert.equal(body.data.url, `${base}/v1/events/${event.id}`);
      assert.ok(Math.abs(Date.now() / 1000 - Number(message.headers['webhook-timestamp'])) < 300);
    });

    for (const [name, Webhook] of Object.entries(libraries)) {
      const verify = (body, headers, key = secret) => new Webhook(key).verify(body, headers);
      await check(`${name} accepts its signature`, () => assert.equal(verify(message.body, message.headers).type, 'event.published'));
      await check(`control: ${name} refuses one flipped bit of body, signature, id and secret`, () => {
        const { headers, body } = message;
        const signature = headers['webhook-signature'];
        assert.throws(() => verify(flip(body, body.indexOf(event.id)), headers));
        assert.throws(() => verify(body, { ...headers, 'webhook-signature': flip(signature, 10) }));
        assert.throws(() => verify(body, { ...headers, 'webhook-id': flip(headers['webhook-id'], 10) }));
        assert.throws(() => verify(body, { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1) }));
        assert.throws(() => verify(body, headers, flip(secret, 10)));
      });
    }

    await check('a test message has another id and a signature of its own', async () => {
      await call('POST', `/v1/webhook-endpoints/${endpoint.id}/test`);
      const test = await until(() => received.find((m) => JSON.parse(m.body).type === 'webhook.test'), Boolean, 'webhook.test');
      assert.notEqual(test.headers['webhook-id'], message.headers['webhook-id']);
      new StandardWebhook(secret).verify(test.body, test.headers);
    });
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
