export function stageExtension(folder: string): Promise<void>;
