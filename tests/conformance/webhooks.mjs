// A partner that takes in webhooks with the libraries that the Standard Webhooks project and Svix publish.
import { execFileSync } from 'node:child_process';
import { createPublicKey, randomInt, verify as verifyBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import assert from 'node:assert/strict';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { day } from './years.mjs';

const libraries = { standardwebhooks: StandardWebhook, svix: SvixWebhook };

/** The same text with one bit of one byte turned. */
function flip(text, at) {
  const bytes = Buffer.from(text);
  bytes[at] ^= 1;
  return bytes.toString();
}

const vectors = 10_000;
const program = fileURLToPath(new URL('../Mila.Benchmarks/bin/Release/net10.0/Mila.Benchmarks.dll', import.meta.url));

/** Random bodies with the signatures that Mila's own code gives them. */
function signed(algorithm) {
  return execFileSync('dotnet', [program, 'webhook-vectors', algorithm, String(vectors)], { maxBuffer: 1 << 28 }).toString().trim().split('\n').map((line) => {
    const { secret, id, timestamp, signature, body } = JSON.parse(line);
    return { secret, body: Buffer.from(body, 'base64'), headers: { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } };
  });
}

/** One bit of what was sent turned, of the body, the signature's bytes, the id or the time; which one chance decides. */
function turned({ body, headers }) {
  const bit = (bytes) => {
    bytes[randomInt(bytes.length)] ^= 1 << randomInt(8);
    return bytes;
  };
  const [version, signature] = headers['webhook-signature'].split(',');
  const part = randomInt(4);
  if (part === 0) return { body: bit(Buffer.from(body)), headers };
  if (part === 1) return { body, headers: { ...headers, 'webhook-signature': `${version},${bit(Buffer.from(signature, 'base64')).toString('base64')}` } };
  if (part === 2) return { body, headers: { ...headers, 'webhook-id': bit(Buffer.from(headers['webhook-id'], 'latin1')).toString('latin1') } };
  return { body, headers: { ...headers, 'webhook-timestamp': bit(Buffer.from(headers['webhook-timestamp'], 'latin1')).toString('latin1') } };
}

/** What Standard Webhooks says of v1a, in Node's own Ed25519: the libraries know v1 only. */
class Ed25519Webhook {
  constructor(secret) {
    const raw = Buffer.from(secret.replace(/^whpk_/, ''), 'base64');
    this.key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
  }

  verify(body, headers) {
    const content = Buffer.concat([Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.`, 'latin1'), body]);
    const good = headers['webhook-signature'].split(' ').some((entry) => entry.startsWith('v1a,') && verifyBytes(null, content, this.key, Buffer.from(entry.slice(4), 'base64')));
    if (!good) throw new Error('No matching signature found');
  }
}

/** Every vector is taken, and none of them with one bit turned. */
function verifyAll(list, Webhook) {
  const [taken, altered] = [[], []];
  for (const vector of list) {
    const webhook = new Webhook(vector.secret);
    const verifies = ({ body, headers }) => {
      try {
        webhook.verify(body, headers);
        return true;
      } catch {
        return false;
      }
    };
    if (verifies(vector)) taken.push(vector);
    const other = turned(vector);
    if (verifies(other)) altered.push(other);
  }
  assert.equal(taken.length, vectors);
  assert.deepEqual(altered.slice(0, 3), []);
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
    const event = await publish(planned, `${day(1, 18)}T19:00`, `${day(1, 18)}T21:00`);

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

    await check('each body is what the JSON Schema of its type says, and another is not', async () => {
      const ajv = addFormats(new Ajv2020({ strict: true, allErrors: true }));
      for (const { type } of (await call('GET', '/v1/event-types')).json.items) ajv.addSchema((await call('GET', `/v1/event-types/${type}`)).json, type);
      const messages = (await call('GET', '/v1/webhook-messages?limit=250')).json.items;
      assert.ok(messages.length > 40 && new Set(messages.map((m) => m.type)).size > 4, `only ${messages.length} messages`);
      for (const { type, payload } of messages) {
        assert.ok(ajv.validate(type, payload), `${type}: ${JSON.stringify(ajv.errors)}`);
        assert.ok(!ajv.validate(type, { ...payload, type: 'event.imagined' }));
        assert.ok(!ajv.validate(type, { ...payload, data: { ...payload.data, id: 7 } }));
      }
    });

    const v1 = signed('v1');
    for (const [name, Webhook] of Object.entries(libraries)) {
      await check(`${name} takes ${vectors} random bodies and refuses each with one bit turned`, () => verifyAll(v1, Webhook));
    }
    await check(`Ed25519 of another maker takes ${vectors} random bodies under v1a and refuses each with one bit turned`, () => verifyAll(signed('v1a'), Ed25519Webhook));

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
