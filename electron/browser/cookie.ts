/** The port is part of the name, because browsers share cookies between all ports of 127.0.0.1. */
export function cookieName(port: number): string {
  return `trailboss-${port}`;
}

export function sessionCookie(port: number, secret: string): string {
  return `${cookieName(port)}=${secret}; Path=/; HttpOnly; SameSite=Strict`;
}

/** The session secrets that a Cookie header carries: several when an older cookie of the same name is still there. */
export function sessionSecrets(header: string | undefined, port: number): readonly string[] {
  const prefix = `${cookieName(port)}=`;
  return (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(prefix))
    .map((part) => part.slice(prefix.length));
}
