import ssh2 from 'ssh2';

/** How long an agent may take to answer, in milliseconds: some ask their user first. */
const agentTimeout = 5000;

/** The comments (or types) of the keys that an ssh-agent offers; undefined when none answers at that socket. */
export function agentKeyNames(socket: string): Promise<readonly string[] | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), agentTimeout);
    ssh2.createAgent(socket).getIdentities((error, keys) => {
      clearTimeout(timer);
      if (error || !keys) return resolve(undefined);
      resolve(keys.map(nameOf));
    });
  });
}

function nameOf(key: unknown): string {
  const parsed = ssh2.utils.parseKey(key instanceof Buffer || typeof key === 'string' ? key : '');
  const known = parsed instanceof Error ? key : parsed;
  if (typeof known !== 'object' || known === null) return 'a key';
  const comment = 'comment' in known && typeof known.comment === 'string' ? known.comment : '';
  const type = 'type' in known && typeof known.type === 'string' ? known.type : 'key';
  return comment === '' ? type : `${comment} (${type})`;
}
