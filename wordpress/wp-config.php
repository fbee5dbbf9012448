<?php
/**
 * The configuration of the WordPress that the tests start; `site.sh` says where
 * things are.
 */

define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . getenv('WORDPRESS_TEST_SOCKET'));
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
$table_prefix = 'wp_';

// The address that readers write: it is the gate's.
define('WP_HOME', getenv('WORDPRESS_TEST_HOME'));
define('WP_SITEURL', WP_HOME);

if (($_SERVER['HTTP_X_FORWARDED_PROTO'] ?? '') === 'https') {
    $_SERVER['HTTPS'] = 'on';
}

if (getenv('WORDPRESS_TEST_PURGE')) {
    define('LUDGATE_URL', getenv('WORDPRESS_TEST_PURGE'));
    define('LUDGATE_SECRET', trim((string) @file_get_contents(getenv('WORDPRESS_TEST_SECRET'))));
}

// Salts only need to last as long as the test.
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $of) {
    define("{$of}_KEY", "the key $of of a site that lives for a minute");
    define("{$of}_SALT", "the salt $of of a site that lives for a minute");
}

define('FS_METHOD', 'direct');
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
// Nobody outside is asked for anything but the gate.
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('WP_ACCESSIBLE_HOSTS', '127.0.0.1');

defined('ABSPATH') || define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
