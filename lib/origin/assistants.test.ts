import { describe, expect, it } from 'vitest'
import { assistantIn, type ElementLook } from './index.ts'

/** Element name, then what it says; in `[...]` what it is called in the page. */
const lookOf = (look: readonly string[]): ElementLook[] => look.map((one) => ({ said: one.replace(/^\S+ ?|\[.*\]/g, ''), named: `${/^\S+/.exec(one)?.[0] ?? ''} ${/\[(.*)\]/.exec(one)?.[1] ?? ''}` }))
const asked = (host: string, ...look: string[]) => assistantIn(lookOf(look), host)

describe('assistants inside applications', () => {
  it.each([
    ['Gemini', 'mail.google.com', 'DIV Help me write button'],
    ['Gemini', 'mail.google.com', 'BUTTON Insérer', 'DIV Panneau latéral Gemini'],
    ['Copilot', 'outlook.office.com', 'BUTTON Keep it', 'DIV ', 'DIV Draft with Copilot'],
    ['HubSpot Breeze', 'app.hubspot.com', 'BUTTON Einfügen', 'SECTION Breeze Assistant'],
    ['Salesforce Einstein', 'acme.lightning.force.com', 'BUTTON Draft with Einstein'],
    ['Agentforce', 'acme.my.salesforce.com', 'BUTTON x', 'DIV [agentforce-panel]'],
    ['Zendesk AI', 'acme.zendesk.com', 'BUTTON [generative-toolbar]'],
    ['Intercom Fin', 'app.intercom.com', 'BUTTON Add to composer', 'DIV [fin-composer-panel]'],
    ['Jetpack AI', 'blog.example', 'BUTTON Accept', 'DIV [jetpack-ai-assistant-bar]'],
    ['WordPress AI', 'wordpress.com', 'BUTTON Insert', 'DIV [ai-assistant]'],
    ['Notion AI', 'www.notion.so', 'DIV Ask Notion AI'],
    ['Grammarly', 'mail.google.com', 'GRAMMARLY-EXTENSION'],
    ['Copilot', 'any.example', 'BUTTON [copilotInsertButton]'],
  ])('%s on %s', (product, host, ...look) => {
    expect(asked(host, ...look)).toEqual({ product })
  })

  it.each([
    ['any.example', 'BUTTON Insert'], ['any.example', 'BUTTON AI'], ['any.example', 'A Send mail'], ['any.example', 'SPAN Claude Martin'], ['any.example', 'SPAN Albert Einstein'],
    ['any.example', 'BUTTON Gemini (21 May to 20 June)'], ['any.example', 'DIV [fin-panel]'], ['app.intercom.com', 'BUTTON Finish', 'DIV [findings]'], ['nothubspot.com', 'BUTTON Breeze'],
    ['mail.google.com', 'BUTTON Send'], ['any.example', 'BUTTON Insert', 'DIV [grid-template-areas templates]'], ['any.example', 'BUTTON Insert', 'DIV', 'DIV', 'MAIN Templates'], ['any.example', 'DIV [domain-aimee-copiloting]'],
  ])('nobody on %s: %s', (host, ...look) => {
    expect(asked(host, ...look)).toBeNull()
  })

  it('knows controls for prepared text, and lets the innermost name count', () => {
    expect(asked('any.example', 'BUTTON Templates')).toEqual({ product: null })
    expect(asked('any.example', 'BUTTON Use snippet', 'DIV Copilot pane')).toEqual({ product: null })
    expect(asked('any.example', 'BUTTON Draft with Copilot', 'DIV templates')).toEqual({ product: 'Copilot' })
  })
})
