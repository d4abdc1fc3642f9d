import type { Image } from './image';

/** Images in their order, read when they are asked for. */
export interface ImageSource {
  readonly count: number;
  /** Whether the images have labels: then all of them have one. */
  readonly isLabelled: boolean;
  /** What a person calls image `index`; undefined where they have no names. */
  readonly nameOf?: (index: number) => string;
  readonly labelOf: (index: number) => string;
  /** Throws `file-unreadable` for what is no image. */
  readonly read: (index: number) => Promise<Image>;
}
