import { localStorageColorSchemeManager } from '@mantine/core';

/** Where the choice of light, dark or the system's is kept. */
export const colorSchemes = localStorageColorSchemeManager({ key: 'trailboss:color-scheme' });
