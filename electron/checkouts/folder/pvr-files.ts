import { emptyConfig, type ParsedConfig, parseConfig } from '../../../shared/pvr/config.ts';
import { type ParsedNewFiles, parseNewFiles } from '../../../shared/pvr/new-files.ts';
import { type ParsedPristine, parsePristine } from '../../../shared/pvr/pristine.ts';
import type { FolderMark } from '../pvr-folder.ts';
import { ifThere, readOwn } from './disk.ts';
import { shaOfBytes } from './file-facts.ts';
import { goText } from './go-text.ts';
import type { FolderPaths } from './paths.ts';

/** pvr's three files of a checkout, as they were at one moment. Undefined where there is none. */
export interface PvrFiles {
  readonly mark: FolderMark;
  readonly json: ParsedPristine | undefined;
  readonly newFiles: ParsedNewFiles | undefined;
  readonly config: ParsedConfig | undefined;
}

export async function readPvrFiles({ json, newFiles, config }: FolderPaths): Promise<PvrFiles> {
  const [jsonBytes, newBytes, configBytes] = await Promise.all([json, newFiles, config].map((path) => ifThere(readOwn(path))));
  return {
    mark: markOf([jsonBytes, newBytes, configBytes]),
    json: jsonBytes && parsePristine(goText(jsonBytes)),
    newFiles: newBytes && parseNewFiles(goText(newBytes)),
    config: configBytes && parseConfig(goText(configBytes)),
  };
}

/** The mark of what is there now. */
export async function currentMark({ json, newFiles, config }: FolderPaths): Promise<FolderMark> {
  return markOf(await Promise.all([json, newFiles, config].map((path) => ifThere(readOwn(path)))));
}

export function configOf({ config }: PvrFiles) {
  return config?.ok ? config.config : emptyConfig;
}

/** A mark names the bytes of the three files: one that was touched only has not changed. */
function markOf(files: readonly (Buffer | undefined)[]): FolderMark {
  return files.map((bytes) => (bytes === undefined ? '-' : shaOfBytes(bytes))).join(' ') as FolderMark;
}
