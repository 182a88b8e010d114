/** Who signs the demo fleet's revisions, and what every device leaves the factory with. */
import { type Step, step } from './history.ts';

export const MARTA = 'Marta Oliveira <marta.oliveira@example.com>';
export const JONAS = 'Jonas Weber <jonas.weber@example.com>';
export const PRIYA = 'Priya Nair <priya.nair@example.com>';
export const TOMAS = 'Tomás Ruiz <tomas.ruiz@example.com>';
export const LENA = 'Lena Kovač <lena.kovac@example.com>';

const BASE = { os: '2024.11', 'pv-networking': '1.12', 'pvr-sdk': '037' } as const;

export function factory(daysAgo: number): Step {
  return step('0', daysAgo, '', 'Factory image', { set: BASE });
}
