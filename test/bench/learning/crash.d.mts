export interface CrashResult { readonly kills: number; readonly browsers: number; readonly acknowledged: number; readonly lost: number; readonly broken: number; readonly resumed: number }
export function crashRuns(options: { readonly runs: number; readonly seed?: number; readonly say?: (text: string) => void; readonly rows?: number }): Promise<CrashResult>
