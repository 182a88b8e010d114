import { oc } from '@orpc/contract';
import { errorMap } from './errors.ts';

/** Every procedure of the contract can fail in the same named ways. */
export const procedure = oc.errors(errorMap);
