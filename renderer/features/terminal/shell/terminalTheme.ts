import type { ITheme } from '@xterm/xterm';

/** The sixteen colours that programs name, chosen to be read on each ground; xterm mends what is not by `minimumContrastRatio`. */
const light = {
  black: '#1b1f25',
  red: '#b0241c',
  green: '#17652f',
  yellow: '#875000',
  blue: '#1456a4',
  magenta: '#663bb0',
  cyan: '#0e6370',
  white: '#566070',
  brightBlack: '#68727f',
  brightRed: '#c4322a',
  brightGreen: '#1f7a3b',
  brightYellow: '#9a5c00',
  brightBlue: '#2263c4',
  brightMagenta: '#7a4cc9',
  brightCyan: '#14747f',
  brightWhite: '#3a424e',
} satisfies ITheme;

const dark = {
  black: '#3a424e',
  red: '#ff8d83',
  green: '#74d08f',
  yellow: '#f0b458',
  blue: '#84b8f5',
  magenta: '#c3a4f5',
  cyan: '#6fd0dc',
  white: '#c3c9d1',
  brightBlack: '#8b94a1',
  brightRed: '#ffaaa2',
  brightGreen: '#93e0aa',
  brightYellow: '#f7c984',
  brightBlue: '#a6cdfa',
  brightMagenta: '#d6c1fa',
  brightCyan: '#93e0ea',
  brightWhite: '#ffffff',
} satisfies ITheme;

/** A terminal's colours out of the program's tokens (renderer/theme/tokens.css); `token` gives a token's value. */
export function terminalTheme(token: (name: string) => string, isDark: boolean): ITheme {
  const of = (name: string) => token(name).trim();
  return {
    ...(isDark ? dark : light),
    background: of('bg'),
    foreground: of('text'),
    cursor: of('text'),
    cursorAccent: of('bg'),
    selectionBackground: isDark ? '#34507d' : '#b9d3f5',
    selectionInactiveBackground: isDark ? '#2b3a52' : '#d5e1f0',
    scrollbarSliderBackground: `${of('line-strong')}50`,
    scrollbarSliderHoverBackground: `${of('line-strong')}90`,
    scrollbarSliderActiveBackground: `${of('line-strong')}b0`,
    overviewRulerBorder: of('line'),
  };
}

/** Colours of what a search found; the one that is chosen has a border too. */
export function findColours(isDark: boolean) {
  return isDark
    ? {
        matchBackground: '#5c4a12',
        matchOverviewRuler: '#e09b2b',
        activeMatchBackground: '#8a6a10',
        activeMatchBorder: '#f7c984',
        activeMatchColorOverviewRuler: '#f7c984',
      }
    : {
        matchBackground: '#fbe3a5',
        matchOverviewRuler: '#d98a00',
        activeMatchBackground: '#f5c04a',
        activeMatchBorder: '#875000',
        activeMatchColorOverviewRuler: '#875000',
      };
}

/** The tokens and the scheme as the window has them now. */
export function themeNow(): { readonly theme: ITheme; readonly dark: boolean } {
  const root = document.documentElement;
  const style = getComputedStyle(root);
  const isDark = root.getAttribute('data-mantine-color-scheme') === 'dark';
  return { theme: terminalTheme((name) => style.getPropertyValue(`--tb-${name}`), isDark), dark: isDark };
}
