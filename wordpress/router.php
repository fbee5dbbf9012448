<?php
/**
 * What nginx's `try_files $uri $uri/ /index.php?$args` does, for PHP's own
 * server: a file where there is one, else WordPress itself.
 */

// Whoever doesn't come through the gate isn't let in, where the gate proves itself.
$word = getenv('WORDPRESS_TEST_GATE');
if ($word && !hash_equals($word, $_SERVER['HTTP_X_GATE'] ?? '')) {
    http_response_code(403);
    return;
}

$path = rawurldecode((string) parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));
$file = $_SERVER['DOCUMENT_ROOT'] . $path;
$is_inside = str_starts_with((string) realpath($file), $_SERVER['DOCUMENT_ROOT'] . '/');
if ($path !== '/' && $is_inside && (is_file($file) || is_file("$file/index.php"))) {
    return false;
}
// A program with more behind its name: `/xmlrpc.php/more`.
if (preg_match('~^(/(?!index\.php)[^.]*\.php)/~', $path, $program) && is_file($_SERVER['DOCUMENT_ROOT'] . $program[1])) {
    chdir(dirname($_SERVER['DOCUMENT_ROOT'] . $program[1]));
    $_SERVER['PHP_SELF'] = $path;
    $_SERVER['SCRIPT_NAME'] = $program[1];
    require $_SERVER['DOCUMENT_ROOT'] . $program[1];
    return;
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
$_SERVER['SCRIPT_FILENAME'] = $_SERVER['DOCUMENT_ROOT'] . '/index.php';
unset($_SERVER['PATH_INFO']);
chdir($_SERVER['DOCUMENT_ROOT']);
require $_SERVER['DOCUMENT_ROOT'] . '/index.php';
