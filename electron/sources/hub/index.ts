export * from './hub.ts';
export { openHub } from './open.ts';
export { type PkceSignIn, pkceFinish, pkceStart } from './pkce.ts';
export { maxPendingBytes } from './post.ts';
export { probeHub } from './probe.ts';
export { type PvrLogin, parsePvrAuth } from './pvr-auth.ts';
export { type SignedIn, type SignInPorts, signInWithPassword, signInWithToken } from './sign-in.ts';
