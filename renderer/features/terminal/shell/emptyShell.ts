import { createStore } from 'zustand';
import type { ShellState } from './shellSession.ts';

/** The state of no shell, where none is chosen. */
export const emptyShell = createStore<ShellState>()(() => ({ kind: 'opening', title: '', rang: false }));
