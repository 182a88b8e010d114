/** For tests: the hub's API by hand, as somebody else would use it. */
import { z } from 'zod';

const Reply = z.record(z.string(), z.unknown());
const Token = z.object({ id: z.string(), name: z.string() });
const Registered = z.object({ id: z.string(), secret: z.string(), challenge: z.string() });

export class TestClient {
  readonly #url: string;
  readonly #token: string | undefined;

  constructor(url: string, token?: string) {
    this.#url = url;
    this.#token = token;
  }

  static async signedIn(url: string, username: string, password: string): Promise<TestClient> {
    const { token } = await new TestClient(url).ask('POST', '/auth/login', { username, password });
    return new TestClient(url, String(token));
  }

  get token(): string {
    return this.#token ?? '';
  }

  /** The personal API tokens of the account. */
  async tokens(): Promise<readonly z.infer<typeof Token>[]> {
    const { items } = await this.ask('GET', '/tokens/');
    return z.array(Token).parse(items ?? []);
  }

  async revokeAll(): Promise<void> {
    for (const { id } of await this.tokens()) await this.ask('DELETE', `/tokens/${id}`);
  }

  /** A device that registers itself and waits for its owner. */
  async registerDevice(): Promise<z.infer<typeof Registered>> {
    return Registered.parse(await this.ask('POST', '/devices/', {}));
  }

  async ask(method: string, path: string, body?: unknown): Promise<Readonly<Record<string, unknown>>> {
    const headers = {
      ...(this.#token !== undefined && { authorization: `Bearer ${this.#token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    const reply = await fetch(this.#url + path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
    const text = await reply.text();
    return text === '' ? {} : Reply.parse(JSON.parse(text));
  }
}
