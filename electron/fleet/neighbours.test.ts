import { expect, it } from 'vitest';
import type { SshService } from '../net/mdns.ts';
import { Neighbours } from './neighbours.ts';

const service = (name: string): SshService => ({ name, host: `${name}.local`, addresses: [], port: 22, txt: {} });

it('are listened for once for all who want to hear, and by nobody after the last', () => {
  let listening = 0;
  let tell: (services: readonly SshService[]) => void = () => undefined;
  const neighbours = new Neighbours((heard) => {
    listening += 1;
    tell = heard;
    return () => {
      listening -= 1;
    };
  });
  const heard: string[] = [];
  const hear = (who: string) => neighbours.hear((services) => heard.push(`${who}: ${services.map(({ name }) => name)}`));
  expect(listening).toBe(0);
  const stopFirst = hear('first');
  tell([service('a')]);
  const stopSecond = hear('second');
  tell([service('a'), service('b')]);
  expect([listening, heard]).toEqual([1, ['first: a', 'second: a', 'first: a,b', 'second: a,b']]);
  stopFirst();
  stopFirst();
  tell([]);
  expect([listening, heard.at(-1)]).toEqual([1, 'second: ']);
  stopSecond();
  expect(listening).toBe(0);
  hear('third')();
  expect([listening, heard.length]).toEqual([0, 5]);
});
