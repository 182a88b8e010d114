import { parseArgs } from 'node:util';

/** Port of the browser host when none is asked for: always the same, so that an open page finds its backend again. */
export const defaultPort = 4780;

/**
 * @typedef {object} LaunchOptions
 * @property {boolean} demo start with the simulated fleet
 * @property {boolean} browser open in the browser even where Electron is there
 * @property {number | undefined} port of the browser host; 0: any free one; undefined: {@link defaultPort}, or a free one
 * @property {string | undefined} profile folder that holds the data; undefined: the platform's own place
 * @property {boolean} open whether to open the person's browser
 * @property {boolean} help
 * @property {number | undefined} timeScale factor on the delays of simulated devices (0.1: ten times as quick)
 * @property {string | undefined} behind origin of the Vite dev server that stands before the browser host
 */

/** @typedef {{ kind: 'options', options: LaunchOptions } | { kind: 'invalid', reason: string }} ParsedOptions */

const known = /** @type {const} */ ({
  demo: { type: 'boolean', default: false },
  browser: { type: 'boolean', default: false },
  port: { type: 'string' },
  profile: { type: 'string' },
  'no-open': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  'time-scale': { type: 'string' },
  behind: { type: 'string' },
});

export const usage = `Trailboss: a manager for fleets of Pantavisor devices

  npm start -- [options]

  --demo           start with the simulated fleet
  --browser        open in the browser, even where Electron is there
  --port N         port of the browser host on 127.0.0.1 (default ${defaultPort}; 0: any free one)
  --profile DIR    where data lives (default: the platform's own place)
  --no-open        print the address, do not open a browser
  --help           this text

  For tests and development
  --time-scale N   factor on the delays of simulated devices (0.1: ten times as quick)
  --behind ORIGIN  origin of a dev server that stands before the browser host`;

/**
 * Reads the command line of `npm start` and of both hosts.
 * @param {readonly string[]} args without the program's own name
 * @returns {ParsedOptions} the reason is a sentence for the person
 */
export function parseLaunchOptions(args, { foreign = 'refuse' } = {}) {
  const strict = foreign === 'refuse';
  let values;
  try {
    values = parseArgs({ args: [...args], options: known, strict, allowPositionals: !strict }).values;
  } catch (error) {
    return invalid(sentence(error));
  }
  const port = text(values.port);
  const timeScale = text(values['time-scale']);
  const profile = text(values.profile);
  const behind = text(values.behind);
  if (port !== undefined && !isPort(port)) return invalid(`--port takes a number from 0 to 65535, not "${port}".`);
  if (timeScale !== undefined && !isFactor(timeScale)) return invalid(`--time-scale takes a number above 0, not "${timeScale}".`);
  if (profile === '') return invalid('--profile takes a folder.');
  if (behind !== undefined && !isOrigin(behind)) {
    return invalid(`--behind takes an origin such as http://127.0.0.1:5173, not "${behind}".`);
  }
  return {
    kind: 'options',
    options: {
      demo: values.demo === true,
      browser: values.browser === true,
      port: port === undefined ? undefined : Number(port),
      profile,
      open: values['no-open'] !== true,
      help: values.help === true,
      timeScale: timeScale === undefined ? undefined : Number(timeScale),
      behind,
    },
  };
}

/**
 * Options that npm took for itself, because no `--` stood before them (`npm start --demo`): it passes them on as its own settings.
 * @param {NodeJS.ProcessEnv} env
 * @returns {readonly string[]}
 */
export function optionsTakenByNpm(env) {
  return ['demo', 'port', 'profile', 'time-scale'].filter((name) => env[`npm_config_${name.replace('-', '_')}`] !== undefined);
}

/**
 * @param {string | boolean | undefined} value `true`: the option was named without one
 * @returns {string | undefined}
 */
function text(value) {
  if (typeof value === 'string') return value;
  return value === true ? '' : undefined;
}

/** @param {string} reason @returns {ParsedOptions} */
function invalid(reason) {
  return { kind: 'invalid', reason };
}

/** @param {string} port */
function isPort(port) {
  return /^\d{1,5}$/.test(port) && Number(port) <= 65535;
}

/** @param {string} factor */
function isFactor(factor) {
  return Number(factor) > 0 && Number(factor) <= 1000;
}

/** @param {string} origin */
function isOrigin(origin) {
  return /^http:\/\/127\.0\.0\.1:\d{1,5}$/.test(origin);
}

/** @param {unknown} error */
function sentence(error) {
  const message = error instanceof Error ? error.message : String(error);
  const first = message.split(/\. |\n/)[0] ?? message;
  return `${first.replace(/\.$/, '')}. See --help.`;
}
