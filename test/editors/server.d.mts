export function startEditors(): Promise<{ readonly url: string; readonly close: () => Promise<void> }>
