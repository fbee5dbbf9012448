//! Attacks that only HTTP/2 has room for: rows 19, 21, 24. What is said there in
//! frames becomes lines on the way to the site, and what a frame may hold a line
//! mustn't.

use crate::siege::Part::{Data, Fields, Get, Post};
use crate::siege::{Attack, Proof, frames};

/// The reader who has used up the month.
const WHO: (&str, &str) = ("cookie", "{id}");

const GET: (&str, &str) = (":method", "GET");
const SCHEME: (&str, &str) = (":scheme", "https");
const HOST: (&str, &str) = (":authority", "post.example");
const D: (&str, &str) = (":path", "{d}");
const ROOT: (&str, &str) = (":path", "/");

/// A request for what nobody may have, to be hidden in another.
const INNER: &str = "GET /internal/stories HTTP/1.1\r\nHost: post.example\r\n\r\n";

/// What a careless gate asks the site where that came out of its other half.
const FOUND: &str =
    "GET /internal/stories HTTP/1.1\r\nHost: post.example\r\nConnection: close\r\n\r\n";

/// The same where it took what is meant for what was asked.
const REWRITTEN: &str = "GET /vouched/x HTTP/1.1\r\nHost: post.example\r\n\
     X-Original-URL: /internal/stories\r\nConnection: close\r\n\r\n";

/// The same where it asked for the story as nobody in particular.
const STORY: &str = "GET {d} HTTP/1.1\r\nHost: post.example\r\nConnection: close\r\n\r\n";

pub(crate) fn attacks() -> Vec<Attack> {
    let mut all = hosts();
    all.extend(methods());
    all.extend(names());
    all.extend(smuggled());
    all
}

fn hosts() -> Vec<Attack> {
    let page = |name, parts| {
        let attack = frames(19, name, parts, STORY).page("d");
        attack.proof(Proof::Uncut)
    };
    vec![
        page(
            "an authority that the host isn't",
            &[Get("{d}", &[("host", "localhost"), WHO])],
        ),
        page(
            "another authority",
            &[Fields(&[GET, SCHEME, (":authority", "127.0.0.1"), D, WHO])],
        ),
        frames(
            19,
            "no authority, and a host",
            &[Fields(&[GET, SCHEME, D, ("host", "post.example"), WHO])],
            STORY,
        ),
        frames(
            19,
            "an authority with somebody's name",
            &[Fields(&[
                GET,
                SCHEME,
                (":authority", "staff@post.example"),
                D,
                WHO,
            ])],
            STORY,
        ),
        frames(
            19,
            "an authority with a line's end",
            &[Fields(&[
                GET,
                SCHEME,
                (
                    ":authority",
                    "post.example\r\nX-Original-URL: /internal/stories",
                ),
                (":path", "/vouched/x"),
            ])],
            REWRITTEN,
        ),
        frames(
            19,
            "two hosts",
            &[Get(
                "{d}",
                &[("host", "post.example"), ("host", "localhost"), WHO],
            )],
            STORY,
        ),
    ]
}

fn methods() -> Vec<Attack> {
    let refused = |name, parts, careless| frames(21, name, parts, careless);
    vec![
        refused(
            "CONNECT",
            &[Fields(&[
                (":method", "CONNECT"),
                (":authority", "post.example:443"),
            ])],
            FOUND,
        ),
        refused(
            "CONNECT with a path",
            &[Fields(&[
                (":method", "CONNECT"),
                SCHEME,
                HOST,
                (":path", "/internal/stories"),
            ])],
            FOUND,
        ),
        refused(
            "CONNECT for another protocol",
            &[Fields(&[
                (":method", "CONNECT"),
                (":protocol", "websocket"),
                SCHEME,
                HOST,
                (":path", "/internal/stories"),
                ("sec-websocket-version", "13"),
            ])],
            FOUND,
        ),
        refused(
            "a method with a request in it",
            &[Fields(&[
                (
                    ":method",
                    "GET /internal/stories HTTP/1.1\r\nHost: post.example\r\n\r\nGET",
                ),
                SCHEME,
                HOST,
                ROOT,
            ])],
            FOUND,
        ),
        refused(
            "no method",
            &[Fields(&[SCHEME, HOST, (":path", "/internal/stories")])],
            FOUND,
        ),
        refused(
            "another address in a trailer",
            &[
                Post("/vouched/x", &[]),
                Data("x=y"),
                Fields(&[("x-original-url", "/internal/stories")]),
            ],
            REWRITTEN,
        ),
        refused(
            "another address in capitals",
            &[Get(
                "/vouched/x",
                &[("X-Original-URL", "/internal/stories")],
            )],
            REWRITTEN,
        ),
        refused(
            "another address in small letters",
            &[Get(
                "/vouched/x",
                &[
                    ("x-original-url", "/internal/stories"),
                    ("x-rewrite-url", "/internal/stories"),
                ],
            )],
            REWRITTEN,
        ),
    ]
}

/// The parts that every request has, twice, late, or not as they should be.
fn names() -> Vec<Attack> {
    let refused = |name, parts| frames(24, name, parts, FOUND);
    vec![
        refused(
            "two paths",
            &[Get("/vouched/x", &[(":path", "/internal/stories")])],
        ),
        refused(
            "two methods",
            &[Fields(&[
                (":method", "HEAD"),
                GET,
                SCHEME,
                HOST,
                (":path", "/internal/stories"),
            ])],
        ),
        refused(
            "two schemes",
            &[Fields(&[
                GET,
                SCHEME,
                (":scheme", "http"),
                HOST,
                (":path", "/internal/stories"),
            ])],
        ),
        refused(
            "a path behind the fields",
            &[Fields(&[
                GET,
                SCHEME,
                HOST,
                ("accept", "*/*"),
                (":path", "/internal/stories"),
            ])],
        ),
        refused(
            "a path in a trailer",
            &[
                Post("/vouched/x", &[]),
                Data("x=y"),
                Fields(&[(":path", "/internal/stories")]),
            ],
        ),
        refused(
            "a part of one's own",
            &[Get(
                "/vouched/x",
                &[(":original-path", "/internal/stories")],
            )],
        ),
        refused(
            "no path",
            &[Fields(&[
                GET,
                SCHEME,
                (":authority", "post.example/internal/stories"),
            ])],
        ),
        refused(
            "a whole address as the path",
            &[Get("https://post.example/internal/stories", &[])],
        ),
        refused(
            "a path that doesn't begin at the root",
            &[Get("internal/stories", &[])],
        ),
        refused(
            "a scheme with a path",
            &[Fields(&[
                GET,
                (":scheme", "https://post.example/internal/stories?"),
                HOST,
                (":path", "/vouched/x"),
            ])],
        ),
        refused(
            "a name in capitals",
            &[Get("/internal/stories", &[("Accept", "*/*")])],
        ),
        refused(
            "a name with a line's end",
            &[Get(
                "/",
                &[(
                    "x: y\r\n\r\nGET /internal/stories HTTP/1.1\r\nhost: post.example\r\n\r\nx",
                    "y",
                )],
            )],
        ),
        refused(
            "a name with a colon",
            &[Get(
                "/internal/stories",
                &[("transfer-encoding: chunked", "x")],
            )],
        ),
        refused(
            "a cookie in crumbs",
            &[Get(
                "/internal/stories",
                &[("cookie", "a=b"), WHO, ("cookie", "session=1")],
            )],
        ),
    ]
}

/// Requests inside of requests: what is over in one of two ways of saying how
/// long a body is.
fn smuggled() -> Vec<Attack> {
    let refused = |name, parts| frames(24, name, parts, FOUND);
    vec![
        refused(
            "a length that is too short",
            &[Post("/lazy", &[("content-length", "0")]), Data(INNER)],
        ),
        refused(
            "a length that is too long",
            &[Post("/lazy", &[("content-length", "9999")]), Data(INNER)],
        ),
        refused(
            "two lengths",
            &[
                Post(
                    "/lazy",
                    &[("content-length", "0"), ("content-length", "59")],
                ),
                Data(INNER),
            ],
        ),
        refused(
            "a length where nothing comes",
            &[Get("/internal/stories", &[("content-length", "5")])],
        ),
        refused(
            "chunks",
            &[
                Post("/lazy", &[("transfer-encoding", "chunked")]),
                Data("0\r\n\r\n"),
                Data(INNER),
            ],
        ),
        refused(
            "chunks in a value",
            &[
                Post("/lazy", &[("x", "y\r\ntransfer-encoding: chunked")]),
                Data("0\r\n\r\n"),
                Data(INNER),
            ],
        ),
        refused(
            "a request in a value",
            &[Get(
                "/",
                &[(
                    "x",
                    "y\r\n\r\nGET /internal/stories HTTP/1.1\r\nHost: post.example",
                )],
            )],
        ),
        refused(
            "a request in the path",
            &[Get(
                "/ HTTP/1.1\r\nHost: post.example\r\n\r\nGET /internal/stories",
                &[],
            )],
        ),
        refused(
            "a null byte in a value",
            &[Get("/internal/stories", &[("x", "y\0z")])],
        ),
        refused("a body that isn't read", &[Post("/lazy", &[]), Data(INNER)]),
        refused(
            "a body of a request that has none",
            &[Get("/lazy", &[]), Data(INNER)],
        ),
        refused(
            "the connection's fields",
            &[Get(
                "/internal/stories",
                &[("connection", "x-gate"), ("keep-alive", "timeout=5")],
            )],
        ),
        refused(
            "another protocol",
            &[Get(
                "/internal/stories",
                &[("upgrade", "websocket"), ("connection", "upgrade")],
            )],
        ),
        refused(
            "what is to come, without trailers",
            &[Get("/internal/stories", &[("te", "trailers, chunked")])],
        ),
        refused(
            "a length in a trailer",
            &[
                Post("/lazy", &[]),
                Data(INNER),
                Fields(&[("content-length", "0"), ("transfer-encoding", "chunked")]),
            ],
        ),
    ]
}
