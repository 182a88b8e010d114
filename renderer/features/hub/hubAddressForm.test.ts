import { expect, test } from 'vitest';
import { addressOf, certificatesIn, readableOnTheWay } from './hubAddressForm.ts';

const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const url = (text: string) => addressOf({ url: text, ca: '' }).address?.url;

test('An address is taken as people write it; what is none is said so', () => {
  const typed = [
    'https://api.pantahub.com',
    ' https://api.pantahub.com/ ',
    'hub.example.com:12366',
    'localhost:12365',
    '127.0.0.1:8080',
    'http://10.0.0.5:12365',
    'https://user:secret@hub.example.com',
    'https://hub.example.com/auth/',
    'ftp://hub.example.com',
    '',
  ];
  expect(typed.map(url)).toEqual([
    'https://api.pantahub.com',
    'https://api.pantahub.com',
    'https://hub.example.com:12366',
    'http://localhost:12365',
    'http://127.0.0.1:8080',
    'http://10.0.0.5:12365',
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('A certificate is a certificate, and a private key is never taken', () => {
  const ca = (text: string) => addressOf({ url: 'hub.example.com', ca: text });
  expect(ca(pem).address).toEqual({ url: 'https://hub.example.com', ca: pem.trim() });
  expect(ca('  ').address).toEqual({ url: 'https://hub.example.com' });
  expect([pem + pem, 'hello'].map(certificatesIn)).toEqual([2, 0]);
  expect(['hello', `${pem}-----BEGIN RSA PRIVATE KEY-----`, pem.repeat(4000)].map((text) => ca(text).errors?.ca)).toEqual([
    expect.stringContaining('no certificate'),
    expect.stringContaining('private key'),
    expect.stringContaining('longer'),
  ]);
});

test('Only what crosses a network without encryption is warned about', () => {
  const addresses = ['https://hub.example.com', 'http://127.0.0.1:1', 'http://localhost:1', 'http://[::1]:1', 'http://10.0.0.5'];
  expect(addresses.map((address) => readableOnTheWay({ url: address }))).toEqual([false, false, false, false, true]);
});
