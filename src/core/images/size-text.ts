import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import type { ImageSize } from './requests';

/** Reads a size such as `18x18`: width, then height. Throws `usage` for anything else. */
export function sizeFrom(text: string): ImageSize {
  const [, width, height] = /^\s*([1-9]\d{0,3})\s*[x×]\s*([1-9]\d{0,3})\s*$/iu.exec(text) ?? [];
  if (width !== undefined) return { width: Number(width), height: Number(height) };
  throw new LiftError('usage', phrase`"${text}" is no size.`, 'Write width and height, such as 18x18.');
}
