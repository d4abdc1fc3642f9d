export const targets: readonly string[];
export function thisTarget(): string;
export function runtimeFiles(root: string, target: string): string[];
