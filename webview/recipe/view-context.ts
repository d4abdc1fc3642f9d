import type { Recipe } from '../../src/core/recipe/recipe';
import type { PreviewRow, RecipeChange, RecipeRequests, RecipeViewState } from '../../src/shared/recipe-view';
import type { ParamsOf } from '../../src/shared/rpc';
import type { Preview } from './preview/preview-text';

/** What is asked of the host without an answer that is shown. */
export type Asked = Exclude<keyof RecipeRequests, 'ready' | 'edit' | 'sent' | 'row' | 'countTokens'>;

/** What the host says beside the recipe, of which the page has a draft. */
export type PageState = Omit<RecipeViewState, 'recipe'>;

/** What every part of the page is drawn from. */
export interface ViewContext {
  readonly state: PageState;
  readonly recipe: Recipe;
  readonly preview: Preview | undefined;
  readonly row: PreviewRow | undefined;
  readonly tokens: TokenCounts | undefined;
  /** Whether the tokens of the text as it is now are still being counted. */
  readonly areTokensOld: boolean;
  /** Changes one value of the recipe. */
  readonly set: (path: RecipeChange['path'], value: unknown) => void;
  readonly ask: <M extends Asked>(method: M, params: ParamsOf<RecipeRequests, M>) => void;
  readonly showRow: (row: number) => void;
  /** Columns whose fields are unfolded. */
  readonly openColumns: ReadonlySet<string>;
  readonly toggleColumn: (name: string) => void;
}

export interface TokenCounts {
  readonly prompt: number;
  readonly completion: number;
}
