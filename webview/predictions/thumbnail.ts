import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { ImageFacts } from '../../src/shared/predictions-view';

/** From a hexadecimal digit to a byte. */
const shade = 17;

/**
 * The image that a row is, as large as the style says.
 * @param label for who does not see it; without one it is an ornament of what stands beside it
 */
export function thumbnail(image: string, { width, height }: ImageFacts, label?: string): TemplateResult {
  return html`<canvas
    class="thumbnail"
    width=${width}
    height=${height}
    role=${label === undefined ? nothing : 'img'}
    aria-label=${label ?? nothing}
    aria-hidden=${label === undefined ? 'true' : nothing}
    ${ref((element) => {
      if (element instanceof HTMLCanvasElement) paint(element, image);
    })}
  ></canvas>`;
}

function paint(canvas: HTMLCanvasElement, image: string): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const pixels = context.createImageData(canvas.width, canvas.height);
  for (let index = 0; index < image.length; index++) {
    const grey = parseInt(image.charAt(index), 16) * shade;
    pixels.data.set([grey, grey, grey, 255], 4 * index);
  }
  context.putImageData(pixels, 0, 0);
}
