/** Stroke icons on a 16 by 16 grid, drawn for this product. */
const PATHS = {
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3L13.5 13.5',
  inbox: 'M2.5 9l2-5.5h7l2 5.5v4h-11zM2.5 9h3.3l.8 1.5h2.8l.8-1.5h3.3',
  clock: 'M8 13.8A5.8 5.8 0 1 0 8 2.2a5.8 5.8 0 0 0 0 11.6zM8 5v3.2l2.1 1.3',
  document: 'M4 2.2h5l3 3v8.6H4zM9 2.2v3h3M6 8.4h4M6 11h4',
  chevronDown: 'M4 6l4 4 4-4',
  chevronLeft: 'M10 4L6 8l4 4',
  chevronRight: 'M6 4l4 4-4 4',
  close: 'M4 4l8 8M12 4l-8 8',
  attach: 'M12.5 7.5l-4.8 4.8a2.8 2.8 0 0 1-4-4L8.8 3.2a1.9 1.9 0 0 1 2.7 2.7l-4.9 4.9',
  image: 'M2.5 3.5h11v9h-11zM2.8 11l3.2-3.5 2.7 2.8 1.8-1.8 2.7 2.5M10.5 6.2h.01',
  clipboard: 'M5.5 3.5H3.8v10h8.4v-10h-1.7M5.5 2.5h5v2.4h-5z',
  lock: 'M4 7.2h8v6H4zM5.6 7.2V5.1a2.4 2.4 0 0 1 4.8 0v2.1',
  warning: 'M8 2.4l6 10.8H2zM8 6.6v3M8 11.4v.1',
  check: 'M3.2 8.6l3.1 3.1 6.5-7.2',
  flag: 'M4 13.5v-11h8l-1.8 3 1.8 3H4',
  pencil: 'M2.5 13.5h11M4 10.8l.4-2.2 6-6 2 2-6 6z',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  filter: 'M2.5 4h11M4.5 8h7M6.5 12h3',
  unread: 'M2.5 2.5l11 11M5 5.6A3.3 3.3 0 0 0 4.8 12h6.4M7 4.2a3.6 3.6 0 0 1 4.5 3.1 2.5 2.5 0 0 1 2 3.6',
  inserted: 'M8 2.5v3M8 10.5v3M2.5 8h3M10.5 8h3',
  info: 'M8 13.8A5.8 5.8 0 1 0 8 2.2a5.8 5.8 0 0 0 0 11.6zM8 7.4v3.4M8 5.2v.1',
  history: 'M2.6 8a5.5 5.5 0 1 0 1.7-4L2.6 5.6M2.6 2.6v3h3M8 5.2V8l2 1.4',
  settings: 'M2.5 4.5h6M12 4.5h1.5M2.5 11.5H4M7.5 11.5h6M10.2 6.2a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4zM5.8 13.2a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4z',
  eye: 'M1.8 8S4 4 8 4s6.2 4 6.2 4S12 12 8 12 1.8 8 1.8 8zM8 9.6a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2z',
  reload: 'M13 3v3.2H9.8M13 6.2A5.3 5.3 0 1 0 13.2 9',
  rules: 'M3 3h3.6c.8 0 1.4.6 1.4 1.4V13c0-.7-.6-1.2-1.4-1.2H3zM13 3H9.4C8.6 3 8 3.6 8 4.4V13c0-.7.6-1.2 1.4-1.2H13z',
  insights: 'M2.5 13.5h11M4.5 11V8M8 11V4M11.5 11V6.5',
  team: 'M6 7.5a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6zM1.8 13c.4-2.2 2-3.4 4.2-3.4s3.8 1.2 4.2 3.4M10.6 3.2a2.3 2.3 0 0 1 0 4.1M12 9.9c1.2.5 2 1.6 2.2 3.1',
  ledger: 'M3 5.5h4v5H3zM9 5.5h4v5H9zM7 8h2',
  print: 'M4.5 6V2.5h7V6M4.5 11H2.8V6h10.4v5h-1.7M4.5 9h7v4.5h-7z',
  plus: 'M8 3v10M3 8h10',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  download: 'M8 2.5v8M4.8 7.5L8 10.7l3.2-3.2M3 13.5h10',
  upload: 'M8 10.7v-8M4.8 5.7L8 2.5l3.2 3.2M3 13.5h10',
  link: 'M6.8 9.2a2.4 2.4 0 0 0 3.4 0l2.2-2.2A2.4 2.4 0 0 0 9 3.6l-.7.7M9.2 6.8a2.4 2.4 0 0 0-3.4 0L3.6 9A2.4 2.4 0 0 0 7 12.4l.7-.7',
  mail: 'M2.2 4h11.6v8.4H2.2zM2.5 4.4L8 8.8l5.5-4.4',
  globe: 'M8 13.8A5.8 5.8 0 1 0 8 2.2a5.8 5.8 0 0 0 0 11.6zM2.4 8h11.2M8 2.2c2 1.8 2.6 3.6 2.6 5.8S10 12 8 13.8C6 12 5.4 10.2 5.4 8S6 4 8 2.2z',
  arrowRight: 'M3 8h10M9 4l4 4-4 4',
  trash: 'M3 4.5h10M6.5 4.5V3h3v1.5M4.3 4.5l.6 9h6.2l.6-9',
  keyboard: 'M2 4.5h12v7H2zM4.5 7h.01M7 7h.01M9.5 7h.01M12 7h.01M5.5 9.4h5',
  side: 'M2.5 3h11v10h-11zM9.8 3v10',
  undo: 'M5.6 3.2L2.8 6l2.8 2.8M2.8 6h6.4a3.6 3.6 0 0 1 0 7.2H7',
} as const

export type IconName = keyof typeof PATHS

/** Icons that point along the reading direction and turn round right to left. */
const FLIPPED: readonly IconName[] = ['chevronLeft', 'chevronRight', 'arrowRight', 'undo']

/** Decoration only: the words beside it, or the label of its button, carry the meaning. `size` in CSS pixels. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg className={FLIPPED.includes(name) ? 'i flip' : 'i'} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
