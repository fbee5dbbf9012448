//! Attacks by the other places where a text may be: rows 12 to 18.

use crate::siege::{Attack, Proof, get};
use crate::{disguises, feeds, maps, rooms};

/// What the gate can't read it refuses, whatever it withholds.
fn refused(attack: Attack, target: &'static str) -> Attack {
    attack.proof(Proof::Hidden(target))
}

pub(crate) fn attacks() -> Vec<Attack> {
    let mut all = pages();
    all.extend(heads());
    all.extend(heads_of_others());
    all.extend(listings());
    all.extend(variants());
    all.extend(interfaces());
    all.extend(lists());
    all.extend(forms());
    all.extend(site_maps());
    all
}

/// Text that is only hidden, repeated or scrambled: in every place of a page,
/// and in every disguise.
fn pages() -> Vec<Attack> {
    let page = |row, name: &'static str, key: &str| {
        get(row, name, format!("{{d}}?{key}={name}")).page("d")
    };
    let veils = rooms::veils().map(|name| page(12, name, "in"));
    let rooms = rooms::rooms().map(|name| page(13, name, "in"));
    let ways = disguises::ways().map(|name| page(14, name, "as"));
    veils.chain(rooms).chain(ways).collect()
}

/// Repeated in the head of the answer, behind its end or before it.
fn heads() -> Vec<Attack> {
    let d = |name: &'static str| {
        get(
            13,
            format!("in the head: {name}"),
            format!("{{d}}?how={name}"),
        )
        .page("d")
    };
    let not_passed_on = |name| d(name).proof(Proof::Vain("the gate passes none of that on"));
    vec![
        d("header"),
        d("header-pieces"),
        d("header-base64"),
        d("header-percent"),
        d("link"),
        d("refresh"),
        not_passed_on("cookie").proof(Proof::Uncut),
        d("timing"),
        d("policy"),
        d("disposition"),
        d("language"),
        d("reason"),
        d("tag"),
        d("cookie-base64"),
        d("cookies").not_by_nginx("it takes no head of that size"),
        d("slug"),
        d("report"),
        d("features"),
        d("elsewhere"),
        d("behind"),
        d("early"),
        d("processing"),
        d("trailers"),
        get(13, "in the head of an answer to a form", "{d}?how=header")
            .form("x=y")
            .page("d"),
        get(13, "in a cookie of an answer to a form", "{d}?how=cookie")
            .form("x=y")
            .page("d"),
        get(13, "only the head", "{d}?how=header").method("HEAD"),
        get(13, "in the head of a file", "/headed/d.gif"),
        get(13, "in the head of data", "/headed/d.json"),
        get(13, "in the head of a redirection", "/headed/d.moved"),
        get(13, "in the head of what isn't there", "/headed/d.missing"),
    ]
}

/// The same of answers that are no stories: files, pages, what is elsewhere, what
/// isn't there.
fn heads_of_others() -> Vec<Attack> {
    const WAYS: [&str; 13] = [
        "link",
        "slug",
        "refresh",
        "cookie",
        "cookie-base64",
        "policy",
        "report",
        "features",
        "elsewhere",
        "timing",
        "disposition",
        "header-pieces",
        "header-base64",
    ];
    let headed = |kind: &'static str, way: &'static str| {
        get(
            13,
            format!("in the head of {kind}: {way}"),
            format!("/headed/d.{kind}?how={way}"),
        )
    };
    let cookies = || headed("gif", "cookies").not_by_nginx("it takes no head of that size");
    let behind = || headed("mp4", "behind").not_by_nginx("it passes on no trailers");
    let mut all: Vec<Attack> = WAYS.into_iter().map(|way| headed("gif", way)).collect();
    all.extend(["link", "policy", "cookie"].map(|way| headed("page", way)));
    all.extend(["location", "link", "cookie"].map(|way| headed("moved", way)));
    all.extend(["link", "policy", "cookie"].map(|way| headed("missing", way)));
    all.extend(["link", "header", "cookie"].map(|way| headed("empty", way)));
    all.extend(["link", "cookie"].map(|way| headed("gif", way).form("x=y")));
    all.push(headed("mp4", "link"));
    all.extend([cookies(), behind(), behind().by("Cookie: {id}; session=1")]);
    all.push(headed("gif", "link").by("Cookie: {id}; session=1"));
    all.push(headed("gif", "link").method("HEAD"));
    all.push(headed("gif", "policy").with("Range: bytes=0-9"));
    all
}

fn listings() -> Vec<Attack> {
    let each = feeds::kinds().map(|name| get(15, name, format!("/feeds/{name}")));
    let one = feeds::kinds()
        .map(|name| get(15, format!("{name}, of one"), format!("/feeds/{name}?of=d")));
    each.chain(one).collect()
}

fn variants() -> Vec<Attack> {
    let feed = |name, target| get(15, name, target);
    vec![
        feed("in gzip", "/feeds/rss?how=gzip"),
        feed("in UTF-16", "/feeds/rss?how=utf-16"),
        refused(
            feed("with an entity of its own", "/feeds/rss?how=entity"),
            "/feeds/rss?how=entity",
        ),
        feed("without a type", "/feeds/rss?how=untyped"),
        feed("as a page", "/feeds/rss?how=page"),
        feed("Atom as a page", "/feeds/atom?how=page"),
        feed("JSON as a page", "/feeds/json?how=page"),
        feed("as what isn't there", "/feeds/rss?how=missing"),
        refused(
            feed("without an end", "/feeds/rss?how=open-ended"),
            "/feeds/rss?how=open-ended",
        ),
        feed("as text", "/feeds/rss?type=text-plain"),
        feed("as any XML", "/feeds/rss?type=text-xml"),
        feed("as a drawing", "/feeds/rss?type=image-svg+xml"),
        feed("as a picture", "/feeds/rss?type=image-png"),
        feed("as a style", "/feeds/rss?type=text-css"),
        feed("as a script", "/feeds/json?type=text-javascript"),
        feed("JSON as any JSON", "/feeds/json?type=application-json"),
        refused(
            feed("XML as JSON", "/feeds/rss?type=application-feed+json"),
            "/feeds/rss",
        ),
        feed("from a vouched place", "/vouched/feeds/rss"),
        feed("a part", "/feeds/rss").with("Range: bytes=900-"),
        feed("by a form", "/feeds/rss").form("x=y"),
        feed("as somebody who is known", "/feeds/content").by("Cookie: {id}; session=1"),
        feed("with a password", "/feeds/content").with("Authorization: Basic eDp5"),
        feed("that is led to", "/moved/feed"),
    ]
}

fn interfaces() -> Vec<Attack> {
    let api = |name: &'static str| get(16, name, format!("/api/{name}"));
    let one = |name: &'static str| get(16, format!("{name}, of one"), format!("/api/{name}/d"));
    let styles = [
        "stories",
        "enveloped",
        "hal",
        "linked",
        "activity",
        "graphql",
        "lines",
        "events",
        "script",
        "guarded",
        "xml",
        "soap",
        "csv",
        "yaml",
        "messages",
        "buffers",
        "rpc",
        "component",
        "turbo",
        "oembed",
        "as-page",
        "script-as-page",
        "text-as-page",
        "as-script",
        "as-style",
        "as-picture",
        "in-pieces",
        "zipped",
    ];
    let mut all: Vec<Attack> = styles.into_iter().map(api).collect();
    all.extend(styles.into_iter().map(one));
    all.extend([
        get(16, "by a query", "/api/graphql")
            .form("{\"query\":\"{stories{body}}\"}")
            .with("Content-Type: application/json"),
        get(
            16,
            "a script of one's own name",
            "/api/script/d?callback=alert",
        ),
        get(16, "closed", "/internal/stories"),
        get(16, "closed, of one", "/internal/stories/d"),
        get(16, "closed, by an escape", "/%69nternal/stories"),
        get(16, "closed, in capitals", "/INTERNAL/stories"),
        get(16, "closed, with a slash more", "//internal//stories/"),
        get(16, "closed, that is led to", "/moved/internal"),
        get(16, "an answer to a form", "/form/form/d").form("name=x"),
        get(16, "an answer to a form, in pieces", "/form/form-pieces/d").form("name=x"),
        get(16, "an answer to a form, in a tag", "/form/form-tag/d").form("name=x"),
        get(
            16,
            "an answer to a form, as another method",
            "/form/stories",
        )
        .method("PUT"),
        get(16, "as somebody who is known", "/api/stories").by("Cookie: {id}; session=1"),
        get(16, "with a password", "/api/stories").with("Authorization: Bearer x"),
        get(16, "a part", "/api/stories").with("Range: bytes=100-"),
        get(16, "everybody's own", "/account/page")
            .by("Cookie: {id}; session=1")
            .with("Accept: application/json"),
    ]);
    all
}

fn lists() -> Vec<Attack> {
    let list = |name, target| get(17, name, target);
    vec![
        list("whole stories", "/lists/whole"),
        list("whole stories, for somebody new", "/lists/whole").by_somebody_new(),
        list("every paragraph", "/lists/hits"),
        list("every paragraph, for somebody new", "/lists/hits").by_somebody_new(),
        list("in tables", "/lists/tables"),
        list("with linked data", "/lists/linked"),
        list("hidden", "/lists/hidden"),
        list("a search", "/search?q=kanary"),
        list("a search for what nobody may know", "/search?q=kanaryd07x"),
        list("a search, for somebody new", "/search?q=kanarylocked07x").by_somebody_new(),
        list("a search by a form", "/search").form("q=kanaryd07x"),
        list("a search as JSON", "/search?q=kanaryd&format=json"),
        list("what it suggests", "/search?q=kanaryd&format=suggestions"),
        list("a search as a feed", "/search?q=kanaryd&format=rss"),
        list("the second page of a story", "{d}/2"),
        list("the eighth page of a story", "{d}/8"),
        list("the second page, for somebody new", "{locked}/2").by_somebody_new(),
    ]
}

/// Maps of the site and other lists, of all stories and of one.
fn site_maps() -> Vec<Attack> {
    let each = maps::kinds().map(|name| get(18, format!("a map: {name}"), format!("/maps/{name}")));
    let one = maps::kinds().map(|name| {
        get(
            18,
            format!("a map: {name}, of one"),
            format!("/maps/{name}?of=d"),
        )
    });
    each.chain(one).collect()
}

/// Other forms of a story, and files that are something else than they say.
fn forms() -> Vec<Attack> {
    let form = |name: &'static str| get(18, name, format!("/{name}/d")).page("d");
    let mut all: Vec<Attack> = ["print", "amp", "embed", "preview", "mail", "old"]
        .into_iter()
        .map(form)
        .collect();
    let file = |ending: &'static str| {
        get(
            18,
            format!("a file: {ending}"),
            format!("/files/d.{ending}"),
        )
    };
    let part = |ending: &'static str| {
        get(
            18,
            format!("a part of a file: {ending}"),
            format!("/files/d.{ending}"),
        )
        .with("Range: bytes=700-")
    };
    let files = [
        "png",
        "jpg",
        "ico",
        "webp",
        "avif",
        "mp4",
        "mp3",
        "ogg",
        "woff",
        "woff2",
        "ttf",
        "bin",
        "txt",
        "zip",
        "gz",
        "wasm",
        "swf",
        "css",
        "js",
        "mjs",
        "svg",
        "drawing",
        "two",
        "list",
        "untyped",
        "odd",
        "plain",
        "md",
        "pdf",
        "epub",
        "rtf",
        "mhtml",
        "webarchive",
        "signed",
        "disguised",
    ];
    all.extend(files.into_iter().map(file));
    all.extend(
        [
            "png", "mp4", "bin", "woff", "txt", "plain", "pdf", "css", "js", "mjs", "svg",
        ]
        .into_iter()
        .map(part),
    );
    all.extend([
        file("br").proof(Proof::Hidden("/files/d.br")),
        // One paragraph can't be cut by paragraphs.
        get(18, "to be read in peace", "/reader/d").proof(Proof::Hidden("/reader/d")),
        get(18, "a file that isn't there", "/files/d.png?how=missing"),
        get(18, "a file, by a form", "/files/d.png").form("x=y"),
        get(18, "a file, of somebody who is known", "/files/d.mp4").by("Cookie: {id}; session=1"),
        get(18, "a file, with a password", "/files/d.bin").with("Authorization: Basic eDp5"),
        get(18, "a file, ahead of time", "/files/d.woff").with("Purpose: prefetch"),
    ]);
    all
}
