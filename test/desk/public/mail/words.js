/** Interface texts in two languages; labels change with the language, structure does not. */
const WORDS = {
  en: {
    compose: 'Compose', inbox: 'Inbox', sent: 'Sent', drafts: 'Drafts', settings: 'Settings', search: 'Search mail', newMessage: 'New Message', to: 'To', cc: 'Cc', bcc: 'Bcc', recipients: 'Recipients',
    subject: 'Subject', body: 'Message Body', send: 'Send', archive: 'Send & archive', more: 'More send options', schedule: 'Schedule send', pick: 'Pick date & time', tomorrow: 'Tomorrow morning',
    afternoon: 'Tomorrow afternoon', monday: 'Monday morning', minimize: 'Minimise', full: 'Full screen (Shift for pop-out)', close: 'Save & close', reply: 'Reply', discard: 'Discard draft', quoted: 'Show trimmed content',
    gone: 'Message sent', gonePlanned: 'Send scheduled', goneArchived: 'Conversation archived. Message sent', undo: 'Undo', undone: 'Sending undone', late: 'Too late to undo', noRecipient: 'Specify at least one recipient.', ok: 'OK',
    cancel: 'Cancel', wrote: 'wrote:', back: 'Back to inbox', format: 'Formatting options', remove: 'Press delete to remove this chip', failed: 'The server did not take the message. It is still here.',
  },
  de: {
    compose: 'Schreiben', inbox: 'Posteingang', sent: 'Gesendet', drafts: 'Entwürfe', settings: 'Einstellungen', search: 'In E-Mails suchen', newMessage: 'Neue Nachricht', to: 'An', cc: 'Cc', bcc: 'Bcc', recipients: 'Empfänger',
    subject: 'Betreff', body: 'Nachrichtentext', send: 'Senden', archive: 'Senden & archivieren', more: 'Weitere Sendeoptionen', schedule: 'Senden planen', pick: 'Datum und Uhrzeit auswählen', tomorrow: 'Morgen früh',
    afternoon: 'Morgen Nachmittag', monday: 'Montag früh', minimize: 'Minimieren', full: 'Vollbild (Umschalttaste für Pop-out)', close: 'Speichern und schließen', reply: 'Antworten', discard: 'Entwurf löschen', quoted: 'Gekürzten Inhalt anzeigen',
    gone: 'Nachricht gesendet', gonePlanned: 'Senden geplant', goneArchived: 'Konversation archiviert. Nachricht gesendet', undo: 'Rückgängig', undone: 'Senden rückgängig gemacht', late: 'Zu spät für Rückgängig', noRecipient: 'Gib mindestens einen Empfänger an.', ok: 'OK',
    cancel: 'Abbrechen', wrote: 'schrieb:', back: 'Zurück zum Posteingang', format: 'Formatierungsoptionen', remove: 'Zum Entfernen Entf drücken', failed: 'Der Server hat die Nachricht nicht angenommen. Sie ist noch hier.',
  },
}

export const language = new URLSearchParams(location.search).get('hl') === 'de' ? 'de' : 'en'
export const words = WORDS[language]
document.documentElement.lang = language

const mac = navigator.platform.startsWith('Mac')

/** A label with its shortcut as Gmail writes it: the shortcut stands between two direction marks. */
export function withKeys(label, keys) {
  const said = mac ? keys.replace('Ctrl', '⌘').replaceAll('-', '') : keys.replace('Ctrl', language === 'de' ? 'Strg' : 'Ctrl')
  return `${label} \u202a(${said})\u202c`
}
