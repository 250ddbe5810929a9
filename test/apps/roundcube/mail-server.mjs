import { chownSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/**
 * The receiving side of the mail: takes by SMTP what the application sends and puts each message, as the bytes it is, into the recipient's mailbox (a Maildir).
 * `owner` is the user and group that the IMAP server reads it as, null for our own.
 */
export function startMailServer({ mailbox, port, owner }) {
  let count = 0
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], logger: false,
    onData(stream, session, done) {
      const chunks = []
      stream.on('data', (chunk) => chunks.push(chunk))
      stream.on('end', () => {
        try {
          const name = `${Date.now()}.${process.pid}_${count++}.lakeside`
          const written = join(mailbox, 'tmp', name)
          writeFileSync(written, Buffer.concat(chunks))
          if (owner) chownSync(written, owner.uid, owner.gid)
          renameSync(written, join(mailbox, 'new', name))
          done()
        } catch (error) {
          done(error)
        }
      })
    },
  })
  return new Promise((resolve, reject) => {
    server.on('error', reject)
    server.listen(port, '127.0.0.1', () => resolve({ close: () => new Promise((closed) => server.close(closed)) }))
  })
}

/** Makes an empty Maildir. */
export function makeMailbox(mailbox, owner) {
  for (const folder of ['', 'cur', 'new', 'tmp']) {
    mkdirSync(join(mailbox, folder), { recursive: true })
    if (owner) chownSync(join(mailbox, folder), owner.uid, owner.gid)
  }
}

/** Reads the messages of a Maildir folder, oldest first: `{ raw, subject, to, text, html }`. `text` and `html` are the decoded parts as they are, null where there is none. */
export async function readMailbox(mailbox) {
  const files = ['cur', 'new'].flatMap((folder) => readdirSync(join(mailbox, folder)).map((name) => ({ name, path: join(mailbox, folder, name) })))
  files.sort((a, b) => (a.name < b.name ? -1 : 1))
  return Promise.all(files.map(async ({ path }) => {
    const raw = readFileSync(path)
    const mail = await PostalMime.parse(raw)
    return { raw: raw.toString('latin1'), subject: mail.subject ?? '', to: (mail.to ?? []).map(({ address }) => address ?? ''), text: mail.text ?? null, html: mail.html ?? null }
  }))
}
