import { loadMonaco } from './load.ts';

/** A JSON Schema and the documents that it holds for: glob patterns over the path, `!` excludes. */
export interface DocumentSchema {
  readonly uri: string;
  readonly fileMatch: readonly string[];
  readonly schema: object;
}

/** Makes the editor validate and complete JSON documents by these schemas. Remarks are warnings: the device decides. */
export async function installSchemas(schemas: readonly DocumentSchema[]): Promise<void> {
  const { jsonDefaults } = await loadMonaco();
  jsonDefaults.setDiagnosticsOptions({
    validate: true,
    allowComments: false,
    comments: 'error',
    trailingCommas: 'error',
    enableSchemaRequest: false,
    schemaValidation: 'warning',
    schemas: schemas.map(({ uri, fileMatch, schema }) => ({ uri, fileMatch: [...fileMatch], schema })),
  });
}
