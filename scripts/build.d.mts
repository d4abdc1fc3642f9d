import type { BuildOptions } from 'esbuild';

export function buildOptions(folder?: string): BuildOptions[];
export function webviewOptions(page: string, folder?: string): BuildOptions;
