import { expect, test } from 'vitest';
import { blankForm, commandOf } from './pvrForm.ts';

test('a command is made of what was filled in, and of nothing else', () => {
  const form = { ...blankForm('web'), from: ' nginx:alpine ', volumes: '/data:permanent\n\n /log:boot ' };
  expect(commandOf('app-add', form)).toEqual({
    kind: 'app-add',
    name: 'web',
    from: 'nginx:alpine',
    type: 'docker',
    volumes: ['/data:permanent', '/log:boot'],
  });
  expect(commandOf('app-update', blankForm('web'))).toEqual({ kind: 'app-update', name: 'web' });
  expect(commandOf('dm-convert', form)).toEqual({ kind: 'dm-convert', container: 'web', volume: 'root.squashfs' });
  expect(commandOf('dm-apply', form)).toEqual({ kind: 'dm-apply' });
});

test('what misses something is no command', () => {
  expect([commandOf('app-add', blankForm('web')), commandOf('app-install', blankForm(' '))]).toEqual([undefined, undefined]);
});
