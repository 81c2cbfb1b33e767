// Runs every check and says, last, how many passed and failed.
import { contract } from './contract.mjs';
import { story } from './story.mjs';
import { webhooks } from './webhooks.mjs';
import { receivers } from './receivers.mjs';
import { proofs } from './proofs.mjs';
import { feeds } from './feeds.mjs';
import { pages } from './pages.mjs';
import { readers } from './readers.mjs';
import { embeds } from './embeds.mjs';
import { markup } from './markup.mjs';
import { calendars } from './calendars.mjs';

const base = process.env.MILA_URL;
let passed = 0;
let failed = 0;

async function check(name, body) {
  try {
    const note = await body();
    passed++;
    console.log(`ok      ${name}${typeof note === 'string' ? `: ${note}` : ''}`);
  } catch (fault) {
    failed++;
    console.log(`FAILED  ${name}\n        ${String(fault?.message ?? fault).split('\n').slice(0, 30).join('\n        ')}`);
  }
}

/** One call of the API; anything but a success is an error that says what was answered. */
async function call(method, path, body, headers = {}) {
  const answer = await fetch(base + path, {
    method,
    headers: { Authorization: `Bearer ${process.env.MILA_KEY.trim()}`, ...(body ? { 'Content-Type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' } : {}), ...headers },
    body: body ? JSON.stringify(body) : undefined,
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return { etag: answer.headers.get('etag'), json: text ? JSON.parse(text) : undefined };
}

/** Gives an event its day and publishes it. Answers what the API then says of it. */
async function publish(event, startsAt, endsAt) {
  const path = `/v1/events/${event.id}`;
  const { etag } = await call('GET', path);
  if (startsAt) await call('PATCH', path, { startsAt, endsAt }, { 'If-Match': etag });
  await call('POST', `${path}/publication`);
  return (await call('GET', path)).json;
}

/** Asks until the answer pleases; says what it was when it never did. */
async function until(ask, pleases, what) {
  let last;
  for (let i = 0; i < 100; i++) {
    last = await ask();
    if (pleases(last)) return last;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`never: ${what}; the last answer was ${JSON.stringify(last)?.slice(0, 500)}`);
}

const context = { base, call, publish, until, check };
const parts = [contract, story, webhooks, receivers, proofs, feeds, pages, readers, embeds, markup, calendars];
const wanted = process.env.MILA_CHECKS?.split(',');
for (const part of wanted ? parts.filter((p) => wanted.includes(p.name)) : parts) {
  await check(`${part.name}: all of it was run`, () => part(context));
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
