export function extensionTexts(): Record<string, string>;
export function translationProblems(texts: Record<string, string>, translation: Record<string, string>): string[];
export function languages(): string[];
