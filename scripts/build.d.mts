import type { BuildOptions } from 'esbuild';

export function buildOptions(folder?: string): BuildOptions[];
