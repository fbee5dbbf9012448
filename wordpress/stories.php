<?php
/**
 * The stories of the site that the tests start: one of each kind that has ever
 * let text out, with a canary at the beginning of every paragraph.
 */

/** The word that is in this paragraph and nowhere else. */
function canary(string $story, int $number): string
{
    return 'canary' . substr(hash('sha256', "$story $number"), 0, 12);
}

/** Paragraphs of some thirty words each. */
function paragraphs(string $story, int $count, int $from = 0): array
{
    $ends = [
        'the harbour board had already voted on the second reading, and nobody at the table had asked to see the minutes of the first',
        'a tide table of the year before lay open on the window sill, with every Tuesday in it underlined twice in green ink',
        'the price of rope had fallen for eleven weeks, which the chandlers put down to the weather and their customers to the chandlers',
        'three of the four lamps on the breakwater were lit, as they had been on each evening since the end of the long inquiry',
    ];
    $all = [];
    for ($number = $from; $number < $from + $count; $number++) {
        $all[] = 'Says ' . canary($story, $number) . ' who was there when ' . $ends[$number % count($ends)] . '.';
    }
    return $all;
}

/** Paragraphs as the block editor writes them. */
function blocks(array $paragraphs): string
{
    return implode("\n\n", array_map(fn ($text) => "<!-- wp:paragraph -->\n<p>$text</p>\n<!-- /wp:paragraph -->", $paragraphs));
}

/** What a test has to know of a story. `shown` of its canaries everybody may see. */
function told(string $name, int $id, int $canaries, int $shown): array
{
    $link = (string) wp_parse_url(get_permalink($id), PHP_URL_PATH);
    return [
        'name' => $name, 'id' => $id, 'path' => $link, 'shown' => $shown,
        'canaries' => array_map(fn ($number) => canary($name, $number), range(0, $canaries - 1)),
    ];
}

/** Makes a story, on a day of its own so that lists have an order. */
function story(string $name, string $content, int $canaries, array $more = [], int $shown = 2): array
{
    static $day = 0;
    $day++;
    $id = wp_insert_post($more + [
        'post_title' => 'The story called ' . $name, 'post_name' => "story-$name", 'post_content' => $content,
        'post_status' => 'publish', 'post_author' => get_current_user_id(), 'comment_status' => 'closed',
        'post_date' => sprintf('2025-03-%02d 08:00:00', $day), 'post_type' => 'post',
    ], true);
    if (is_wp_error($id)) {
        throw new RuntimeException($id->get_error_message());
    }
    return told($name, $id, $canaries, $shown);
}

function picture(string $name, int $parent): int
{
    $image = imagecreatetruecolor(800, 500);
    imagefill($image, 0, 0, imagecolorallocate($image, 90, 120, 130));
    $upload = wp_upload_bits("$name.png", null, '');
    imagepng($image, $upload['file']);
    $id = wp_insert_attachment([
        'post_title' => "The picture called $name", 'post_mime_type' => 'image/png', 'post_status' => 'inherit',
        'post_name' => "picture-$name", 'post_date' => '2025-03-01 08:00:00', 'comment_status' => 'closed',
        'post_content' => implode("\n\n", paragraphs($name, 8)), 'post_excerpt' => 'A short caption.',
    ], $upload['file'], $parent);
    wp_update_attachment_metadata($id, wp_generate_attachment_metadata($id, $upload['file']));
    return $id;
}

function stories(): array
{
    $free = wp_create_category('Service');
    $locked = wp_create_category('Exclusive');
    $city = wp_create_category('City');
    $in = fn (int $category) => ['post_category' => [$category]];
    $plain = fn (string $name, array $more = []) => story($name, blocks(paragraphs($name, 12)), 12, $more + $in($city));
    $all = [];
    foreach (['a', 'b', 'c', 'd', 'e'] as $name) {
        $all[] = $plain($name);
    }
    $all[] = $plain('free', $in($free));
    $all[] = $plain('locked', $in($locked) + ['tags_input' => ['harbour']]);
    $classic = implode("\n\n", paragraphs('classic', 12));
    $all[] = story('classic', $classic, 12, $in($city));
    $pages = array_map(fn ($from) => blocks(paragraphs('split', 8, $from)), [0, 8, 16]);
    $all[] = story('split', implode("\n\n<!-- wp:nextpage -->\n<!--nextpage-->\n<!-- /wp:nextpage -->\n\n", $pages), 24, $in($city));
    $more = blocks(paragraphs('more', 4)) . "\n\n<!-- wp:more -->\n<!--more-->\n<!-- /wp:more -->\n\n" . blocks(paragraphs('more', 8, 4));
    $all[] = story('more', $more, 12, $in($city));
    $all[] = $plain('excerpted', ['post_excerpt' => 'What the editor says of it in a sentence.']);
    $all[] = story('long', blocks(paragraphs('long', 120)), 120, $in($city));

    $talked = $plain('discussed', ['comment_status' => 'open']);
    foreach (['A first word.', 'A second word.'] as $text) {
        wp_insert_comment(['comment_post_ID' => $talked['id'], 'comment_content' => $text, 'comment_author' => 'A reader', 'comment_approved' => 1]);
    }
    $all[] = $talked;

    $shown = $plain('gallery');
    $picture = picture('picture', $shown['id']);
    $image = wp_get_attachment_url($picture);
    wp_update_post(wp_slash(['ID' => $shown['id'], 'post_content' => get_post($shown['id'])->post_content
        . "\n\n<!-- wp:image {\"id\":$picture,\"linkDestination\":\"attachment\"} -->\n<figure class=\"wp-block-image\"><a href=\""
        . get_attachment_link($picture) . "\"><img src=\"$image\" alt=\"\" class=\"wp-image-$picture\"/></a></figure>\n<!-- /wp:image -->"]));
    $all[] = $shown;
    $all[] = told('picture', $picture, 8, 2);

    $part = story('reusable', blocks(paragraphs('reusable', 9)), 9, ['post_type' => 'wp_block'], 0);
    $all[] = $part;
    $all[] = story('assembled', blocks(paragraphs('assembled', 12)) . "\n\n<!-- wp:block {\"ref\":{$part['id']}} /-->", 12, $in($city));

    // What the story once said, and what somebody is about to make of it.
    $changed = $plain('revised');
    $as = fn (string $name) => blocks(paragraphs($name, 12));
    wp_update_post(wp_slash(['ID' => $changed['id'], 'post_content' => $as('revision')]));
    $revision = wp_save_post_revision($changed['id']);
    wp_update_post(wp_slash(['ID' => $changed['id'], 'post_content' => $as('revised')]));
    $all[] = $changed;
    $revisions = wp_get_post_revisions($changed['id']);
    $old = current(array_filter($revisions, fn ($one) => str_contains($one->post_content, canary('revision', 5))));
    $all[] = ['path' => "/?p=$old->ID"] + told('revision', $old->ID, 12, 0);
    $copy = _wp_put_post_revision(wp_slash(['post_content' => $as('autosave')] + (array) get_post($changed['id'])), true);
    $all[] = ['path' => "/?p=$copy"] + told('autosave', $copy, 12, 0);

    $all[] = $plain('draft', ['post_status' => 'draft']);
    $all[] = $plain('private', ['post_status' => 'private']);
    $all[] = $plain('guarded', ['post_password' => 'tide']);
    foreach ($all as &$one) {
        if (in_array($one['name'], ['draft', 'private', 'guarded'], true)) {
            $one['shown'] = 0;
        }
    }
    unset($one);
    $all[] = story('about', blocks(paragraphs('about', 12)), 12, ['post_type' => 'page']);
    return $all;
}
