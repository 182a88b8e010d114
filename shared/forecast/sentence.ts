import type { Change, Forecast, Move } from './types.ts';

/** As much of a forecast as the sentence needs: what is kept of one with an update will do. */
export type SpokenForecast =
  | Exclude<Forecast, Move>
  | (Omit<Move, 'changes'> & { readonly changes: readonly Pick<Change, 'key' | 'effect'>[] });

type SpokenMove = Extract<SpokenForecast, { kind: 'move' }>;

/** A piece of a sentence; those that name something can be shown as links. */
export type SentencePiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'entry'; readonly key: string }
  | { readonly kind: 'container'; readonly name: string }
  | { readonly kind: 'revision'; readonly name: string };

/** Where a failure takes the device back to: the last revision with status DONE. */
export interface CheckpointFallback {
  readonly revision: string;
  /** How many revisions lie behind it up to the running one; 0: the running one is the checkpoint. */
  readonly revisionsAgo: number;
}

/** Longer lists end in "and N more". */
export const MOST_NAMED = 5;

/** The forecast in one line of plain words, as pieces. */
export function forecastSentence(forecast: SpokenForecast, fallback?: CheckpointFallback): readonly SentencePiece[] {
  switch (forecast.kind) {
    case 'refused':
      return [
        text(
          `${forecast.which === 'next' ? 'The device will refuse it' : 'The device refuses the running state'}: ${forecast.reason}.`,
        ),
      ];
    case 'crash':
      return [
        text(
          `${forecast.stage === 'running' ? 'The running state would' : 'Would'} crash the device's daemon: ${forecast.reason}.`,
        ),
      ];
    case 'move': {
      const effect = forecast.transition === 'reboot' ? rebootPieces(forecast) : restartPieces(forecast);
      return merged([...effect, ...fallbackPieces(fallback)]);
    }
  }
}

/** The same as a string, for a terminal, a tooltip or a log. */
export function forecastText(forecast: SpokenForecast, fallback?: CheckpointFallback): string {
  return forecastSentence(forecast, fallback).map(plain).join('');
}

function plain(piece: SentencePiece): string {
  switch (piece.kind) {
    case 'text':
      return piece.text;
    case 'entry':
      return piece.key;
    case 'container':
    case 'revision':
      return piece.name;
  }
}

function rebootPieces({ changes }: SpokenMove): readonly SentencePiece[] {
  const forcing = changes.filter(({ effect }) => effect === 'reboot');
  const entries = forcing.map(({ key }): SentencePiece => ({ kind: 'entry', key }));
  return [text(`Reboots the board. ${share(forcing.length, changes.length)}: `), ...listed(entries), text('.')];
}

function share(forcing: number, all: number): string {
  if (all === 1) return 'Its one change forces it';
  return forcing === all
    ? `All ${all} changes force it`
    : `${forcing} of ${all} changes ${forcing === 1 ? 'forces' : 'force'} it`;
}

function restartPieces({ restarts, starts, stops, changes }: SpokenMove): readonly SentencePiece[] {
  const moves = [
    { verb: 'restarts', names: restarts },
    { verb: 'starts', names: starts },
    { verb: 'stops', names: stops },
  ].filter(({ names }) => names.length > 0);
  const checkpoint = text(' Becomes a checkpoint at the next reboot.');
  if (moves.length === 0) return [text('Restarts nothing, no reboot.'), ...(changes.length > 0 ? [checkpoint] : [])];
  const clauses = moves.flatMap(({ verb, names }, index) => [
    text(index === 0 ? `${verb.charAt(0).toUpperCase()}${verb.slice(1)} ` : `, ${verb} `),
    ...listed(names.map((name) => ({ kind: 'container', name }))),
  ]);
  return [...clauses, text(', no reboot.'), checkpoint];
}

function fallbackPieces(fallback: CheckpointFallback | undefined): readonly SentencePiece[] {
  if (fallback === undefined) return [];
  const { revision, revisionsAgo } = fallback;
  const distance =
    revisionsAgo === 0 ? 'the running one' : `${revisionsAgo} ${revisionsAgo === 1 ? 'revision' : 'revisions'} ago`;
  return [text(' If it fails, back to '), { kind: 'revision', name: revision }, text(` (${distance}).`)];
}

/** "a", "a and b", "a, b and c", "a, b, c, d, e and 4 more". */
function listed(pieces: readonly SentencePiece[]): readonly SentencePiece[] {
  const named = pieces.length > MOST_NAMED + 1 ? pieces.slice(0, MOST_NAMED) : pieces;
  const all = named.length < pieces.length ? [...named, text(`${pieces.length - named.length} more`)] : named;
  return all.flatMap((piece, index) => {
    if (index === 0) return [piece];
    return [text(index === all.length - 1 ? ' and ' : ', '), piece];
  });
}

function text(words: string): SentencePiece {
  return { kind: 'text', text: words };
}

/** Neighbouring texts as one. */
function merged(pieces: readonly SentencePiece[]): readonly SentencePiece[] {
  const result: SentencePiece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (piece.kind === 'text' && last?.kind === 'text') result.splice(-1, 1, text(last.text + piece.text));
    else result.push(piece);
  }
  return result;
}
