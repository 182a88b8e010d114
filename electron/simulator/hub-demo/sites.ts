/** Where the demo hub's devices stand, and what stands there. */
import type { LineName } from './lines.ts';

export type Site = {
  /** As it begins the devices' names. */
  readonly code: string;
  readonly title: string;
  readonly region: string;
  /** How many devices of each product line stand here. */
  readonly holds: Readonly<Partial<Record<LineName, number>>>;
};

export const SITES: readonly Site[] = [
  { code: 'porto', title: 'Porto, bottling plant', region: 'Iberia', holds: { camera: 16, gateway: 6, kiosk: 3 } },
  { code: 'lisboa', title: 'Lisboa, head office', region: 'Iberia', holds: { kiosk: 9, building: 5, gateway: 1 } },
  { code: 'braga', title: 'Braga, foundry', region: 'Iberia', holds: { gateway: 7, camera: 6 } },
  { code: 'vigo', title: 'Vigo, harbour depot', region: 'Iberia', holds: { depot: 6, gateway: 2, kiosk: 2 } },
  { code: 'almeria', title: 'Almería, greenhouses', region: 'Iberia', holds: { greenhouse: 26, gateway: 2 } },
  { code: 'murcia', title: 'Murcia, greenhouses', region: 'Iberia', holds: { greenhouse: 14, gateway: 1 } },
  { code: 'bremen', title: 'Bremen, logistics centre', region: 'North', holds: { depot: 12, camera: 10, gateway: 4, kiosk: 4 } },
  { code: 'kiel', title: 'Kiel, shipyard', region: 'North', holds: { gateway: 6, camera: 4 } },
  { code: 'aarhus', title: 'Aarhus, dairy', region: 'North', holds: { gateway: 5, camera: 9, kiosk: 2 } },
  { code: 'malmo', title: 'Malmö, housing estate', region: 'North', holds: { building: 27, gateway: 2 } },
  { code: 'gdansk', title: 'Gdańsk, harbour depot', region: 'North', holds: { depot: 7, gateway: 2 } },
  { code: 'graz', title: 'Graz, press shop', region: 'Alps', holds: { gateway: 8, camera: 5 } },
  { code: 'linz', title: 'Linz, rolling mill', region: 'Alps', holds: { gateway: 9, camera: 4 } },
  { code: 'bozen', title: 'Bozen, winery', region: 'Alps', holds: { gateway: 3, greenhouse: 4, kiosk: 2 } },
  { code: 'chur', title: 'Chur, ski lifts', region: 'Alps', holds: { depot: 5, camera: 6, kiosk: 5 } },
  { code: 'lyon', title: 'Lyon, trade school', region: 'Rhône', holds: { building: 8, kiosk: 3, gateway: 2 } },
  { code: 'arles', title: 'Arles, nurseries', region: 'Rhône', holds: { greenhouse: 21, gateway: 1 } },
  { code: 'genf', title: 'Genève, test lab', region: 'Rhône', holds: { gateway: 4, building: 3, camera: 3, greenhouse: 2 } },
];
