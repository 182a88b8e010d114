import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { listenForSsh, type SshService } from './mdns.ts';

const network = vi.hoisted(() => ({ browser: undefined as unknown }));

vi.mock('bonjour-service', () => ({
  Bonjour: class {
    find() {
      return network.browser;
    }
    destroy() {}
  },
}));

it('a network where somebody makes up thousands of services costs little, and gives no more than a thousand', async () => {
  const services: object[] = [];
  const browser = Object.assign(new EventEmitter(), {
    services,
    stop: () => undefined,
    expire: () => undefined,
    update: () => undefined,
  });
  network.browser = browser;
  const heard: (readonly SshService[])[] = [];
  const stop = listenForSsh((all) => heard.push(all));
  for (let at = 0; at < 5000; at += 1) {
    services.push({ name: `made up ${at}`, host: 'x.local', addresses: [], port: 22, txt: {} });
    browser.emit('up');
  }
  await expect.poll(() => heard.length).toBe(1);
  expect(heard[0]).toHaveLength(1000);
  browser.emit('up');
  stop();
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(heard).toHaveLength(1);
});
