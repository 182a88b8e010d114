import { createContext } from 'react';

/** A dialog that another one is opened over is told so: Escape then closes the upper one alone. */
export const OverDialog = createContext<(open: boolean) => void>(() => undefined);
