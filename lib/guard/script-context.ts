/**
 * Stands in for the context that WXT gives each content script. WXT's own tells the page of itself when it starts, by an event and by `postMessage` with the
 * script's name, so that any page could know that Countersign is here. Ours ends older scripts by a word that the page does not know (`lib/messages/succession.ts`).
 */
export class ContentScriptContext {}
