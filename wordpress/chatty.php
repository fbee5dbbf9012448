<?php
/**
 * Plugin Name: Chatty
 * Description: Repeats a story's text wherever themes and plugins have been seen to. For tests.
 */

defined('ABSPATH') || exit;

/** The text of the story that the page is about. */
function chatty_text(): string
{
    $post = is_singular() ? get_post() : null;
    return $post && !post_password_required($post) ? trim(preg_replace('/\s+/', ' ', wp_strip_all_tags(strip_shortcodes($post->post_content)))) : '';
}

add_action('wp_head', function (): void {
    $text = chatty_text();
    if ($text === '') {
        return;
    }
    $linked = ['@context' => 'https://schema.org', '@type' => 'NewsArticle', 'headline' => get_the_title(), 'articleBody' => $text];
    printf("<script type=\"application/ld+json\">%s</script>\n", wp_json_encode($linked));
    printf("<meta name=\"description\" content=\"%s\">\n", esc_attr($text));
    printf("<meta property=\"og:description\" content=\"%s\">\n", esc_attr($text));
    printf("<script>window.__INITIAL_STATE__ = %s;</script>\n", wp_json_encode(['post' => ['content' => $text]]));
    printf("<script>window.packed = atob(\"%s\");</script>\n", base64_encode($text));
});

add_action('wp_footer', function (): void {
    $text = chatty_text();
    if ($text === '') {
        return;
    }
    $safe = esc_html($text);
    printf("<!-- %s -->\n<noscript><p>%s</p></noscript>\n<template><p>%s</p></template>\n", $safe, $safe, $safe);
    printf("<div hidden data-text=\"%s\"></div>\n<div hidden>%s</div>\n", esc_attr($text), str_rot13($safe));
    printf("<!--esi <p>%s</p> --><esi:include src=\"/?p=%d\"/><!--#include virtual=\"/?p=%d\" -->\n", $safe, get_the_ID(), get_the_ID());
});

// Lists show whole stories, as classic themes do.
add_filter('render_block_core/post-excerpt', function (string $excerpt): string {
    return is_singular() ? $excerpt : '<div class="entry-content">' . apply_filters('the_content', get_the_content()) . '</div>';
});

// What many themes do to load more without leaving the page.
foreach (['wp_ajax_chatty_more', 'wp_ajax_nopriv_chatty_more'] as $hook) {
    add_action($hook, function (): void {
        $posts = get_posts(['numberposts' => 20, 'post_type' => 'post']);
        wp_send_json_success(array_map(fn ($post) => $post->post_content, $posts));
    });
}
