<?php
/**
 * Plugin Name: Ludgate
 * Description: Tells the gate in front of this site which pages have changed, and what its rules can ask about a story.
 *
 * Copy this file to wp-content/mu-plugins/ and add to wp-config.php:
 *
 *   define('LUDGATE_URL', 'http://127.0.0.1:8080/-/purge');
 *   define('LUDGATE_SECRET', 'the word in the gate\'s data/webhook-secret');
 */

defined('ABSPATH') || exit;

/** The pages that show a story, or that it is listed on. */
function ludgate_pages(WP_Post $post): array
{
    $pages = [get_permalink($post), home_url('/'), get_feed_link(), get_author_posts_url((int) $post->post_author)];
    foreach (get_object_taxonomies($post->post_type) as $taxonomy) {
        foreach (get_the_terms($post, $taxonomy) ?: [] as $term) {
            $pages[] = get_term_link($term);
            $pages[] = get_term_feed_link($term->term_id, $taxonomy);
        }
    }
    $time = strtotime($post->post_date);
    $pages[] = get_month_link(gmdate('Y', $time), gmdate('m', $time));
    $pages[] = get_day_link(gmdate('Y', $time), gmdate('m', $time), gmdate('d', $time));
    return array_values(array_unique(array_filter($pages, 'is_string')));
}

/** Has the gate forget pages. A gate that doesn't answer holds nobody up for long. */
function ludgate_purge(array $pages): void
{
    if (!defined('LUDGATE_URL') || !defined('LUDGATE_SECRET') || !$pages) {
        return;
    }
    $body = wp_json_encode(['urls' => $pages]);
    $time = time();
    $answer = wp_remote_post(LUDGATE_URL, [
        'timeout' => 2,
        'redirection' => 0,
        'headers' => [
            'Content-Type' => 'application/json',
            'Ludgate-Signature' => "t=$time,v1=" . hash_hmac('sha256', "$time.$body", LUDGATE_SECRET),
        ],
        'body' => $body,
    ]);
    if (is_wp_error($answer) || wp_remote_retrieve_response_code($answer) !== 200) {
        error_log('Ludgate was not told of a change: '
            . (is_wp_error($answer) ? $answer->get_error_message() : trim(wp_remote_retrieve_body($answer))));
    }
}

// Once a story is saved with its sections and tags: published, corrected, taken down.
add_action('wp_after_insert_post', function (int $id, WP_Post $post, bool $update, ?WP_Post $before): void {
    if (wp_is_post_revision($post) || wp_is_post_autosave($post)) {
        return;
    }
    $was = $before && $before->post_status === 'publish';
    if ($post->post_status === 'publish' || $was) {
        ludgate_purge(array_merge($was ? ludgate_pages($before) : [], ludgate_pages($post)));
    }
}, 10, 4);

add_action('before_delete_post', function (int $id, WP_Post $post): void {
    if ($post->post_status === 'publish') {
        ludgate_purge(ludgate_pages($post));
    }
}, 10, 2);

// A comment is a part of its story's page.
foreach (['comment_post', 'edit_comment', 'wp_set_comment_status', 'deleted_comment'] as $change) {
    add_action($change, function (int $id): void {
        $comment = get_comment($id);
        $post = $comment ? get_post((int) $comment->comment_post_ID) : null;
        if ($post && $post->post_status === 'publish') {
            ludgate_purge([get_permalink($post)]);
        }
    });
}

// What the gate's rules can ask about a story. The custom field `ludgate_tier` makes one `free`, `metered` or `locked`.
add_action('wp_head', function (): void {
    $post = is_singular() ? get_post() : null;
    if (!$post) {
        return;
    }
    $names = fn (string $taxonomy): array => array_column(get_the_terms($post, $taxonomy) ?: [], 'name');
    $facts = [
        'content_tier' => array_filter([get_post_meta($post->ID, 'ludgate_tier', true)]),
        'section' => array_slice($names('category'), 0, 1),
        'tag' => $names('post_tag'),
        'author' => [get_the_author_meta('display_name', (int) $post->post_author)],
        'published_time' => [get_post_time('c', true, $post)],
    ];
    foreach ($facts as $name => $values) {
        foreach ($values as $value) {
            printf("<meta property=\"article:%s\" content=\"%s\">\n", $name, esc_attr((string) $value));
        }
    }
}, 5);

// Readers search headlines and excerpts: whether a word is found must not tell what is behind the wall.
add_filter('posts_search', function (string $search): string {
    global $wpdb;
    if (is_admin() || current_user_can('edit_posts') || (defined('LUDGATE_SEARCH_STORIES') && LUDGATE_SEARCH_STORIES)) {
        return $search;
    }
    $quoted = "'(?:[^'\\\\]|\\\\.)*'";
    return (string) preg_replace("/ (?:OR|AND) \\($wpdb->posts\\.post_content (?:NOT )?LIKE $quoted\\)/s", '', $search);
});
add_filter('posts_search_orderby', fn (string $order): string => is_admin() ? $order : '');
