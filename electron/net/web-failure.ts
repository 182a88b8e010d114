/**
 * Why there is no reply: nobody there (`unreachable`), a certificate that does not hold (`untrusted`, its detail the code that
 * OpenSSL gives it), no word in time (`silent`), cut off (`broken` before the reply, or in it; `truncated` short of its announced
 * length), a reply without end (`endless`), something that is no HTTP (`not-http`), an upload whose file is not as long as it was
 * (`file-changed`).
 */
export type WebFailureKind =
  | 'unreachable'
  | 'untrusted'
  | 'silent'
  | 'broken'
  | 'truncated'
  | 'endless'
  | 'not-http'
  | 'file-changed';

/** An exchange that came to nothing. `detail` goes into a sentence: "…: the connection is refused". Never has a URL or a header in it. */
export class WebFailure extends Error {
  readonly kind: WebFailureKind;
  readonly detail: string;

  constructor(kind: WebFailureKind, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = 'WebFailure';
    this.kind = kind;
    this.detail = detail;
  }
}
