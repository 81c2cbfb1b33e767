// The contract under the linters that integrators use: Spectral with the OpenAPI and OWASP rules, and Redocly.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import assert from 'node:assert/strict';
import { join } from 'node:path';

const here = fileURLToPath(new URL('.', import.meta.url));
const file = join(here, '../../openapi.yaml');

function run(program, ...args) {
  return new Promise((done) => execFile(join(here, 'node_modules/.bin', program), args, { cwd: here, maxBuffer: 1 << 28 }, (fault, out, err) => done({ code: fault ? fault.code : 0, out, err })));
}

async function spectral(path) {
  const report = join(process.env.MILA_WORK, 'spectral.json');
  const { err } = await run('spectral', 'lint', path, '--ruleset', 'spectral.yaml', '--format', 'json', '--output', report, '--quiet');
  const found = JSON.parse(await readFile(report, 'utf8').catch(() => { throw new Error(err); }));
  return found.filter((f) => f.severity === 0).map((f) => `${f.code} at ${f.path.join('.')}: ${f.message}`);
}

async function redocly(path) {
  const { out, err } = await run('redocly', 'lint', path, '--config', 'redocly.yaml', '--format', 'json');
  const start = out.indexOf('{');
  if (start < 0) throw new Error(err || out);
  return JSON.parse(out.slice(start)).problems.filter((p) => p.severity === 'error').map((p) => `${p.ruleId} at ${p.location?.[0]?.pointer}: ${p.message}`);
}

export async function contract({ base, check }) {
  const text = await readFile(file, 'utf8');
  const control = join(process.env.MILA_WORK, 'broken.yaml');
  await writeFile(control, text.replace(/operationId: (\w+)/, 'operationId: ListMembers').replace("'400':\n", "'400x':\n").replace('maxLength: 36\n', '\n').replace("#/components/schemas/Problem'", "#/components/schemas/Nothing'"));

  await check('openapi.yaml is what the server serves', async () => {
    const served = await (await fetch(`${base}/openapi/v1.yaml`)).text();
    assert.ok(served === text, 'openapi.yaml differs from /openapi/v1.yaml');
  });
  await check('Spectral finds no error (OpenAPI and OWASP rules)', async () => assert.deepEqual(await spectral(file), []));
  await check('Redocly finds no error', async () => assert.deepEqual(await redocly(file), []));
  await check('control: both refuse a contract with faults', async () => {
    assert.notDeepEqual(await spectral(control), []);
    assert.notDeepEqual(await redocly(control), []);
  });
}
