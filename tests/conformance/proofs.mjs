// A partner network that verifies MILA's proofs of membership with jose, and whose own proofs MILA verifies.
import assert from 'node:assert/strict';
import { SignJWT, createRemoteJWKSet, exportJWK, generateKeyPair, jwtVerify } from 'jose';

const typ = 'membership-proof+jwt';

export async function proofs({ base, call, check }) {
  const map = (await call('GET', '/v1/partners?code=map')).json.items[0];
  const members = (await call('GET', '/v1/members?status=active&limit=250')).json.items.filter((m) => m.goodStanding);
  let ask;
  for (const member of members) {
    const contact = (await call('GET', `/v1/members/${member.id}/contacts`)).json.items[0];
    if (contact) {
      ask = { audience: 'map', memberId: member.id, contactId: contact.id };
      break;
    }
  }
  assert.ok(ask, 'a member in good standing with a contact');
  const issue = async () => (await call('POST', '/v1/membership-proofs', ask)).json.token;
  const verify = (token) => call('POST', '/v1/membership-proofs/verification', { token });
  const keys = createRemoteJWKSet(new URL(`${base}/.well-known/jwks.json`));
  const rules = { issuer: base, audience: 'map', algorithms: ['EdDSA'], typ, maxTokenAge: '5m' };

  await check('jose verifies a proof of membership against the published keys', async () => {
    const { payload, protectedHeader } = await jwtVerify(await issue(), keys, rules);
    assert.equal(protectedHeader.alg, 'EdDSA');
    assert.deepEqual(Object.keys(payload).sort(), ['aud', 'exp', 'iat', 'iss', 'jti', 'sub']);
    assert.ok(payload.exp - payload.iat <= 300);
    for (const secret of [ask.memberId, ask.contactId]) assert.ok(!JSON.stringify(payload).includes(secret));
  });

  await check('control: jose refuses another audience, another issuer and one changed letter', async () => {
    const token = await issue();
    await assert.rejects(jwtVerify(token, keys, { ...rules, audience: 'somebody-else' }));
    await assert.rejects(jwtVerify(token, keys, { ...rules, issuer: 'https://elsewhere.example' }));
    const [head, body, signature] = token.split('.');
    await assert.rejects(jwtVerify([head, body, (signature[0] === 'A' ? 'B' : 'A') + signature.slice(1)].join('.'), keys, rules));
  });

  await check('MILA takes a proof that jose signed for a partner, once', async () => {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    const { x } = await exportJWK(publicKey);
    const { etag } = await call('GET', `/v1/partners/${map.id}`);
    await call('PATCH', `/v1/partners/${map.id}`, { proofs: { issuer: 'https://map.example', keys: [{ kid: 'jose', x }] } }, { 'If-Match': etag });
    const sign = (audience) => new SignJWT({}).setProtectedHeader({ alg: 'EdDSA', typ, kid: 'jose' }).setIssuer('https://map.example').setAudience(audience).setSubject('a member of theirs')
      .setJti(crypto.randomUUID()).setIssuedAt().setExpirationTime('2m').sign(privateKey);
    const token = await sign(base);
    assert.equal((await verify(token)).json.subject, 'a member of theirs');
    await assert.rejects(verify(token), /proof-replayed/);
    await assert.rejects(verify(await sign('https://elsewhere.example')), /proof-audience-wrong/);
  });

  await check('after a rotation jose verifies proofs by both keys', async () => {
    const before = await issue();
    await call('POST', '/v1/membership-proofs/key-rotation');
    const fresh = createRemoteJWKSet(new URL(`${base}/.well-known/jwks.json`));
    await jwtVerify(before, fresh, rules);
    await jwtVerify(await issue(), fresh, rules);
  });
}
