import { describe, expect, it } from 'vitest';
import { createAddressList } from './address-list.ts';

import { createSharedSecret, createVerifier, type Sender } from './sender.ts';

const SECRET = 'Bearer 6f1d2c9a7b3e4f508192';
const secret = createSharedSecret([SECRET]);
const from8x8: Sender = { authorization: SECRET, address: '52.220.253.234', forwarded: true, foreign: false };

describe('with a secret', () => {
  const verify = createVerifier({ secret });

  it('whoever has it passes, from anywhere', () => {
    expect(verify(from8x8)).toBeNull();
    expect(verify({ ...from8x8, address: undefined })).toBeNull();
  });

  it('nobody else does, not even on loopback', () => {
    expect(verify({ authorization: undefined, address: '127.0.0.1', forwarded: false, foreign: false })).toBe('secret-missing');
    expect(verify({ ...from8x8, authorization: 'Bearer other' })).toBe('secret-wrong');
  });
});

describe('with a secret and addresses', () => {
  const verify = createVerifier({ secret, addresses: createAddressList() });

  it('both must fit', () => {
    expect(verify(from8x8)).toBeNull();
    expect(verify({ ...from8x8, address: '52.220.253.235' })).toBe('address');
    expect(verify({ ...from8x8, authorization: undefined })).toBe('secret-missing');
  });
});

describe('without a secret', () => {
  const verify = createVerifier({ secret: null });

  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('this machine passes as %s', (address) => {
    expect(verify({ authorization: undefined, address, forwarded: false, foreign: false })).toBeNull();
  });

  it('nothing from outside passes, not even through a tunnel that ends here', () => {
    expect(verify({ authorization: undefined, address: '10.0.0.1', forwarded: false, foreign: false })).toBe('secret-required');
    expect(verify({ authorization: undefined, address: '127.0.0.1', forwarded: true, foreign: false })).toBe('secret-required');
    expect(verify({ authorization: undefined, address: undefined, forwarded: false, foreign: false })).toBe('secret-required');
  });

  it('nothing that a page of another origin sends passes; with a secret it is the secret that counts', () => {
    expect(verify({ authorization: undefined, address: '127.0.0.1', forwarded: false, foreign: true })).toBe('foreign');
    expect(createVerifier({ secret })({ ...from8x8, foreign: true })).toBeNull();
  });
});
