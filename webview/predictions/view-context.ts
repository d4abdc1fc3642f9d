import type {
  PredictionsEvents,
  PredictionsRequests,
  PredictionsViewState,
  QueryResult,
  RowDetail,
  RowQuery,
} from '../../src/shared/predictions-view';
import type { HostClient } from '../common/host-client';
import type { GridColumn } from './grid/grid-columns';
import type { RowPages } from './grid/row-pages';

/** Who answers the page. */
export type PredictionsHost = HostClient<PredictionsRequests, PredictionsEvents>;

/** What every part of the page is drawn from. */
export interface ViewContext {
  readonly state: PredictionsViewState;
  readonly columns: readonly GridColumn[];
  readonly query: RowQuery;
  /** Undefined until the first query is answered. */
  readonly result: QueryResult | undefined;
  /** Whether a query takes so long that the user should be told. */
  readonly busy: boolean;
  readonly rows: RowPages;
  readonly revision: number;
  /** Place of the row that the inspector tells about; -1 when it is closed. */
  readonly selected: number;
  /** Undefined while it is on its way. */
  readonly detail: RowDetail | undefined;
  /** Whether it still tells about the row before. */
  readonly isDetailOld: boolean;
  readonly metricsOpen: boolean;
  /** What could not be done, in words; empty for nothing. */
  readonly failure: string;
  /** Changes a part of the query. */
  readonly ask: (change: Partial<RowQuery>) => void;
  readonly openRow: (place: number) => void;
  /** Opens a row and goes on in the inspector. */
  readonly enterRow: (place: number) => void;
  readonly followRow: (place: number) => void;
  /** Goes to a row of the file, wherever it is. */
  readonly revealRow: (row: number) => void;
  readonly closeRow: () => void;
  readonly toggleMetrics: (open: boolean) => void;
  readonly fineTune: () => void;
  readonly chooseRun: () => void;
  readonly exportRows: () => void;
  readonly showLine: (line: number) => void;
  readonly copyRow: (row: number) => void;
}
