//! Attacks on what reads requests and keeps answers: rows 19 to 25.

use crate::siege::{Attack, Proof, get, raw};

pub(crate) fn attacks() -> Vec<Attack> {
    let mut all = hosts();
    all.extend(paths());
    all.extend(methods());
    all.extend(caches());
    all.extend(smuggled());
    all.extend(includes());
    all
}

fn hosts() -> Vec<Attack> {
    let d = |name| get(19, name, "{d}").page("d");
    vec![
        d("another host").with("Host: 127.0.0.1"),
        d("the host of whoever stands before").with("X-Forwarded-Host: 127.0.0.1"),
        raw(
            19,
            "a whole address",
            "GET http://post.example{d} HTTP/1.1\r\nHost: post.example\r\nCookie: {id}\r\nConnection: close\r\n\r\n",
        )
        .page("d"),
        raw(
            19,
            "a whole address of another host",
            "GET http://127.0.0.1:8000/feed/ HTTP/1.1\r\nHost: post.example\r\nConnection: close\r\n\r\n",
        ),
        raw(
            19,
            "two hosts",
            "GET {d} HTTP/1.1\r\nHost: post.example\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        )
        .proof(Proof::Hidden("{d}")),
    ]
}

fn paths() -> Vec<Attack> {
    let path = |name, target| get(20, name, target);
    let refused = |name, target, hidden| path(name, target).proof(Proof::Hidden(hidden));
    vec![
        refused("a dot", "/./wp-json/wp/v2/posts", "/wp-json/wp/v2/posts"),
        refused(
            "two dots",
            "/x/../wp-json/wp/v2/posts",
            "/wp-json/wp/v2/posts",
        ),
        refused(
            "escaped dots",
            "/x/%2e%2e/wp-json/wp/v2/posts",
            "/wp-json/wp/v2/posts",
        ),
        refused("dots escaped twice", "/x/%252e%252e/feed/", "/feed/"),
        refused(
            "an escaped slash",
            "/wp-json%2Fwp/v2/posts",
            "/wp-json/wp/v2/posts",
        ),
        refused(
            "a backslash",
            "/wp-json\\wp\\v2\\posts",
            "/wp-json/wp/v2/posts",
        ),
        refused(
            "an escaped backslash",
            "/wp-json%5Cwp%5Cv2%5Cposts",
            "/wp-json/wp/v2/posts",
        ),
        refused(
            "a null byte",
            "/wp-json/wp/v2/posts%00.css",
            "/wp-json/wp/v2/posts",
        ),
        refused("an overlong dot", "/x/%c0%ae%c0%ae/feed/", "/feed/"),
        refused("a line's end", "/feed/%0d%0aX: y", "/feed/"),
        path("an escaped letter", "/%77p-json/wp/v2/posts"),
        path(
            "an escaped letter and a script",
            "/%77p-json/wp/v2/posts?_jsonp=take",
        ),
        path("a style's name behind it", "/wp-json/wp/v2/posts/x.css")
            .proof(Proof::Vain("WordPress knows no such interface")),
        path("a style's name as a parameter", "{d}?x=.css").page("d"),
        path("a slash too many", "{d}//").page("d"),
        path("an empty segment", "/2025/03//story-d/").page("d"),
    ]
}

fn methods() -> Vec<Attack> {
    let d = |name| get(21, name, "{d}").page("d");
    vec![
        d("an override of the method").with("X-HTTP-Method-Override: HEAD"),
        d("another address").with("X-Original-URL: /feed/"),
        d("one more address").with("X-Rewrite-URL: /wp-json/wp/v2/posts"),
        get(21, "a form to a story", "{d}").form("x=y").page("d"),
        get(
            21,
            "a form that is said to be another method",
            "/wp-json/wp/v2/posts",
        )
        .form("x=y")
        .with("X-HTTP-Method-Override: GET")
        .proof(Proof::Hidden("/wp-json/wp/v2/posts")),
        get(21, "OPTIONS", "{d}").method("OPTIONS").page("d"),
        get(21, "PUT", "{d}").method("PUT").page("d"),
        get(21, "PROPFIND", "{d}").method("PROPFIND").page("d"),
        get(21, "TRACE", "{d}").method("TRACE").page("d"),
    ]
}

/// Variants of an answer, and answers kept for somebody else.
fn caches() -> Vec<Attack> {
    let d = |row, name| get(row, name, "{d}").page("d");
    vec![
        d(22, "as JSON").with("Accept: application/json"),
        d(22, "as Markdown").with("Accept: text/markdown, text/plain"),
        d(22, "for a script").with("X-Requested-With: XMLHttpRequest"),
        d(22, "a part of an application")
            .with("RSC: 1")
            .with("Next-Router-State-Tree: x"),
        d(22, "in another language").with("Accept-Language: xx, ../../etc"),
        d(22, "as an activity").with("Accept: application/activity+json"),
        get(22, "a feed as a page", "/feed/").with("Accept: text/html"),
        get(23, "a style's name below it", "{d}x.css")
            .proof(Proof::Vain("WordPress knows no such story")),
        get(23, "a style's name behind it", "{d};x.css")
            .proof(Proof::Vain("WordPress knows no such story")),
        get(23, "a page number with a name", "{split}2/?x.js"),
        d(23, "no key for a scheme")
            .with("X-Forwarded-Proto: nothttps")
            .with("X-Forwarded-Scheme: http"),
        d(23, "no key for a port")
            .with("X-Forwarded-Port: 1")
            .with("X-Forwarded-Prefix: /feed"),
        d(23, "what is kept only").with("Cache-Control: only-if-cached, max-stale=9999999"),
    ]
}

fn smuggled() -> Vec<Attack> {
    let inner = Proof::Hidden("/wp-json/wp/v2/posts");
    let all = [
        (
            "a length and chunks",
            "POST / HTTP/1.1\r\nHost: post.example\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET /wp-json/wp/v2/posts HTTP/1.1\r\nHost: post.example\r\n\r\n",
        ),
        (
            "chunks that some don't see",
            "POST / HTTP/1.1\r\nHost: post.example\r\nContent-Length: 75\r\nTransfer-Encoding: xchunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET /wp-json/wp/v2/posts HTTP/1.1\r\nHost: post.example\r\nX: yyyyyyyyyyyy\r\n\r\n",
        ),
        (
            "two lengths",
            "POST / HTTP/1.1\r\nHost: post.example\r\nContent-Length: 0\r\nContent-Length: 65\r\nConnection: close\r\n\r\nGET /wp-json/wp/v2/posts HTTP/1.1\r\nHost: post.example\r\nX: yyyy\r\n\r\n",
        ),
        (
            "a chunk's extension with a bare line's end",
            "POST / HTTP/1.1\r\nHost: post.example\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2;\nxx\r\n51\r\n0\r\n\r\nGET /wp-json/wp/v2/posts HTTP/1.1\r\nHost: post.example\r\nContent-Length: 5\r\n\r\n\r\n0\r\n\r\n",
        ),
        (
            "a field that goes on in the next line",
            "GET /robots.txt HTTP/1.1\r\nHost: post.example\r\nX: y\r\n Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nGET /wp-json/wp/v2/posts HTTP/1.1\r\nHost: post.example\r\n\r\n",
        ),
        (
            "lines that end in half",
            "GET /robots.txt HTTP/1.1\nHost: post.example\n\nGET /wp-json/wp/v2/posts HTTP/1.1\nHost: post.example\nConnection: close\n\n",
        ),
        (
            "one after the other",
            "GET /robots.txt HTTP/1.1\r\nHost: post.example\r\n\r\nGET /wp-json/wp/v2/posts HTTP/1.1\r\nHost: post.example\r\nConnection: close\r\n\r\n",
        ),
        (
            "a space before the colon",
            "POST / HTTP/1.1\r\nHost: post.example\r\nTransfer-Encoding : chunked\r\nContent-Length: 72\r\nConnection: close\r\n\r\n0\r\n\r\nGET /wp-json/wp/v2/posts HTTP/1.1\r\nHost: post.example\r\nX: yyyyyyyyy\r\n\r\n",
        ),
    ];
    let mut attacks: Vec<Attack> = all
        .into_iter()
        .map(|(name, text)| raw(24, name, text).proof(inner))
        .collect();
    attacks.push(
        get(
            24,
            "the gate's own headers named as the connection's",
            "{d}",
        )
        .with("Connection: close, X-Gate, X-Forwarded-Host, Host, Cookie")
        .page("d"),
    );
    attacks
}

/// Includes that a cache behind the gate would fill in.
fn includes() -> Vec<Attack> {
    vec![
        get(25, "by a processor that says it is there", "{d}")
            .with("Surrogate-Capability: abc=\"ESI/1.0\"")
            .page("d"),
        get(
            25,
            "in what was searched for",
            "/?s=<esi:include+src=/feed/>called",
        )
        .proof(Proof::Vain("no story is called so")),
        get(25, "in a page with many", "{assembled}").page("assembled"),
        get(25, "in a picture's page", "{picture}").page("picture"),
    ]
}
