// The receivers of the page /webhooks, copied from it and run as they stand: each takes what Mila signed and refuses what somebody altered.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import assert from 'node:assert/strict';

const programs = {
  javascript: { file: 'receiver.mjs', command: () => ['node', 'receiver.mjs'] },
  python: { file: 'receiver.py', command: () => ['python3', 'receiver.py'] },
  php: { file: 'receiver.php', command: (port) => ['php', '-S', `127.0.0.1:${port}`, 'receiver.php'] },
  csharp: { file: 'receiver.cs', command: () => ['dotnet', 'run', 'receiver.cs'] },
};

const entities = { amp: '&', lt: '<', gt: '>', quot: '"' };
const unescape = (html) => html.replace(/&(?:#x([0-9A-Fa-f]+)|(\w+));/g, (_, code, name) => (code ? String.fromCodePoint(parseInt(code, 16)) : entities[name]));

function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

/** One delivery of Mila's own, whole: what the receivers are given, as it came and altered. */
async function capture({ call, until }) {
  const received = [];
  const server = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(parts) });
      response.writeHead(204).end();
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  try {
    const endpoint = (await call('POST', '/v1/webhook-endpoints', { url: `http://127.0.0.1:${server.address().port}/mila`, eventTypes: ['panel.retired'] })).json;
    const { secret } = (await call('GET', `/v1/webhook-endpoints/${endpoint.id}/secret`)).json;
    await call('POST', `/v1/webhook-endpoints/${endpoint.id}/test`);
    const delivery = await until(() => received[0], Boolean, 'a test message');
    // From now on both secrets sign: a receiver that knows only the old one must find it behind the new one.
    await call('POST', `/v1/webhook-endpoints/${endpoint.id}/secret/rotation`, {});
    await call('POST', `/v1/webhook-endpoints/${endpoint.id}/test`);
    return { secret, delivery, rotated: await until(() => received[1], Boolean, 'a message during a rotation') };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

async function start(program, source, secret) {
  const folder = join(process.env.MILA_WORK, `receiver-${program.file.split('.')[1]}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, program.file), source);
  const port = await freePort();
  const [name, ...args] = program.command(port);
  const child = spawn(name, args, { cwd: folder, env: { ...process.env, WEBHOOK_SECRET: secret, PORT: String(port), TMPDIR: folder }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => said.push(part));
  const ended = new Promise((done) => child.on('error', done).on('exit', done));
  const url = `http://127.0.0.1:${port}/mila`;
  for (let i = 0; i < 1200; i++) {
    const up = await Promise.race([fetch(url, { method: 'POST', body: '{}' }).then(() => true, () => false), ended.then(() => null)]);
    if (up) return { url, said: () => Buffer.concat(said).toString(), stop: () => process.kill(-child.pid) };
    if (up === null) break;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${name} did not start: ${Buffer.concat(said).toString().slice(-2000)}`);
}

export async function receivers(context) {
  const { base, check } = context;
  const page = await (await fetch(`${base}/webhooks`)).text();
  const { secret, delivery, rotated } = await capture(context);

  await check('the page of the contract leads to /webhooks', async () => {
    const contract = await (await fetch(`${base}/openapi/v1.json`)).json();
    assert.match(contract.tags.find((t) => t.name === 'Webhooks').description, /\]\(\/webhooks\)/);
  });

  for (const [id, program] of Object.entries(programs)) {
    await check(`the receiver in ${id} takes what Mila signed, once, and refuses what was altered`, async () => {
      const source = unescape(page.match(new RegExp(`<code id="receiver-${id}">([^<]*)</code>`))[1]);
      const receiver = await start(program, source, secret);
      const send = async ({ headers, body }) => {
        const names = ['content-type', 'webhook-id', 'webhook-timestamp', 'webhook-signature'];
        const answer = await fetch(receiver.url, { method: 'POST', body, headers: Object.fromEntries(names.map((n) => [n, headers[n]])) });
        return answer.status;
      };
      try {
        assert.equal(await send(delivery), 204, 'signed by Mila');
        assert.equal(await send(delivery), 204, 'the same once more');
        assert.equal(await send(rotated), 204, 'signed by two secrets');
        for (const at of [0, 8, delivery.body.length - 1]) {
          const body = Buffer.from(delivery.body);
          body[at] ^= 1;
          assert.equal(await send({ ...delivery, body }), 400, `bit of byte ${at} of the body turned`);
        }
        const { headers } = delivery;
        const altered = (name, value) => send({ ...delivery, headers: { ...headers, [name]: value } });
        assert.equal(await altered('webhook-id', `${headers['webhook-id'].slice(0, -1)}!`), 400, 'another id');
        assert.equal(await altered('webhook-timestamp', String(Number(headers['webhook-timestamp']) + 1)), 400, 'another time');
        assert.equal(await altered('webhook-timestamp', String(Number(headers['webhook-timestamp']) - 3600)), 400, 'an old time');
        assert.equal(await altered('webhook-timestamp', 'soon'), 400, 'no time');
        assert.equal(await altered('webhook-signature', 'v1,'), 400, 'no signature');
        assert.equal(await altered('webhook-signature', headers['webhook-signature'].replace('v1,', 'v1a,')), 400, 'another algorithm');
        const acted = receiver.said().split('\n').filter((line) => line.includes('webhook.test'));
        assert.equal(acted.length, 2, `acted on each message once: ${receiver.said()}`);
      } finally {
        receiver.stop();
      }
    });
  }
}
