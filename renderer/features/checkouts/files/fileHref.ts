import type { CheckoutId } from '../../../../shared/contract/ids.ts';
import { paths } from '../../../routes/paths.ts';

/** The Files tab with a file open in it. */
export function fileHref(id: CheckoutId, path: string): string {
  return `${paths.checkout(id, 'files')}?${new URLSearchParams({ file: path })}`;
}
