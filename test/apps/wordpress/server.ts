import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, listening, run, start, type Program } from '../program.ts'

/** WordPress as Debian packs it, on PHP's own server, with a MariaDB that only a socket reaches. Everything it writes is in one temporary folder. */

const PACKAGED = '/usr/share/wordpress'
export const PASSWORD = 'practice only, on loopback'
/** The two people of the blog: for one the application opens its block editor, for the other the classic one. */
export const AUTHORS = { block: 'dana', classic: 'marta' } as const
export type Author = keyof typeof AUTHORS

export interface Post {
  readonly id: number
  readonly status: string
  readonly title: string
  /** Exactly as the database keeps it. */
  readonly content: string
  /** UTC, `YYYY-MM-DD HH:MM:SS`. */
  readonly date: string
  /** Kept versions without autosaves. */
  readonly revisions: number
}

export interface WordPress {
  /** `http://127.0.0.1:PORT`, no slash at the end. */
  readonly url: string
  readonly version: string
  /** All posts and pages that are not automatic drafts, oldest first. */
  readonly posts: () => Promise<readonly Post[]>
  readonly post: (id: number) => Promise<Post>
  /** Everything in the table of posts, autosaves and revisions too, as one text: to look for what must not be in it. */
  readonly everything: () => Promise<string>
  /** A post that is there before the test begins, by the block editor's author. */
  readonly make: (post: { readonly title: string; readonly content: string; readonly status: 'publish' | 'draft'; readonly type?: 'post' | 'page' }) => Promise<number>
  readonly close: () => Promise<void>
}

const CONFIG = (socket: string, url: string): string => `<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:${socket}');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('WP_HOME', '${url}');
define('WP_SITEURL', '${url}');
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('WP_DEBUG', false);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
`

/** The application's own switch between its two editors, by author; no mail, and nothing from other hosts: no avatars, no emoji pictures. */
const SWITCH = `<?php
add_filter('use_block_editor_for_post', function ($use) {
  return wp_get_current_user()->user_login === '${AUTHORS.classic}' ? false : $use;
}, 100);
add_filter('pre_wp_mail', '__return_true');
add_filter('pre_option_show_avatars', function () { return '0'; });
add_filter('emoji_svg_url', '__return_false');
remove_action('admin_print_scripts', 'print_emoji_detection_script');
remove_action('wp_head', 'print_emoji_detection_script', 7);
`

const INSTALL = `<?php
define('WP_INSTALLING', true);
require __DIR__ . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Lakeside notes', '${AUTHORS.block}', 'dana@lakeside.example', false, '', '${PASSWORD}');
// The pictures of the block editor's welcome come from another host.
update_user_meta(1, 'wp_persisted_preferences', ['core/edit-post' => ['welcomeGuide' => false], '_modified' => gmdate('c')]);
wp_insert_user(['user_login' => '${AUTHORS.classic}', 'user_pass' => '${PASSWORD}', 'user_email' => 'marta@lakeside.example', 'role' => 'administrator']);
foreach (get_posts(['post_type' => ['post', 'page'], 'post_status' => 'any', 'numberposts' => -1]) as $sample) wp_delete_post($sample->ID, true);
switch_theme('twentytwentythree');
echo $GLOBALS['wp_version'];
`

/** @throws Error with the programs' own words when a server does not start. */
export async function startWordPress(): Promise<WordPress> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-wordpress-'))
  const programs: Program[] = []
  const close = async (): Promise<void> => {
    for (const program of programs.reverse()) await program.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
  try {
    const site = join(folder, 'site')
    cpSync(PACKAGED, site, { recursive: true, dereference: true })
    mkdirSync(join(site, 'wp-content', 'mu-plugins'))
    writeFileSync(join(site, 'wp-content', 'mu-plugins', 'classic-for-one.php'), SWITCH)

    const socket = join(folder, 'db.sock')
    programs.push(await startDatabase(folder, socket))
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    writeFileSync(join(site, 'wp-config.php'), CONFIG(socket, url))
    writeFileSync(join(site, 'install.php'), INSTALL)
    const version = (await run('php', ['install.php'], { cwd: site })).trim().split('\n').at(-1)!
    rmSync(join(site, 'install.php'))
    const php = start('php', ['-d', 'opcache.enable_cli=1', '-S', `127.0.0.1:${port}`, '-t', site], { cwd: site, env: { PHP_CLI_SERVER_WORKERS: '4' } })
    programs.push(php)
    await listening({ port }, php)
    const rows = (where: string): Promise<readonly Post[]> => readPosts(socket, where)
    return {
      url, version, close,
      posts: () => rows("p.post_type IN ('post', 'page') AND p.post_status <> 'auto-draft'"),
      post: async (id) => {
        const found = (await rows(`p.ID = ${Number(id)}`))[0]
        if (!found) throw new Error(`no post ${id}`)
        return found
      },
      make: async ({ title, content, status, type = 'post' }) => {
        const fields = JSON.stringify({ post_title: title, post_content: content, post_status: status, post_type: type, post_author: 1 })
        return Number(await run('php', ['-r', "require 'wp-load.php'; echo wp_insert_post(wp_slash(json_decode(stream_get_contents(STDIN), true)));"], { cwd: site, input: fields }))
      },
      everything: async () => (await query(socket, 'SELECT HEX(CONCAT_WS(CHAR(10), post_title, post_content, post_excerpt)) FROM wp_posts')).map(([hex]) => decode(hex)).join('\n'),
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function startDatabase(folder: string, socket: string): Promise<Program> {
  const data = join(folder, 'db')
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : []
  await run('mariadb-install-db', ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', ...asRoot])
  const database = start('/usr/sbin/mariadbd', ['--no-defaults', `--datadir=${data}`, `--socket=${socket}`, `--pid-file=${join(folder, 'db.pid')}`, '--skip-networking', '--skip-log-bin', '--innodb-flush-log-at-trx-commit=0', ...asRoot])
  await listening({ path: socket }, database)
  await run('mariadb', ['--no-defaults', `--socket=${socket}`, '-uroot', '-e', 'CREATE DATABASE wordpress CHARACTER SET utf8mb4'])
  return database
}

const decode = (hex: string | undefined): string => Buffer.from(hex ?? '', 'hex').toString('utf8')

async function query(socket: string, sql: string): Promise<string[][]> {
  const output = await run('mariadb', ['--no-defaults', `--socket=${socket}`, '-uroot', '--default-character-set=utf8mb4', '-N', '-B', '-D', 'wordpress', '-e', sql])
  return output.split('\n').filter(Boolean).map((line) => line.split('\t'))
}

async function readPosts(socket: string, where: string): Promise<readonly Post[]> {
  const revisions = "(SELECT COUNT(*) FROM wp_posts r WHERE r.post_parent = p.ID AND r.post_type = 'revision' AND r.post_name NOT LIKE '%autosave%')"
  const rows = await query(socket, `SELECT p.ID, p.post_status, HEX(p.post_title), HEX(p.post_content), p.post_date_gmt, ${revisions} FROM wp_posts p WHERE ${where} ORDER BY p.ID`)
  return rows.map(([id, status, title, content, date, count]) => ({ id: Number(id), status: status!, title: decode(title), content: decode(content), date: date!, revisions: Number(count) }))
}

/** Version of the package as its own file says it, for the record of what was tried. */
export function packagedVersion(): string {
  return /\$wp_version = '([^']+)'/.exec(readFileSync(join(PACKAGED, 'wp-includes', 'version.php'), 'utf8'))?.[1] ?? 'unknown'
}
