/**
 * The database's shape, one step per entry, never edited once released: `user_version` counts the steps taken.
 * Times are instants in milliseconds; JSON columns are parsed with a schema when read.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE devices (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    connection TEXT NOT NULL,
    demo TEXT,
    added_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE host_keys (
    host TEXT NOT NULL,
    port INTEGER NOT NULL,
    algorithm TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    accepted_at INTEGER NOT NULL,
    PRIMARY KEY (host, port)
  ) STRICT;

  CREATE TABLE states (hash TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;

  CREATE TABLE revisions (
    device_id TEXT NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    date TEXT,
    message TEXT NOT NULL,
    progress TEXT,
    state_hash TEXT,
    PRIMARY KEY (device_id, name)
  ) STRICT;

  CREATE TABLE device_facts (
    device_id TEXT PRIMARY KEY REFERENCES devices (id) ON DELETE CASCADE,
    facts TEXT NOT NULL
  ) STRICT;

  CREATE TABLE drafts (
    id TEXT PRIMARY KEY,
    device_id TEXT NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    base_revision TEXT NOT NULL,
    base_hash TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    unfinished TEXT NOT NULL,
    objects TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE updates (
    id TEXT PRIMARY KEY,
    device_id TEXT NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
    state_hash TEXT,
    ended INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    journal TEXT NOT NULL
  ) STRICT;
  CREATE INDEX updates_by_device ON updates (device_id, started_at);
  CREATE INDEX updates_open ON updates (ended) WHERE ended = 0;

  CREATE TABLE reports (
    update_id TEXT NOT NULL REFERENCES updates (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    report TEXT NOT NULL,
    PRIMARY KEY (update_id, seq)
  ) STRICT;

  CREATE TABLE activity (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    user TEXT NOT NULL,
    device_id TEXT,
    device_name TEXT,
    what TEXT NOT NULL,
    result TEXT NOT NULL
  ) STRICT;
  `,
  `
  CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    ca TEXT,
    nick TEXT NOT NULL,
    prn TEXT NOT NULL,
    email TEXT,
    demo INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    token_ends_at INTEGER
  ) STRICT;
  `,
  `
  ALTER TABLE revisions ADD COLUMN committer TEXT;
  ALTER TABLE revisions ADD COLUMN on_hub INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE revisions ADD COLUMN hub_only INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE revisions ADD COLUMN state_sha TEXT;
  `,
  `
  ALTER TABLE devices ADD COLUMN hub TEXT;
  CREATE UNIQUE INDEX devices_by_hub ON devices (json_extract(hub, '$.accountId'), json_extract(hub, '$.deviceId')) WHERE hub IS NOT NULL;
  `,
  `
  ALTER TABLE drafts ADD COLUMN title TEXT NOT NULL DEFAULT '';
  ALTER TABLE drafts ADD COLUMN series_id TEXT;
  ALTER TABLE drafts ADD COLUMN steps_done INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE draft_steps (
    draft_id TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    step TEXT NOT NULL,
    patch BLOB NOT NULL,
    PRIMARY KEY (draft_id, seq)
  ) STRICT;
  `,
  `
  ALTER TABLE states ADD COLUMN sha TEXT;
  CREATE INDEX states_by_sha ON states (sha) WHERE sha IS NOT NULL;

  CREATE TABLE series (
    id TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL,
    journal TEXT NOT NULL,
    base_hash TEXT,
    text_hash TEXT
  ) STRICT;

  CREATE TABLE series_items (
    series_id TEXT NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    device_id TEXT NOT NULL,
    item TEXT NOT NULL,
    PRIMARY KEY (series_id, position)
  ) STRICT;
  `,
  `
  ALTER TABLE activity ADD COLUMN kind TEXT NOT NULL DEFAULT 'device';
  ALTER TABLE activity ADD COLUMN update_id TEXT;
  ALTER TABLE activity ADD COLUMN revision TEXT;
  ALTER TABLE activity ADD COLUMN ended_at INTEGER;
  CREATE UNIQUE INDEX activity_by_update ON activity (update_id) WHERE update_id IS NOT NULL;
  UPDATE activity SET kind = 'update'
  WHERE what LIKE 'posted %' OR what LIKE 'ran %' OR what LIKE 'rebooted %' OR what LIKE 'nothing new of %' OR what LIKE '% on the hub';
  UPDATE activity SET kind = 'container' WHERE what LIKE 'asked it to %';
  UPDATE activity SET kind = 'account' WHERE device_id IS NULL;
  `,
  `
  CREATE TABLE checkouts (
    id TEXT PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    opened_at INTEGER NOT NULL
  ) STRICT;
  `,
  `
  ALTER TABLE updates ADD COLUMN running_hash TEXT;
  ALTER TABLE updates ADD COLUMN since_boot TEXT NOT NULL DEFAULT '[]';
  `,
  `
  CREATE TABLE trust_anchors (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    fingerprint TEXT NOT NULL UNIQUE,
    pem TEXT NOT NULL,
    not_after INTEGER,
    added_at INTEGER NOT NULL
  ) STRICT;
  `,
];
