/** A grey image: one byte a pixel, 0 black to 255 white, line by line from the top left. */
export interface Image {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Takes this many pixels off each side. The image must be larger than that. */
export function cropImage({ width, height, pixels }: Image, margin: number): Image {
  const size = { width: width - 2 * margin, height: height - 2 * margin };
  const cropped = new Uint8Array(size.width * size.height);
  for (let line = 0; line < size.height; line++) {
    const from = (line + margin) * width + margin;
    cropped.set(pixels.subarray(from, from + size.width), line * size.width);
  }
  return { ...size, pixels: cropped };
}

/**
 * Brings an image to a size: what it is too wide or too high for the form is taken off both sides alike, and each new pixel
 * is the mean of the area that it covers.
 */
export function fitImage(image: Image, width: number, height: number): Image {
  const scale = Math.min(image.width / width, image.height / height);
  const left = (image.width - scale * width) / 2;
  const top = (image.height - scale * height) / 2;
  const columns = Array.from({ length: width }, (_, x) => sharesOf(left + x * scale, scale, image.width));
  const lines = Array.from({ length: height }, (_, y) => sharesOf(top + y * scale, scale, image.height));
  const pixels = new Uint8Array(width * height);
  lines.forEach((line, y) => {
    columns.forEach((column, x) => {
      let [sum, weight] = [0, 0];
      for (const [sourceY, shareY] of line) {
        for (const [sourceX, shareX] of column) {
          sum += shareX * shareY * image.pixels[sourceY * image.width + sourceX]!;
          weight += shareX * shareY;
        }
      }
      pixels[y * width + x] = Math.round(sum / weight);
    });
  });
  return { width, height, pixels };
}

/** The pixels that a stretch covers, each with how much of it. */
function sharesOf(from: number, length: number, limit: number): [place: number, share: number][] {
  const to = from + length;
  const shares: [number, number][] = [];
  for (let place = Math.max(0, Math.floor(from)); place < Math.min(limit, Math.ceil(to)); place++) {
    const share = Math.min(to, place + 1) - Math.max(from, place);
    if (share > 1e-9) shares.push([place, share]);
  }
  return shares;
}

/** The image with this many shades of grey, from 0 to one less. */
export function inLevels({ pixels, ...size }: Image, levels: number): Image {
  return { ...size, pixels: pixels.map((pixel) => Math.round((pixel * (levels - 1)) / 255)) };
}
