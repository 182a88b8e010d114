import { type Manifest, manifestAt, textsMember } from '../../state/manifest.ts';
import type { StateDocument } from '../../state/state.ts';
import type { PreflightFinding } from '../preflight-types.ts';
import { exactText, fileOf } from './manifest-parts.ts';
import { told } from './told.ts';

const key = 'bsp/run.json';
const linking = 'pantavisor storage.c, pv_storage_meta_link_boot';
const mounting = 'pantavisor state.c, pv_state_mount_bsp_volumes';

/** The files of the base system that bsp/run.json names. */
export function bspFindings(state: StateDocument): readonly PreflightFinding[] {
  const manifest = manifestAt(state, key);
  if (manifest === undefined) return [];
  return [...bootFindings(state, manifest), ...addonFindings(state, manifest), ...volumeFindings(state, manifest)];
}

/** The device looks for `fit`, then `rpiab`, then kernel with initrd (parser_system1.c, parse_bsp), and links what it found for the boot loader. */
function bootFindings(state: StateDocument, manifest: Manifest): readonly PreflightFinding[] {
  const image = (['fit', 'rpiab'] as const).find((field) => exactText(manifest, field) !== undefined);
  const fields = image === undefined ? (['linux', 'initrd', 'fdt'] as const) : [image];
  const findings = fields.flatMap((field): readonly PreflightFinding[] => {
    const file = exactText(manifest, field);
    if (file === undefined || file === '' || state.byKey.has(`bsp/${file}`)) return [];
    const text = `There is no bsp/${file}: the device can’t set up this revision for its boot loader, and the update fails.`;
    const advice = 'Add that file, or name the one that is there.';
    return [told({ rule: `${field}-no-entry`, severity: 'fails', key, pointer: `/${field}`, text, source: linking, advice })];
  });
  const kernelAlone =
    image === undefined && exactText(manifest, 'linux') !== undefined && exactText(manifest, 'initrd') === undefined;
  if (!kernelAlone) return findings;
  const text =
    'It names a kernel and no initrd: the device takes the kernel for a whole boot image, and the board may not boot it.';
  const advice = 'Name the initrd too.';
  return [...findings, told({ rule: 'initrd-missing', severity: 'fails', key, text, source: linking, advice })];
}

function addonFindings(state: StateDocument, manifest: Manifest): readonly PreflightFinding[] {
  return (textsMember(manifest, 'addons') ?? []).flatMap((file, index): readonly PreflightFinding[] => {
    if (state.byKey.has(`bsp/${file}`)) return [];
    const text = `There is no bsp/${file}: the device can’t set up this revision for its boot loader, and the update fails.`;
    const advice = 'Add that file, or take the addon out.';
    return [told({ rule: 'addon-no-entry', severity: 'fails', key, pointer: `/addons/${index}`, text, source: linking, advice })];
  });
}

function volumeFindings(state: StateDocument, manifest: Manifest): readonly PreflightFinding[] {
  return (['firmware', 'modules'] as const).flatMap((field): readonly PreflightFinding[] => {
    const volume = exactText(manifest, field);
    const file = volume === undefined ? undefined : fileOf(volume);
    if (file === undefined || file === '' || state.byKey.has(`bsp/${file}`)) return [];
    const text = `There is no bsp/${file}: the device can’t mount it when it boots this revision, and goes back.`;
    const advice = 'Add that file, or name the one that is there.';
    return [told({ rule: `${field}-no-entry`, severity: 'fails', key, pointer: `/${field}`, text, source: mounting, advice })];
  });
}
