import type { Plugin } from 'vite'
export function packageOf(id: string): string
export function bundleReport(folder: string): Plugin
