import { expect, test } from 'vitest';
import { optionsTakenByNpm, parseLaunchOptions, usage } from './options.mjs';

const none = {
  demo: false,
  browser: false,
  port: undefined,
  profile: undefined,
  open: true,
  help: false,
  timeScale: undefined,
  behind: undefined,
};

test.each([
  [[], {}],
  [['--demo', '--browser'], { demo: true, browser: true }],
  [['--port', '0'], { port: 0 }],
  [['--port=65535'], { port: 65535 }],
  [['--profile', '/tmp/a b'], { profile: '/tmp/a b' }],
  [['--no-open'], { open: false }],
  [['-h'], { help: true }],
  [['--time-scale', '0.05'], { timeScale: 0.05 }],
  [['--behind', 'http://127.0.0.1:5173'], { behind: 'http://127.0.0.1:5173' }],
])('%j', (args, options) => {
  expect(parseLaunchOptions(args)).toEqual({ kind: 'options', options: { ...none, ...options } });
});

test.each([
  [['--prot', '1'], "Unknown option '--prot'. See --help."],
  [['demo'], "Unexpected argument 'demo'. See --help."],
  [['--port'], "Option '--port <value>' argument missing. See --help."],
  [['--port', '65536'], '--port takes a number from 0 to 65535, not "65536".'],
  [['--port', '-1'], "Option '--port' argument is ambiguous. See --help."],
  [['--port', '1e3'], '--port takes a number from 0 to 65535, not "1e3".'],
  [['--port='], '--port takes a number from 0 to 65535, not "".'],
  [['--profile='], '--profile takes a folder.'],
  [['--demo=yes'], "Option '--demo' does not take an argument. See --help."],
  [['--time-scale', '0'], '--time-scale takes a number above 0, not "0".'],
  [['--time-scale', 'x'], '--time-scale takes a number above 0, not "x".'],
  [['--behind', 'https://evil.example'], '--behind takes an origin such as http://127.0.0.1:5173, not "https://evil.example".'],
])('%j is refused', (args, reason) => {
  expect(parseLaunchOptions(args)).toEqual({ kind: 'invalid', reason });
});

test("Electron's own words and options beside ours are ignored when asked for", () => {
  const args = ['/path/main.js', '--inspect=0', '--no-sandbox', '--demo', '--profile', '/tmp/a'];
  expect(parseLaunchOptions(args, { foreign: 'ignore' })).toEqual({
    kind: 'options',
    options: { ...none, demo: true, profile: '/tmp/a' },
  });
});

test('the help names every option', () => {
  for (const option of ['demo', 'browser', 'port', 'profile', 'no-open', 'help', 'time-scale', 'behind']) {
    expect(usage).toContain(`--${option} `);
  }
});

test('options that npm took for itself are noticed', () => {
  expect(optionsTakenByNpm({ npm_config_demo: 'true', npm_config_yes: '' })).toEqual(['demo']);
  expect(optionsTakenByNpm({ PATH: '/usr/bin' })).toEqual([]);
});
