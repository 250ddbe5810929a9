import { chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync, chmodSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, listening, run, start } from '../program.ts'
import { makeMailbox, readMailbox, startMailServer, type Mail, type Owner } from './mail-server.mjs'

/** Roundcube as Debian packs it, on PHP's own server, with Dovecot for IMAP. What it sends is taken by a mail server of ours, which puts it into the mailbox of Marta. */

const PACKAGED = '/var/lib/roundcube'
export const SENDER = 'dana@lakeside.example'
export const RECEIVER = 'marta@lakeside.example'
export const PASSWORD = 'practice-only-on-loopback'

export interface Roundcube {
  readonly url: string
  readonly version: string
  /** What has arrived, oldest first. */
  readonly arrived: () => Promise<readonly Mail[]>
  /** What lies in one of the sender's folders. */
  readonly kept: (folder: 'Drafts' | 'Sent') => Promise<readonly Mail[]>
  readonly close: () => Promise<void>
}

const CONFIG = (folder: string, imap: number, smtp: number): string => `<?php
$config = [];
$config['db_dsnw'] = 'sqlite:///${folder}/roundcube.db?mode=0600';
$config['imap_host'] = '127.0.0.1:${imap}';
$config['smtp_host'] = '127.0.0.1:${smtp}';
$config['smtp_user'] = '';
$config['smtp_pass'] = '';
$config['des_key'] = 'practiceOnPracticeOnPr12';
$config['temp_dir'] = '${folder}/temp';
$config['log_dir'] = '${folder}/logs';
$config['log_driver'] = 'file';
$config['plugins'] = [];
$config['skin'] = 'elastic';
$config['language'] = 'en_US';
$config['enable_spellcheck'] = false;
$config['drafts_mbox'] = 'Drafts';
$config['sent_mbox'] = 'Sent';
$config['create_default_folders'] = true;
$config['draft_autosave'] = 0;
$config['session_lifetime'] = 60;
$config['x_frame_options'] = 'sameorigin';
`

const DOVECOT = (folder: string, port: number, { uid, gid }: Owner, asRoot: boolean, user: string): string => `
protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/dovecot
state_dir = ${folder}/dovecot-state
log_path = ${folder}/dovecot.log
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:${folder}/mail/%n
mail_uid = ${uid}
mail_gid = ${gid}
first_valid_uid = ${uid}
first_valid_gid = ${gid}
${asRoot ? '' : `default_internal_user = ${user}\ndefault_login_user = ${user}\ndefault_internal_group = ${user}\n`}
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}/mail/%n allow_all_users=yes
}
namespace inbox {
  inbox = yes
  separator = /
}
service imap-login {
  ${asRoot ? '' : 'chroot ='}
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  ${asRoot ? '' : 'chroot ='}
}
service stats {
  ${asRoot ? '' : 'chroot ='}
}
`

/** Serves the files of the public folder and nothing above it, as the package's own web server settings do. */
const ROUTER = `<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path !== '/' && is_file($_SERVER['DOCUMENT_ROOT'] . $path)) return false;
$_SERVER['SCRIPT_NAME'] = '/index.php';
require $_SERVER['DOCUMENT_ROOT'] . '/index.php';
`

/** Dovecot refuses to read mail as root; this user is on every Debian. */
async function mailOwner(): Promise<{ owner: Owner; user: string; asRoot: boolean }> {
  const asRoot = process.getuid?.() === 0
  const user = (await run('id', ['-un', ...(asRoot ? ['www-data'] : [])])).trim()
  return { user, asRoot, owner: { uid: Number(await run('id', ['-u', user])), gid: Number(await run('id', ['-g', user])) } }
}

/** @throws Error with the programs' own words when a server does not start. */
export async function startRoundcube(): Promise<Roundcube> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-roundcube-'))
  const stops: (() => Promise<void>)[] = []
  const close = async (): Promise<void> => {
    for (const stop of stops.reverse()) await stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
  try {
    const { owner, user, asRoot } = await mailOwner()
    chmodSync(folder, 0o755)
    for (const name of ['temp', 'logs', 'mail']) mkdirSync(join(folder, name))
    chownSync(join(folder, 'mail'), owner.uid, owner.gid)
    const mailboxes = { dana: join(folder, 'mail', 'dana'), marta: join(folder, 'mail', 'marta') }
    for (const mailbox of Object.values(mailboxes)) makeMailbox(mailbox, asRoot ? owner : null)

    const [imap, smtp, web] = [await freePort(), await freePort(), await freePort()]
    writeFileSync(join(folder, 'dovecot.conf'), DOVECOT(folder, imap, owner, asRoot, user))
    const dovecot = start('/usr/sbin/dovecot', ['-F', '-c', join(folder, 'dovecot.conf')])
    stops.push(() => dovecot.stop())
    await listening({ port: imap }, dovecot)
    const mail = await startMailServer({ mailbox: mailboxes.marta, port: smtp, owner: asRoot ? owner : null })
    stops.push(() => mail.close())

    const config = join(folder, 'config')
    mkdirSync(config)
    for (const name of ['defaults.inc.php', 'mimetypes.php']) if (existsSync(join(PACKAGED, 'config', name))) cpSync(join(PACKAGED, 'config', name), join(config, name), { dereference: true })
    writeFileSync(join(config, 'config.inc.php'), CONFIG(folder, imap, smtp))
    writeFileSync(join(folder, 'router.php'), ROUTER)
    const root = join(PACKAGED, 'public_html')
    const php = start('php', ['-d', 'opcache.enable_cli=1', '-d', `session.save_path=${join(folder, 'temp')}`, '-S', `127.0.0.1:${web}`, '-t', root, join(folder, 'router.php')], { cwd: root, env: { PHP_CLI_SERVER_WORKERS: '4', ROUNDCUBE_CONFIG_DIR: config } })
    stops.push(() => php.stop())
    await listening({ port: web }, php)
    return {
      url: `http://127.0.0.1:${web}`, version: packagedVersion(), close,
      arrived: () => readMailbox(mailboxes.marta),
      kept: (name) => (existsSync(join(mailboxes.dana, `.${name}`)) ? readMailbox(join(mailboxes.dana, `.${name}`)) : Promise.resolve([])),
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Version as the application says it of itself. */
export function packagedVersion(): string {
  return /RCMAIL_VERSION', '([^']+)'/.exec(readFileSync(join(PACKAGED, 'program', 'include', 'iniset.php'), 'utf8'))?.[1] ?? 'unknown'
}
