import type { StoreApi } from 'zustand/vanilla'
import { createStore } from 'zustand/vanilla'
import type { EditorState } from './store.ts'

/** Rules that are being written, by the key of their sheet. They outlive the page that shows them, so that looking elsewhere in the dashboard loses nothing. */
const open = new Map<string, StoreApi<EditorState>>()

/** Those with changes that are not saved, as key and title. */
export const unsaved = createStore<{ readonly sheets: readonly { readonly key: string; readonly title: string }[] }>()(() => ({ sheets: [] }))

/** The open sheet of this key, or null. */
export function openSheet(key: string): StoreApi<EditorState> | null {
  return open.get(key) ?? null
}

/** Keeps a sheet. The returned function is for when nobody shows it any more: then it is kept on only if it holds unsaved changes. */
export function keepSheet(store: StoreApi<EditorState>): () => void {
  const { key } = store.getState().sheet
  open.set(key, store)
  const stop = store.subscribe(announce)
  return () => {
    stop()
    if (!store.getState().dirty && open.get(key) === store) open.delete(key)
    announce()
  }
}

/** Throws what was written away, or forgets it after it was saved. */
export function closeSheet(key: string): void {
  open.delete(key)
  announce()
}

function announce(): void {
  const sheets = [...open.values()].map((store) => store.getState()).filter(({ dirty }) => dirty).map(({ sheet, fields }) => ({ key: sheet.key, title: fields.title?.trim() ?? '' }))
  if (JSON.stringify(sheets) === JSON.stringify(unsaved.getState().sheets)) return
  unsaved.setState({ sheets })
  // The browser asks before the whole dashboard is closed or loaded anew.
  if (sheets.length > 0) addEventListener('beforeunload', hold)
  else removeEventListener('beforeunload', hold)
}

function hold(event: BeforeUnloadEvent): void {
  event.preventDefault()
}
