import packageJson from '../package.json' with { type: 'json' };

/** The program's version, as people read it. */
export const version: string = packageJson.version;
