import { join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';

/**
 * Everything that the program needs is bundled into dist/, so the packaged one holds no node_modules and no sources.
 * @type {import('electron-builder').Configuration}
 */
export default {
  appId: 'io.trailboss.desktop',
  productName: 'Trailboss',
  directories: { output: 'release', buildResources: 'assets' },
  files: ['dist/main/**', 'dist/preload/**', 'dist/renderer/**', 'package.json', '!node_modules/**', '!**/*.map'],
  protocols: { name: 'Trailboss', schemes: ['trailboss'] },
  asar: true,
  npmRebuild: false,
  nodeGypRebuild: false,
  linux: { target: ['AppImage', 'tar.gz'], category: 'Development' },
  mac: { target: ['dmg', 'zip'], category: 'public.app-category.developer-tools' },
  win: { target: ['nsis'] },
  afterPack: async (context) => {
    const { productFilename } = context.packager.appInfo;
    const names = {
      linux: context.packager.executableName,
      darwin: `${productFilename}.app/Contents/MacOS/${productFilename}`,
      win32: `${productFilename}.exe`,
    };
    await flipFuses(join(context.appOutDir, names[context.electronPlatformName]), {
      version: FuseVersion.V1,
      resetAdHocDarwinSignature: context.electronPlatformName === 'darwin',
      [FuseV1Options.RunAsNode]: false,
      [FuseV1Options.EnableCookieEncryption]: true,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: false,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
      [FuseV1Options.OnlyLoadAppFromAsar]: true,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    });
  },
};
