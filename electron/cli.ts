// `trailboss forecast a.json b.json`: what stands between a terminal and the commands in cli/.
import { runCommandLine } from './cli/program.ts';

const env = process.env;
const { stdin, stdout, stderr } = process;
// Who reads may have seen enough (`| head`): that is no failure, and the exit code still says what it says.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await runCommandLine(process.argv.slice(2), {
  stdin,
  signal: new AbortController().signal,
  now: Date.now,
  colours: stdout.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb',
  out: (text) => stdout.write(text),
  err: (text) => stderr.write(text),
});
// Standard input may still be open, when it was not read to its end.
stdin.destroy();
