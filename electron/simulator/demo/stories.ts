/** The dozen devices of the demo fleet, each in a condition that has something to tell. */
import { BUILDINGS } from './buildings.ts';
import type { Story } from './history.ts';
import { LABS } from './labs.ts';
import { PLANTS } from './plants.ts';

export const STORIES: readonly Story[] = [...BUILDINGS, ...PLANTS, ...LABS];
