/**
 * What really reached the server. A message counts from the moment it arrives; "Undo send" takes it out again and hands its draft back.
 * Notes and autosaved drafts arrive too, but are kept apart: they are not sends.
 */
export function createOutbox({ undoMs, now = Date.now }) {
  const listeners = new Set()
  let next = 1
  let state = empty()

  function empty() {
    return { sent: [], recalled: [], notes: [], drafts: new Map() }
  }

  function tell() {
    for (const listener of listeners) listener(counts())
  }

  function counts() {
    return { mail: of('mail').length, crm: of('crm').length, cms: of('cms').length }
  }

  function of(app) {
    return app ? state.sent.filter((message) => message.app === app) : [...state.sent]
  }

  return {
    /** Takes a send. `via` is how it came: `fetch` or a native `form` post. Returns the stored message. */
    receive(message, via = 'fetch') {
      const stored = {
        id: `m${next++}`, app: text(message.app), kind: text(message.kind) || 'send', via, at: new Date(now()).toISOString(),
        subject: text(message.subject), to: names(message.to), cc: names(message.cc), bcc: names(message.bcc),
        text: text(message.text), html: text(message.html), quoted: text(message.quoted), excerpt: text(message.excerpt),
        when: text(message.when), as: text(message.as), undoUntil: message.undo ? now() + undoMs : 0,
      }
      state.sent.push(stored)
      tell()
      return stored
    },
    /** Undo send: gives the message back if it is still held, otherwise null. */
    recall(id) {
      const index = state.sent.findIndex((message) => message.id === id && message.undoUntil > now())
      if (index < 0) return null
      const [message] = state.sent.splice(index, 1)
      state.recalled.push(message)
      tell()
      return message
    },
    note(note) {
      const stored = { id: `n${next++}`, app: text(note.app), kind: text(note.kind) || 'note', at: new Date(now()).toISOString(), text: text(note.text), html: text(note.html) }
      state.notes.push(stored)
      return stored
    },
    saveDraft(draft) {
      const id = text(draft.id) || `d${next++}`
      state.drafts.set(id, { ...draft, id })
      return id
    },
    draft: (id) => state.drafts.get(id) ?? null,
    drafts: () => [...state.drafts.values()],
    sent: of,
    recalled: () => [...state.recalled],
    notes: () => [...state.notes],
    counts,
    reset() {
      state = empty()
      tell()
    },
    /** Calls back with the counts after each change. Returns the undo. */
    watch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function text(value) {
  return typeof value === 'string' ? value : ''
}

function names(value) {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : []
}
