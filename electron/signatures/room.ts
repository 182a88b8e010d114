import type { DraftId } from '../../shared/contract/ids.ts';
import type { SignatureReport, SignatureScope, SignatureView, SignedState, SigningKey } from '../../shared/contract/signature.ts';
import { type CoverageOptions, coverageOf, signatureEntries } from '../../shared/signatures/coverage.ts';
import type { StateDocument } from '../../shared/state/state.ts';
import type { Drafts } from '../revisions/drafts.ts';
import type { States } from '../revisions/states.ts';
import type { CheckoutStates } from './checkout-states.ts';
import { type HandedOut, handOut, notTaken, takeIn } from './external.ts';
import { signatureEntry } from './jws.ts';
import { chainIn, publicKeyIn, readPemFile, signingKey } from './key-file.ts';
import { problem, stateFrom } from './problems.ts';
import { signatureReport, signatureView } from './report.ts';
import { nameOfKey, wantedOf } from './scope.ts';
import { signState } from './sign.ts';
import type { TrustedSigners } from './trusted-signers.ts';

export interface SignaturePorts {
  readonly drafts: Pick<Drafts, 'get' | 'setAll' | 'remove'>;
  readonly states: Pick<States, 'read'>;
  readonly checkouts: CheckoutStates;
  readonly signers: TrustedSigners;
  readonly now: () => number;
}

/** A state with its signatures as they are to be read. */
interface Look {
  readonly text: string;
  readonly state: StateDocument;
  readonly options: CoverageOptions;
}

/** Signatures of revisions, drafts and checkouts: verified, made, taken from an external signer, removed. */
export class Signatures {
  readonly signers: TrustedSigners;
  readonly #ports: SignaturePorts;

  constructor(ports: SignaturePorts) {
    this.#ports = ports;
    this.signers = ports.signers;
  }

  async report(of: SignedState, signal: AbortSignal): Promise<SignatureReport> {
    const { text, options } = await this.#look(of, signal);
    return signatureReport(text, this.signers.trust, this.#ports.now(), options);
  }

  /** Makes signatures with a key file. CONFLICT when the draft has moved on, PASSPHRASE_NEEDED, BAD_INPUT, BAD_STATE, NOT_FOUND. */
  async sign(
    of: SignedState,
    version: number | undefined,
    scopes: readonly SignatureScope[],
    key: SigningKey,
    signal: AbortSignal,
  ): Promise<{ readonly names: readonly string[]; readonly warnings: readonly string[] }> {
    const look = await this.#look(of, signal, version);
    const coverage = coverageOf(look.state, look.options);
    const wanted = scopes.map((scope) => wantedOf(scope, coverage));
    const signer = signingKey(await readPemFile(key.keyPath), key.passphrase);
    const chain = key.chainPath === undefined ? [] : chainIn(await readPemFile(key.chainPath));
    const { entries, warnings } = signState(look.state, wanted, signer, chain, this.#ports.now());
    const names = [...entries.keys()].map(nameOfKey);
    await this.#write(of, version, entries, `sign ${names.join(', ')}`, signal);
    return { names, warnings };
  }

  /** What an external signer needs. Without a public key the certificate's own names the algorithm. BAD_INPUT, BAD_STATE, NOT_FOUND. */
  async payload(
    of: SignedState,
    scope: SignatureScope,
    paths: { readonly publicPath?: string | undefined; readonly chainPath?: string | undefined },
    signal: AbortSignal,
  ): Promise<HandedOut> {
    const { state, options } = await this.#look(of, signal);
    const chain = paths.chainPath === undefined ? [] : chainIn(await readPemFile(paths.chainPath));
    const key = paths.publicPath === undefined ? chain[0]?.publicKey : publicKeyIn(await readPemFile(paths.publicPath));
    if (key === undefined)
      throw problem('BAD_INPUT', 'The algorithm depends on the signer’s key.', 'Give the public key or the certificate chain.');
    return handOut(state, wantedOf(scope, coverageOf(state, options)), key, chain);
  }

  /** Keeps a signature that was made elsewhere, once it fits what it covers. BAD_INPUT otherwise; CONFLICT. */
  async take(
    of: SignedState,
    version: number | undefined,
    name: string,
    jws: string,
    signal: AbortSignal,
  ): Promise<SignatureView> {
    const { state, options } = await this.#look(of, signal, version);
    const known = coverageOf(state, options).signatures.find((signature) => signature.name === name);
    const key = known?.key ?? `_sigs/${name}.json`;
    const views: SignatureView[] = [];
    for (const pvs of takeIn(jws)) {
      const entry = signatureEntry(pvs.protected, pvs.signature);
      const [signature] = coverageOf(state, { replaced: new Map([[key, entry]]), only: [name] }).signatures;
      if (signature === undefined) continue;
      if (signature.covers.includes(key)) throw notTaken('it covers its own entry, so it could never hold');
      const view = await signatureView(state, signature, this.signers.trust, this.#ports.now());
      views.push(view);
      if (view.verdict !== 'valid' && view.verdict !== 'untrusted') continue;
      await this.#write(of, version, new Map([[key, entry]]), `take the signature ${name}`, signal);
      return view;
    }
    throw notTaken(sentenceEnd(views[0]?.reason ?? 'it holds no signature'));
  }

  async remove(of: SignedState, version: number | undefined, name: string, signal: AbortSignal): Promise<void> {
    const { state } = await this.#look(of, signal, version);
    const entry = signatureEntries(state).find(({ key }) => nameOfKey(key) === name);
    if (entry === undefined) throw problem('NOT_FOUND', `There is no signature ${name} here.`, 'Look at the signatures again.');
    if (of.kind === 'draft') this.#ports.drafts.remove(of.draftId, this.#versionOf(of.draftId, version), [entry.key]);
    else if (of.kind === 'checkout') await this.#ports.checkouts.removeFiles(of.id, [entry.key], signal);
    else throw readOnly();
  }

  /** With a version, CONFLICT when the draft is at another one. */
  async #look(of: SignedState, signal: AbortSignal, version?: number): Promise<Look> {
    switch (of.kind) {
      case 'revision':
        return look((await this.#ports.states.read(of.deviceId, of.revision, signal)).text);
      case 'draft': {
        const draft = this.#ports.drafts.get(of.draftId);
        if (version !== undefined && version !== draft.version) throw movedOn();
        return look(draft.text);
      }
      case 'checkout': {
        const { checkouts } = this.#ports;
        const text = await checkouts.state(of.id, of.which, signal);
        if (of.which === 'working') return look(text);
        // pvr reads signatures from the working tree, and what they cover from the commit.
        const working = await checkouts.state(of.id, 'working', signal).catch(() => text);
        return look(text, { replaced: signatureTexts(working) });
      }
    }
  }

  async #write(
    of: SignedState,
    version: number | undefined,
    entries: ReadonlyMap<string, string>,
    label: string,
    signal: AbortSignal,
  ): Promise<void> {
    if (of.kind === 'draft') this.#ports.drafts.setAll(of.draftId, this.#versionOf(of.draftId, version), entries, label);
    else if (of.kind === 'checkout') await this.#ports.checkouts.writeSignatures(of.id, entries, signal);
    else throw readOnly();
  }

  #versionOf(draft: DraftId, version: number | undefined): number {
    return version ?? this.#ports.drafts.get(draft).version;
  }
}

function look(text: string, options: CoverageOptions = {}): Look {
  return { text, state: stateFrom(text), options };
}

function signatureTexts(text: string): ReadonlyMap<string, string> {
  return new Map(signatureEntries(stateFrom(text)).map(({ key, raw }) => [key, raw]));
}

/** A reason as the end of another sentence. */
function sentenceEnd(reason: string): string {
  return `${reason.charAt(0).toLowerCase()}${reason.slice(1).replace(/\.$/, '')}`;
}

function movedOn() {
  return problem(
    'CONFLICT',
    'This draft was changed in another window meanwhile.',
    'The newest version is shown now; sign it again.',
  );
}

function readOnly() {
  return problem('BAD_INPUT', 'A revision on a device can’t be changed.', 'Start a draft from it, and sign that.');
}
