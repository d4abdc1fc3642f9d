import * as v from 'valibot';
import * as vscode from 'vscode';
import { isBuiltinTemplateName } from '../../core/prompt/template/builtin-templates';
import { LiftError } from '../../core/foundation/lift-error';
import { chooseTarget } from '../../core/recipe/infer/choose-target';
import type { Recipe } from '../../core/recipe/recipe';
import { useTemplate } from '../../core/recipe/use-template';
import type { RecipeChange, RecipeEvents, RecipeRequests, RecipeViewState } from '../../shared/recipe-view';
import type { MachineSpeed } from '../training/machine-speed';
import { PageConnection } from '../webview/page-connection';
import { pageHtml, pageIcon, pageRoots } from '../webview/page-html';
import { configuration } from '../configuration';
import { log } from '../log';
import { applyChanges, changedRange, changesBetween } from './recipe-edits';
import { RecipeSession } from './recipe-session';

const viewType = 'lift.recipeEditor';
const settleMs = 120;

const Changes = v.object({
  changes: v.array(v.object({ path: v.array(v.union([v.string(), v.number()])), value: v.unknown() })),
});

/**
 * The prompt editor of one document. The text of the document is the only truth: every change made in the page becomes a
 * minimal edit of it, so undo, save, hot exit and the text beside it are the workbench's own.
 */
class RecipeEditor {
  private readonly session: RecipeSession;
  private readonly connection: PageConnection<RecipeRequests, RecipeEvents>;
  private readonly subscriptions: { dispose(): unknown }[];
  private settle: NodeJS.Timeout | undefined;
  private editing: Promise<void> = Promise.resolve();
  /** Told when all that was typed in the page has arrived. */
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly document: vscode.TextDocument,
    panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    speed: MachineSpeed,
  ) {
    this.session = new RecipeSession(
      document.uri.fsPath,
      () => ({ ...process.env, ...configuration.modelEnvironment() }),
      (recipe) => speed.of(recipe),
    );
    panel.webview.options = { enableScripts: true, localResourceRoots: pageRoots(extensionUri) };
    panel.iconPath = pageIcon(extensionUri);
    this.connection = new PageConnection<RecipeRequests, RecipeEvents>(panel.webview, {
      ready: { params: v.null(), answer: () => this.firstState() },
      edit: { params: Changes, answer: ({ changes }) => this.edit(changes) },
      sent: {
        params: v.null(),
        answer: () => {
          this.allTyped();
        },
      },
      chooseTarget: {
        params: v.object({ column: v.string() }),
        answer: ({ column }) => this.replace(chooseTarget(...this.parts(), column)),
      },
      useTemplate: { params: v.object({ name: v.string() }), answer: ({ name }) => this.applyTemplate(name) },
      row: { params: v.object({ row: v.number() }), answer: ({ row }) => this.session.previewRow(row) },
      countTokens: {
        params: v.object({ texts: v.array(v.string()) }),
        answer: ({ texts }) => this.session.countTokens(texts),
      },
      downloadModel: { params: v.null(), answer: () => this.downloadModel() },
      fineTune: { params: v.null(), answer: () => this.run('lift.fineTuneLocally', document.uri) },
      openAsText: { params: v.null(), answer: () => this.run('vscode.openWith', document.uri, 'default', 2) },
      manageTrust: { params: v.null(), answer: () => this.run('workbench.trust.manage') },
      openTable: { params: v.null(), answer: () => this.openTable() },
    });
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.joinPath(document.uri, '..'), '*.{csv,tsv}'),
    );
    const later = (): void => {
      this.updateLater();
    };
    this.subscriptions = [
      this.connection,
      watcher,
      watcher.onDidChange(later),
      watcher.onDidCreate(later),
      watcher.onDidDelete(later),
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document === document && event.contentChanges.length > 0) later();
      }),
      vscode.workspace.onWillSaveTextDocument((event) => {
        if (event.document === document && panel.active) event.waitUntil(this.takeTyped());
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(later),
      panel.onDidChangeViewState(later),
    ];
    panel.onDidDispose(() => {
      this.dispose();
    });
    panel.webview.html = pageHtml(panel.webview, extensionUri, 'recipe', 'LIFT');
  }

  private firstState(): RecipeViewState {
    this.session.takeText(this.document.getText());
    this.updateLater(0);
    return this.session.view(vscode.workspace.isTrusted);
  }

  /** Text first, so that the page follows at once; then table and model, which take longer. */
  private updateLater(delay = settleMs): void {
    clearTimeout(this.settle);
    this.settle = setTimeout(() => {
      this.update().catch((error: unknown) => {
        log.error('The prompt editor could not be brought up to date.', error);
      });
    }, delay);
  }

  private async update(): Promise<void> {
    this.session.takeText(this.document.getText());
    const show = (): void => {
      this.connection.send('state', this.session.view(vscode.workspace.isTrusted));
    };
    await this.session.update(show);
    show();
  }

  /** Edits are applied one after the other: each is computed on the text that the one before has left. */
  private edit(changes: readonly RecipeChange[]): Promise<void> {
    const next = this.editing.then(() => this.apply(changes));
    this.editing = next.catch(() => undefined);
    return next;
  }

  /** What was typed in the page a moment ago is saved too. */
  private takeTyped(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.connection.send('send', null);
    });
  }

  private allTyped(): void {
    for (const told of this.waiting.splice(0)) told();
  }

  private async apply(changes: readonly RecipeChange[]): Promise<void> {
    const before = this.document.getText();
    const { start, end, text } = changedRange(before, applyChanges(before, changes));
    if (start === end && text === '') return;
    const range = new vscode.Range(this.document.positionAt(start), this.document.positionAt(end));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(this.document.uri, range, text);
    if (!(await vscode.workspace.applyEdit(edit))) {
      throw new LiftError(
        'file-unwritable',
        vscode.l10n.t('The recipe could not be changed.'),
        vscode.l10n.t('Is the file read-only?'),
      );
    }
  }

  private parts(): [Recipe, RecipeSession['understood']['table']] {
    const { recipe, table } = this.session.understood;
    return [recipe, table];
  }

  private async replace(next: Recipe): Promise<void> {
    await this.edit(changesBetween(this.session.understood.recipe, next));
  }

  private async applyTemplate(name: string): Promise<void> {
    if (!isBuiltinTemplateName(name))
      throw new LiftError('template-invalid', vscode.l10n.t('There is no template “{0}”.', name));
    const [recipe, table] = this.parts();
    await this.replace(useTemplate(recipe, name, table.columns));
  }

  /** Runs a command on the document as the page has left it. */
  private async run(command: string, ...args: unknown[]): Promise<void> {
    await this.editing;
    await vscode.commands.executeCommand(command, ...args);
  }

  private async downloadModel(): Promise<void> {
    await this.run('lift.downloadModel', this.session.understood.recipe.model.id);
    await this.update();
  }

  private async openTable(): Promise<void> {
    const path = this.session.datasetPath;
    if (path !== undefined)
      await vscode.window.showTextDocument(vscode.Uri.file(path), { viewColumn: vscode.ViewColumn.Beside });
  }

  private dispose(): void {
    clearTimeout(this.settle);
    this.session.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

/** `*.lift.json` opens in the prompt editor. */
export function registerRecipeEditor(context: vscode.ExtensionContext, speed: MachineSpeed): void {
  context.subscriptions.push(
    vscode.window.registerCustomEditorProvider(
      viewType,
      {
        resolveCustomTextEditor: (document, panel) => {
          new RecipeEditor(document, panel, context.extensionUri, speed);
        },
      },
      { supportsMultipleEditorsPerDocument: true },
    ),
  );
}
