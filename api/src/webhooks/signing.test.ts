import { expect, test } from 'vitest';
import { createSigner } from './signing.ts';

test('signs as the example of the Standard Webhooks libraries', () => {
  const secret = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
  const body = '{"test": 2432232314}';
  expect(createSigner([secret])('msg_p5jXN8AQM9LWM0D4loKWxJek', body, 1_614_265_330_999)).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('signs with each secret', () => {
  const [a, b] = [Buffer.alloc(24, 1), Buffer.alloc(24, 2)];
  const signatureBy = (...secrets: Buffer[]) => createSigner(secrets)('id', '{}', 0)['webhook-signature'];
  expect(signatureBy(a, b)).toBe(`${signatureBy(a)} ${signatureBy(b)}`);
});
