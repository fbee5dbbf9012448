//! Attacks on what reads requests and keeps answers: rows 19 to 25.

use crate::siege::{Attack, Proof, get, raw};

pub(crate) fn attacks() -> Vec<Attack> {
    let mut all = hosts();
    all.extend(paths());
    all.extend(methods());
    all.extend(variants());
    all.extend(caches());
    all.extend(smuggled());
    all.extend(includes());
    all.extend(broken());
    all
}

fn hosts() -> Vec<Attack> {
    let d = |name| get(19, name, "{d}").page("d");
    vec![
        d("another host").with("Host: 127.0.0.1"),
        d("the host of whoever stands before").with("X-Forwarded-Host: 127.0.0.1"),
        raw(19, "a whole address", "GET http://post.example{d} HTTP/1.1\r\nHost: post.example\r\nCookie: {id}\r\nConnection: close\r\n\r\n").page("d"),
        raw(19, "a whole address of another host", "GET http://127.0.0.1/internal/stories HTTP/1.1\r\nHost: post.example\r\nConnection: close\r\n\r\n"),
        raw(19, "two hosts", "GET {d} HTTP/1.1\r\nHost: post.example\r\nHost: localhost\r\nConnection: close\r\n\r\n").proof(Proof::Direct),
        raw(19, "no host", "GET {d} HTTP/1.1\r\nConnection: close\r\n\r\n").proof(Proof::Direct),
        raw(19, "a host with a path", "GET {d} HTTP/1.1\r\nHost: post.example/internal\r\nCookie: {id}\r\nConnection: close\r\n\r\n").not_by_nginx("it knows no such host"),
        get(19, "led around in a circle", "/moved/around").proof(Proof::Hidden("/moved/around")),
        get(19, "led away", "/moved/away").proof(Proof::Hidden("/moved/away")),
        get(19, "led to the story", "/moved/story").page("d"),
    ]
}

fn paths() -> Vec<Attack> {
    let path = |name, target| get(20, name, target);
    let refused = |name, target| path(name, target).proof(Proof::Direct);
    vec![
        refused("a dot", "/./internal/stories"),
        refused("two dots", "/vouched/../internal/stories"),
        refused("escaped dots", "/vouched/%2e%2e/internal/stories"),
        refused("dots escaped twice", "/vouched/%252e%252e/internal/stories"),
        refused("an escaped slash", "/vouched%2F..%2Finternal/stories"),
        refused("a backslash", "/internal\\stories"),
        refused("an escaped backslash", "/vouched%5C..%5Cinternal%5Cstories"),
        refused("a null byte", "/internal/stories%00.css"),
        refused("an overlong dot", "/vouched/%c0%ae%c0%ae/internal/stories"),
        refused("an overlong slash", "/internal%c0%afstories"),
        refused(
            "a parameter of a segment before dots",
            "/vouched/..;/internal/stories",
        ),
        refused("an escape of an escape", "/%2569nternal/stories"),
        path("an escaped letter", "/%69nternal/stories"),
        path("a parameter of a segment", "/internal;x=.css/stories"),
        path("a style's name behind it", "{d}/file.css").page("d"),
        path(
            "a style's name as a parameter of the segment",
            "{d};file.css",
        )
        .page("d"),
        path("a style's name as a parameter", "{d}?x=.css").page("d"),
        path("in capitals", "/STORIES/D").page("d"),
        path("slashes too many", "//stories///d//").page("d"),
        path("by its number", "/s/4").page("d"),
        path("by the query", "/?story=d").page("d"),
        path("with a fragment", "{d}#rest"),
        path("an escaped question mark", "/stories/d%3Fin=next"),
    ]
}

fn methods() -> Vec<Attack> {
    let d = |name| get(21, name, "{d}").page("d");
    vec![
        d("an override of the method")
            .with("X-HTTP-Method-Override: HEAD")
            .not_by_nginx("the site then sends a head without a body, and nginx waits for it"),
        d("another address")
            .with("X-Original-URL: /internal/stories")
            .proof(Proof::Direct),
        d("one more address")
            .with("X-Rewrite-URL: /internal/stories")
            .proof(Proof::Direct),
        get(21, "another address behind what is open", "/vouched/x")
            .with("X-Original-URL: /internal/stories")
            .proof(Proof::Direct),
        get(21, "the same by a form", "/vouched/x")
            .form("x=y")
            .with("X-Rewrite-URL: /internal/stories")
            .proof(Proof::Direct),
        get(21, "the same with an underscore", "/vouched/x")
            .form("x=y")
            .with("X_Original_URL: /internal/stories")
            .proof(Proof::Vain("this site knows no underscores")),
        get(21, "another address that is the connection's", "/vouched/x")
            .with("Connection: close, X-Nothing")
            .with("X-Original-URL: /internal/stories")
            .proof(Proof::Direct),
        d("a form").form("x=y"),
        d("OPTIONS").method("OPTIONS"),
        d("PUT").method("PUT"),
        d("DELETE").method("DELETE"),
        d("PROPFIND").method("PROPFIND"),
        d("a method of one's own").method("READ"),
        d("a method in small letters")
            .method("get")
            .not_by_nginx("it knows no such method"),
        get(21, "TRACE", "{d}")
            .method("TRACE")
            .proof(Proof::Vain("the site answers with a word")),
        get(21, "CONNECT", "{d}")
            .method("CONNECT")
            .proof(Proof::Direct),
    ]
}

/// Variants of an answer: by what is accepted, in another charset, framing or
/// with another status.
fn variants() -> Vec<Attack> {
    let d = |name| get(22, name, "{d}").page("d");
    let how = |name: &'static str| get(22, name, format!("{{d}}?how={name}"));
    let page = |name| how(name).page("d");
    let refused = |name, target| how(name).proof(Proof::Hidden(target));
    let member = |name| get(22, name, "/members").by("Cookie: {id}; session=1");
    vec![
        d("as JSON").with("Accept: application/json"),
        d("as Markdown").with("Accept: text/markdown, text/plain"),
        d("for a script").with("X-Requested-With: XMLHttpRequest"),
        d("a part of an application")
            .with("RSC: 1")
            .with("Next-Router-State-Tree: x"),
        d("another part of an application").with("X-Inertia: true"),
        d("a fragment").with("HX-Request: true"),
        d("as an activity").with("Accept: application/activity+json"),
        d("as events").with("Accept: text/event-stream"),
        get(22, "in a language that the site sees", "{d}").with("Accept-Language: xx"),
        get(22, "as JSON by a form", "{d}")
            .form("x=y")
            .with("Accept: application/json"),
        get(22, "a fragment by a form", "{d}")
            .form("x=y")
            .with("X-Requested-With: XMLHttpRequest")
            .proof(Proof::Direct),
        get(22, "a part of an application by a form", "{d}")
            .form("x=y")
            .with("RSC: 1"),
        get(22, "as JSON with a password", "{d}")
            .with("Accept: application/json")
            .with("Authorization: Basic eDp5"),
        member("for members, by somebody who says that they are one").page("d"),
        member("as JSON, for members").with("Accept: application/json"),
        member("as a part of an application, for members").with("RSC: 1"),
        member("as events, for members").with("Accept: text/event-stream"),
        page("utf-16"),
        page("utf-16-mark"),
        page("iso-2022-jp"),
        refused("utf-7", "{d}?how=utf-7"),
        page("no-charset"),
        page("two-charsets"),
        refused("ebcdic", "{d}?how=ebcdic"),
        page("xhtml"),
        page("quoted"),
        page("in-capitals"),
        page("a-byte-a-chunk"),
        page("seven-bytes-a-chunk"),
        page("to-the-end"),
        page("trailers"),
        page("gzip"),
        page("gzip-in-chunks"),
        refused("deflate", "{d}?how=deflate"),
        how("missing"),
        how("failing"),
        how("forbidden"),
        how("payment"),
        how("unsure"),
        how("created"),
        how("odd"),
        how("empty").proof(Proof::Vain("such an answer has no body")),
        how("unchanged").proof(Proof::Vain("such an answer has no body")),
        refused("part", "{d}?how=part"),
        refused("ranges", "{d}?how=ranges"),
        how("choices").proof(Proof::Hidden("{d}?how=choices")),
        page("unclosed"),
        page("twice"),
        page("nested"),
        refused("no-marks", "{d}?how=no-marks"),
    ]
}

fn caches() -> Vec<Attack> {
    let d = |name| get(23, name, "{d}").page("d");
    vec![
        get(23, "a style's name below it", "{d}/file.css").page("d"),
        get(23, "for everybody to keep", "{d}?how=public").page("d"),
        get(23, "that varies by everything", "{d}?how=varies").page("d"),
        get(23, "for a cache behind the gate", "{d}?how=purgeable").page("d"),
        get(23, "if it is the same", "{d}?how=public")
            .with("If-None-Match: \"1\"")
            .page("d"),
        d("no key for a scheme")
            .with("X-Forwarded-Proto: nothttps")
            .with("X-Forwarded-Scheme: http"),
        d("no key for a port")
            .with("X-Forwarded-Port: 1")
            .with("X-Forwarded-Prefix: /internal"),
        d("what is kept only").with("Cache-Control: only-if-cached, max-stale=9999999"),
        get(23, "a parameter in a body", "{d}")
            .sending("in=flight")
            .page("d"),
    ]
}

fn smuggled() -> Vec<Attack> {
    let all = [
        (
            "a length and chunks",
            "POST / HTTP/1.1\r\nHost: post.example\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET /internal/stories HTTP/1.1\r\nHost: post.example\r\n\r\n",
        ),
        (
            "chunks that some don't see",
            "POST / HTTP/1.1\r\nHost: post.example\r\nContent-Length: 70\r\nTransfer-Encoding: xchunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET /internal/stories HTTP/1.1\r\nHost: post.example\r\nX: yyyyyyyyyyyy\r\n\r\n",
        ),
        (
            "chunks in a second line",
            "POST / HTTP/1.1\r\nHost: post.example\r\nTransfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\nContent-Length: 60\r\nConnection: close\r\n\r\n0\r\n\r\nGET /internal/stories HTTP/1.1\r\nHost: post.example\r\n\r\n",
        ),
        (
            "two lengths",
            "POST / HTTP/1.1\r\nHost: post.example\r\nContent-Length: 0\r\nContent-Length: 58\r\nConnection: close\r\n\r\nGET /internal/stories HTTP/1.1\r\nHost: post.example\r\nX: yyyy\r\n\r\n",
        ),
        (
            "a length with a sign",
            "POST / HTTP/1.1\r\nHost: post.example\r\nContent-Length: +0\r\nConnection: close\r\n\r\nGET /internal/stories HTTP/1.1\r\nHost: post.example\r\n\r\n",
        ),
        (
            "a length in a list",
            "POST / HTTP/1.1\r\nHost: post.example\r\nContent-Length: 0, 58\r\nConnection: close\r\n\r\nGET /internal/stories HTTP/1.1\r\nHost: post.example\r\nX: yyyy\r\n\r\n",
        ),
        (
            "a chunk's extension with a bare line's end",
            "POST /form/x HTTP/1.1\r\nHost: post.example\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2;\nxx\r\n0\r\n\r\nGET /internal/stories HTTP/1.1\r\nHost: post.example\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        ),
        (
            "a field that goes on in the next line",
            "GET /robots.txt HTTP/1.1\r\nHost: post.example\r\nX: y\r\n Content-Length: 0\r\nConnection: close\r\n\r\nGET /internal/stories HTTP/1.1\r\nHost: post.example\r\n\r\n",
        ),
        (
            "lines that end in half",
            "GET /robots.txt HTTP/1.1\nHost: post.example\n\nGET /internal/stories HTTP/1.1\nHost: post.example\nConnection: close\n\n",
        ),
        (
            "one after the other",
            "GET /robots.txt HTTP/1.1\r\nHost: post.example\r\n\r\nGET /internal/stories HTTP/1.1\r\nHost: post.example\r\nConnection: close\r\n\r\n",
        ),
        (
            "a space before the colon",
            "POST / HTTP/1.1\r\nHost: post.example\r\nTransfer-Encoding : chunked\r\nContent-Length: 67\r\nConnection: close\r\n\r\n0\r\n\r\nGET /internal/stories HTTP/1.1\r\nHost: post.example\r\nX: yyyyyyyyy\r\n\r\n",
        ),
        (
            "a body that isn't read",
            "POST /lazy HTTP/1.1\r\nHost: post.example\r\nContent-Length: 51\r\nConnection: close\r\n\r\nGET /internal/stories HTTP/1.1\r\nHost: post.example\r\n\r\n",
        ),
        (
            "a body of a request that has none",
            "GET /lazy HTTP/1.1\r\nHost: post.example\r\nContent-Length: 51\r\nConnection: close\r\n\r\nGET /internal/stories HTTP/1.1\r\nHost: post.example\r\n\r\n",
        ),
        (
            "a version that nobody speaks",
            "GET /internal/stories HTTP/3.7\r\nHost: post.example\r\nConnection: close\r\n\r\n",
        ),
        (
            "another version on a plain connection",
            "GET /internal/stories HTTP/1.1\r\nHost: post.example\r\nConnection: close, Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n",
        ),
    ];
    let mut attacks: Vec<Attack> = all
        .into_iter()
        .map(|(name, text)| raw(24, name, text).proof(Proof::Direct))
        .collect();
    attacks.push(
        raw(
            24,
            "a line's end in the path",
            "GET /%0d%0aHost:%20x%0d%0a%0d%0aGET%20/internal/stories HTTP/1.1\r\nHost: post.example\r\nConnection: close\r\n\r\n",
        )
        .proof(Proof::Vain("the site itself takes no line from a path")),
    );
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
    let d = |name: &'static str| get(25, name, format!("{{d}}?how={name}")).page("d");
    vec![
        d("includes"),
        d("include-after"),
        d("server-includes"),
        d("split-include"),
        get(
            25,
            "by a processor that says it is there",
            "{d}?how=includes",
        )
        .with("Surrogate-Capability: abc=\"ESI/1.0\"")
        .page("d"),
        get(
            25,
            "in a search",
            "/search?q=kanaryd&x=<esi:include+src=/print/d>",
        )
        .proof(Proof::Hidden("/search?q=kanaryd")),
        d("a-byte-a-chunk"),
    ]
}

/// Answers that break the rules of HTTP while somebody reads: row 29.
fn broken() -> Vec<Attack> {
    let broken = |name: &'static str| get(29, name, format!("{{d}}?how={name}"));
    vec![
        broken("failing"),
        broken("missing"),
        broken("payment"),
        get(
            29,
            "a page of an error with data in it",
            "/files/d.png?how=missing",
        ),
    ]
}
