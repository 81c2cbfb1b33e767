// node receiver.mjs (Node.js 18 or newer, nothing to install)
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const key = Buffer.from(process.env.WEBHOOK_SECRET.replace(/^whsec_/, ''), 'base64');
const seen = new Set(); // in your program: a unique column of your database

/** True when Mila wrote these bytes within the last five minutes. */
function verify(headers, body) {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  if (!id || !signatures || !/^\d{1,12}$/.test(timestamp ?? '') || Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) return false;

  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
  return signatures.split(' ').some((entry) => {
    const given = Buffer.from(entry.startsWith('v1,') ? entry.slice(3) : '', 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts); // the bytes as they came: never JSON that was parsed and written again
    if (!verify(request.headers, body)) return response.writeHead(400).end();

    const id = request.headers['webhook-id'];
    if (!seen.has(id)) {
      seen.add(id);
      const message = JSON.parse(body);
      console.log(message.type, id); // put it into a queue of yours, and answer at once
    }
    response.writeHead(204).end();
  });
}).listen(Number(process.env.PORT ?? 8080), '127.0.0.1');
