import type { BuiltinTemplateName } from '../../../src/core/prompt/template/builtin-templates';
import { l10n } from '../../common/l10n';

/** What each built-in template is for. */
export const templatePurposes: Record<BuiltinTemplateName, string> = {
  paper: l10n.t('the paper’s wording without column names'),
  'paper-names': l10n.t('the paper’s wording with column names'),
  'paper-shuffled': l10n.t('the paper’s wording with the column names in wrong places: shows what names are worth'),
  'sentence-plain': l10n.t('one plain sentence a column, without names'),
  sentence: l10n.t('one plain sentence a column'),
  'sentence-shuffled': l10n.t('one plain sentence a column, with the column names in wrong places'),
  compact: l10n.t('letters and numbers only: short prompts for the embedded model'),
  'paper-image': l10n.t('the paper’s wording for images: the pixels as numbers, one after the other'),
  image: l10n.t('one digit a pixel and nothing between: images for the embedded model'),
};
