/** Brings the inspector into view when it opens, and the focus into it when somebody enters it. */
export class InspectorFocus {
  private wasOpen = false;
  private enters = false;

  constructor(private readonly root: HTMLElement) {}

  /** The focus goes there as soon as it tells about the row. */
  enter(): void {
    this.enters = true;
  }

  /** It is brought into view again although it is open. */
  showAgain(): void {
    this.wasOpen = false;
  }

  /** @param isOld whether it still tells about the row before */
  drawn(isOld: boolean): void {
    const inspector = this.root.querySelector('.inspector');
    // In a narrow view it stands below the rows, perhaps out of sight.
    if (inspector && !this.wasOpen) inspector.scrollIntoView({ block: 'nearest' });
    this.wasOpen = inspector !== null;
    if (!this.enters || isOld) return;
    this.enters = false;
    inspector?.querySelector<HTMLElement>('h2')?.focus();
  }
}
