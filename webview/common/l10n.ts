import { tell } from '../../src/core/foundation/phrase';
import type { Said } from '../../src/core/foundation/phrase';

/** Translations by the English text, as the workbench has them for the extension; none in English. */
type Texts = Readonly<Record<string, string>>;

/** The host writes them into the head of the page, so that they are there before anything is drawn. */
const texts = JSON.parse(document.querySelector<HTMLMetaElement>('meta[name="texts"]')?.content ?? '{}') as Texts;
const placeholder = /\{(\d+)\}/u;

/** The texts of a page in the language of the workbench, each asked for by its English. */
export const l10n = {
  /** A text with `{0}`, `{1}` and so on replaced, as `vscode.l10n.t` does. */
  t: (text: string, ...values: readonly (string | number)[]): string => pieces(text, values).join(''),
  /** As `t`, where something else than text takes the places: the pieces in their order, for a template. */
  parts: (text: string, ...values: readonly unknown[]): unknown[] => pieces(text, values),
  /** What the core says. */
  said: (said: Said): string =>
    tell(said, { language: document.documentElement.lang, translate: (text) => texts[text] ?? text }),
};

function pieces(text: string, values: readonly unknown[]): unknown[] {
  const split = (texts[text] ?? text).split(placeholder);
  return split.map((piece, index) => (index % 2 === 0 ? piece : values[Number(piece)]));
}
