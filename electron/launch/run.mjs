import { spawn } from 'node:child_process';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {'show' | 'keep'} [output] show it as it comes, or keep it for the result (default keep)
 * @property {number} [timeoutMs] the process is killed after this long
 */

/**
 * Runs a program to its end. Never throws: a program that cannot be started ends with code 127 and the reason as its output.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} code 128 when it was ended by a signal or by the timeout
 */
export function run(command, args, options = {}) {
  return new Promise((settle) => {
    const show = options.output === 'show';
    const child = spawn(command, [...args], {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    });
    let output = '';
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString('utf8');
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    const timer = options.timeoutMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), options.timeoutMs);
    child.on('error', (error) => {
      clearTimeout(timer);
      settle({ code: 127, output: error.message });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      settle({ code: code ?? 128, output });
    });
  });
}

/**
 * Runs a program that takes over the terminal: signals are passed on, its exit code becomes the result.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} exit code; 128 when it was ended by a signal
 */
export function hand(command, args, options = {}) {
  return new Promise((settle) => {
    const child = spawn(command, [...args], { cwd: options.cwd, env: options.env ?? process.env, stdio: 'inherit' });
    /** @type {NodeJS.Signals[]} */
    const signals = ['SIGTERM', 'SIGHUP'];
    const pass = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    const wait = () => undefined;
    for (const signal of signals) process.on(signal, pass);
    process.on('SIGINT', wait);
    const done = (/** @type {number} */ code) => {
      for (const signal of signals) process.off(signal, pass);
      process.off('SIGINT', wait);
      settle(code);
    };
    child.on('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      done(127);
    });
    child.on('exit', (code) => done(code ?? 128));
  });
}

/** @param {string} line */
export function say(line) {
  console.log(`trailboss: ${line}`);
}

/**
 * Says that something lasting begins, does it, and says how long it took.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 */
export async function saying(what, work) {
  say(`${what} …`);
  const began = Date.now();
  const result = await work();
  say(`${what}: done in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return result;
}

/** A set-up step that cannot go on; the message is a sentence for the person, the rest is what the tool said. */
export class SetupError extends Error {
  /**
   * @param {string} message
   * @param {string} [details]
   */
  constructor(message, details = '') {
    super(message);
    this.details = details;
  }
}

/**
 * Runs a script's main function: a {@link SetupError} becomes a sentence and exit code 1, anything else is thrown on.
 * @param {() => Promise<number>} main
 */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    if (error.details !== '') console.error(error.details.trimEnd());
    console.error(`trailboss: ${error.message}`);
    process.exitCode = 1;
  }
}
