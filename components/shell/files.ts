/** Hands a text, in one or more pieces, to the person as a file. */
export function download(name: string, pieces: readonly string[], type = 'application/json'): void {
  const address = URL.createObjectURL(new Blob([...pieces], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has its own reference by the next task; holding on would keep the text in memory.
  setTimeout(() => URL.revokeObjectURL(address), 0)
}

/** As `download`, for a text that is made piece by piece. */
export async function downloadPieces(name: string, pieces: AsyncIterable<string>, type?: string): Promise<void> {
  const made: string[] = []
  for await (const piece of pieces) made.push(piece)
  download(name, made, type)
}

/**
 * As `download`, for what may be larger than memory: the pieces are written to a file in the extension's own storage as they come, and that file is handed over.
 * It is removed when the next one is made.
 */
export async function downloadStream(name: string, pieces: AsyncIterable<string>, type: string): Promise<void> {
  const folder = await navigator.storage.getDirectory()
  const file = await folder.getFileHandle('export', { create: true })
  const writer = await file.createWritable()
  try {
    for await (const piece of pieces) await writer.write(piece)
    await writer.close()
  } catch (error) {
    await writer.abort()
    throw error
  }
  const whole = await file.getFile()
  const address = URL.createObjectURL(whole.slice(0, whole.size, type))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 0)
}

/** A name that sorts by day: `countersign-ledger-2026-11-23.jsonl`. */
export function fileName(stem: string, extension: string, now: number): string {
  return `countersign-${stem}-${new Date(now).toISOString().slice(0, 10)}.${extension}`
}

/** The message of whatever was thrown, for a sentence in the interface. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
