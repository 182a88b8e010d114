import { expect, test } from 'vitest';
import { fileType } from './fileType.ts';

const utf8 = new TextEncoder();

/** Bytes at an offset, zeros before and behind them. */
function placed(at: number, bytes: readonly number[], size = 2048): Uint8Array {
  const head = new Uint8Array(size);
  head.set(bytes, at);
  return head;
}

test('what devices are made of is known by its first bytes', () => {
  expect(
    [
      utf8.encode('hsqs\u0001\u0000'),
      placed(1080, [0x53, 0xef]),
      placed(0, [0x1f, 0x8b, 8]),
      placed(0, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]),
      placed(0, [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 183, 0]),
      placed(0, [0x7f, 0x45, 0x4c, 0x46, 1, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 8]),
      placed(0, [0xd0, 0x0d, 0xfe, 0xed]),
      placed(0, [0xd0, 0x0d, 0xfe, 0xed, ...utf8.encode('\0\0\0\x01images\0')]),
      placed(0, [0x27, 0x05, 0x19, 0x56]),
      placed(56, [0x41, 0x52, 0x4d, 0x64]),
      placed(0, [0x89, 0x50, 0x4e, 0x47]),
    ].map(fileType),
  ).toEqual([
    'squashfs image',
    'ext4 image',
    'gzip',
    'xz',
    'ELF program, arm64',
    'ELF program or library, MIPS',
    'device tree or FIT image',
    'FIT image of U-Boot',
    'uImage of U-Boot',
    'Linux kernel, arm64',
    'PNG picture',
  ]);
});

test('text is told by how it begins', () => {
  expect(
    ['{"a":1}', '[]', '#!/bin/sh\necho', '#!/usr/bin/env lua', '-----BEGIN CERTIFICATE-----', 'lxc.tty = ü', ''].map((text) =>
      fileType(utf8.encode(text)),
    ),
  ).toEqual(['JSON', 'JSON', 'shell script', 'script', 'certificate or key (PEM)', 'text', 'empty']);
});

test('bytes that nothing is known of have no type, nor has a character that is cut in two made a text binary', () => {
  expect([
    fileType(new Uint8Array([7, 0, 7])),
    fileType(new Uint8Array([0xff, 0xfe])),
    fileType(utf8.encode('aé').slice(0, 2)),
  ]).toEqual([undefined, undefined, 'text']);
});
