/** Whether a surface beside an editor with this background should be light or dark. `color`: any CSS colour; see-through and unknown ones count as light. */
export function themeFor(color: string): 'light' | 'dark' {
  if (color !== judged.color) judged = { color, theme: judge(color) } // Asked in every frame that shows something of ours.
  return judged.theme
}
let judged: { readonly color: string; readonly theme: 'light' | 'dark' } = { color: '#fff', theme: 'light' }

function judge(color: string): 'light' | 'dark' {
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  if (!context) return 'light'
  context.fillStyle = '#fff'
  context.fillRect(0, 0, 1, 1)
  context.fillStyle = color // An unknown colour leaves white in place.
  context.fillRect(0, 0, 1, 1)
  const [r = 255, g = 255, b = 255] = context.getImageData(0, 0, 1, 1).data
  return luminance(r) * 0.2126 + luminance(g) * 0.7152 + luminance(b) * 0.0722 > 0.18 ? 'light' : 'dark'
}

/** One channel, 0 to 255, as linear light. */
function luminance(channel: number): number {
  const value = channel / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}
