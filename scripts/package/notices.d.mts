export function thirdPartyNotices(root: string): Promise<string>;
export function isPermissive(licence: unknown): boolean;
