import type { WayStatus } from '../../shared/contract/connection.ts';
import { wayTexts } from '../strings/words.ts';
import type { Meaning } from './meaning.ts';

/** One way to a device in a word, and what it stands for. */
export function wayWord(way: WayStatus): { readonly word: string; readonly meaning: Meaning } {
  switch (way.kind) {
    case 'not-configured':
      return { word: wayTexts.notConfigured, meaning: 'none' };
    case 'connecting':
      return { word: wayTexts.connecting, meaning: 'silent' };
    case 'open':
      return { word: wayTexts.open, meaning: 'ok' };
    case 'silent':
      return { word: wayTexts.silent, meaning: 'silent' };
    case 'blocked':
      return { word: blockedWord(way.problem.code), meaning: 'blocked' };
  }
}

const byCode: ReadonlyMap<string, string> = new Map(Object.entries(wayTexts.blockedBy));

function blockedWord(code: string): string {
  return byCode.get(code) ?? wayTexts.blocked;
}
