<?php
/**
 * Installs WordPress into an empty database and fills it with stories. Prints
 * what there is, as JSON: of each story where it is, and the word in each of its
 * paragraphs by which that is recognised.
 *
 *   php install.php FOLDER-OF-WORDPRESS FOLDER-OF-THIS
 */

define('WP_INSTALLING', true);
$home = parse_url(getenv('WORDPRESS_TEST_HOME'));
$_SERVER['HTTP_HOST'] = $home['host'] . (isset($home['port']) ? ':' . $home['port'] : '');
$_SERVER['REQUEST_URI'] = '/';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['REQUEST_METHOD'] = 'GET';
require "$argv[1]/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/image.php';
require "$argv[2]/stories.php";

// Nobody is written to.
function wp_mail(): bool
{
    return true;
}

wp_install('The Stanner Post', 'admin', 'admin@post.example', true, '', 'the admin of the tests');
wp_delete_post(1, true);
wp_delete_post(2, true);
update_option('permalink_structure', '/%year%/%monthnum%/%postname%/');
update_option('posts_per_page', 6);
update_option('posts_per_rss', 30);
update_option('timezone_string', 'UTC');
update_option('comment_moderation', 1);
update_option('show_avatars', 0);
update_option('thread_comments', 1);
update_option('users_can_register', 1);
switch_theme('twentytwentythree');
foreach (['editor', 'subscriber'] as $role) {
    wp_insert_user([
        'user_login' => $role, 'user_pass' => "the $role of the tests", 'role' => $role,
        'user_email' => "$role@post.example", 'display_name' => ucfirst($role),
    ]);
}
// The tour of the block editor stands before what a test wants to click on.
foreach (get_users() as $user) {
    update_user_meta($user->ID, $GLOBALS['wpdb']->prefix . 'persisted_preferences', [
        'core/edit-post' => ['welcomeGuide' => false], '_modified' => gmdate('c'),
    ]);
}
wp_set_current_user(get_user_by('login', 'editor')->ID);
kses_remove_filters();
// Stories are made one after the other, not told to the gate, which isn't there yet.
remove_all_actions('wp_after_insert_post');

$GLOBALS['wp_rewrite']->init();
create_initial_taxonomies();
echo json_encode(stories(), JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR);
flush_rewrite_rules();
