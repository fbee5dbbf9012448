//! Attacks by the other places where a text may be: rows 12 to 18.

use crate::siege::{Attack, Proof, get};

/// Why a page that shows excerpts only is asked for all the same.
const EXCERPT: Proof = Proof::Vain("WordPress itself puts no more than an excerpt there");

/// What isn't published isn't handed out by WordPress either.
const UNPUBLISHED: Proof = Proof::Vain("WordPress itself keeps it to its editors");

pub(crate) fn attacks() -> Vec<Attack> {
    let mut all = pages();
    all.extend(feeds());
    all.extend(interfaces());
    all.extend(past_the_list());
    all.extend(lists());
    all.extend(variants());
    all
}

/// Text that is only hidden, repeated or scrambled: the site under test repeats
/// each story's in ten places of its page.
fn pages() -> Vec<Attack> {
    let page = |row, name, target, story| get(row, name, target).page(story);
    vec![
        page(12, "without scripts or styles", "{d}", "d").with("User-Agent: Lynx/2.9.0"),
        page(12, "with scripts blocked", "{locked}", "locked").with("Sec-Fetch-Dest: document"),
        page(12, "to be read out", "{long}", "long").with("User-Agent: NVDA"),
        page(12, "to be printed", "{classic}", "classic")
            .with("Sec-CH-Prefers-Color-Scheme: light"),
        page(13, "linked data, meta and state", "{d}", "d"),
        page(13, "of a story in several pages", "{split}", "split"),
        page(13, "of a picture's page", "{picture}", "picture"),
        page(
            13,
            "of a story with a part of its own",
            "{assembled}",
            "assembled",
        ),
        page(13, "of a story with comments", "{discussed}", "discussed"),
        page(13, "of a page", "{about}", "about"),
        page(14, "in base64 and rot13", "{e}", "e"),
        page(14, "of a long story", "{long}", "long"),
        page(14, "of a revised story", "{revised}", "revised"),
        page(14, "of a story with an excerpt", "{excerpted}", "excerpted"),
    ]
}

fn feeds() -> Vec<Attack> {
    let feed = |name, target| get(15, name, target);
    vec![
        feed("RSS 2", "/feed/"),
        feed("RSS 2 by its name", "/feed/rss2/"),
        feed("RSS 0.92", "/feed/rss/").proof(EXCERPT),
        feed("RDF", "/feed/rdf/"),
        feed("Atom", "/feed/atom/"),
        feed("by the query", "/?feed=rss2"),
        feed("Atom by the query", "/?feed=atom"),
        feed("by any page's query", "/2025/03/?feed=rss2"),
        feed("of a section", "/category/exclusive/feed/"),
        feed("of a tag", "/tag/harbour/feed/atom/"),
        feed("of an author", "/author/editor/feed/"),
        feed("of a month", "/2025/03/feed/"),
        feed("of a search", "/search/called/feed/rss2/"),
        feed("one story", "/?feed=rss2&withoutcomments=1&p={d#}"),
        feed("one story in Atom", "{d}feed/atom/?withoutcomments=1"),
        feed(
            "one page's",
            "/?feed=rss2&withoutcomments=1&page_id={about#}",
        ),
        feed(
            "one picture's",
            "/?feed=rss2&withoutcomments=1&attachment_id={picture#}",
        ),
        feed("of the newest, by a form", "/").form("feed=rss2"),
        feed("of one, by a form", "/").form("feed=atom&withoutcomments=1&p={d#}"),
        feed("of comments", "/comments/feed/").proof(EXCERPT),
        feed("of a story's comments", "{discussed}feed/").proof(EXCERPT),
        feed("a part", "/feed/").with("Range: bytes=1500-"),
        feed("in gzip", "/feed/").with("Accept-Encoding: gzip"),
        feed("as of old", "/wp-rss2.php"),
        feed(
            "beside the editors' pages",
            "/wp-admin/nothing?feed=rss2&pagename=",
        ),
        feed("beside a form's address", "/wp-json/wpforms/x?feed=rss2")
            .form("rest_route=&feed=rss2"),
        feed(
            "behind a contact form",
            "/wp-json/contact-form-7/v1/contact-forms/1/feedback?feed=atom",
        )
        .form("rest_route="),
    ]
}

fn interfaces() -> Vec<Attack> {
    let api = |name, target| get(16, name, target);
    vec![
        api("stories", "/wp-json/wp/v2/posts"),
        api("one story", "/wp-json/wp/v2/posts/{d#}"),
        api("pages", "/wp-json/wp/v2/pages"),
        api("pictures", "/wp-json/wp/v2/media"),
        api("parts", "/wp-json/wp/v2/blocks").proof(UNPUBLISHED),
        api("revisions", "/wp-json/wp/v2/posts/{revised#}/revisions").proof(UNPUBLISHED),
        api("by the query", "/?rest_route=/wp/v2/posts"),
        api("by index.php", "/index.php?rest_route=/wp/v2/posts/{d#}"),
        api("below index.php", "/index.php/wp-json/wp/v2/posts"),
        api("in an envelope", "/wp-json/wp/v2/posts?_envelope=1&_fields=content"),
        api("as a script", "/wp-json/wp/v2/posts?_jsonp=take"),
        api("with doubled slashes", "//wp-json/wp/v2/posts"),
        api("with what is around it", "/wp-json/wp/v2/posts?_embed=1&context=embed&include={d#}").proof(EXCERPT),
        api("a search", "/wp-json/wp/v2/search?search=called&_embed=1").proof(EXCERPT),
        api("oEmbed", "/wp-json/oembed/1.0/embed?url=http%3A%2F%2Fpost.example{d}").proof(EXCERPT),
        api("oEmbed in XML", "/wp-json/oembed/1.0/embed?format=xml&url=http%3A%2F%2Fpost.example{d}").proof(EXCERPT),
        api("the index of it", "/wp-json/").proof(Proof::Vain("it names addresses only")),
        api("XML-RPC", "/xmlrpc.php")
            .form("<?xml version=\"1.0\"?><methodCall><methodName>pingback.extensions.getPingbacks</methodName><params><param><value><string>http://post.example{d}</string></value></param></params></methodCall>")
            .proof(Proof::Vain("XML-RPC hands out no text without a password")),
        api("XML-RPC with more behind it", "/xmlrpc.php/more")
            .form("<?xml version=\"1.0\"?><methodCall><methodName>demo.sayHello</methodName></methodCall>")
            .proof(Proof::Vain("XML-RPC hands out no text without a password")),
        api("for more below, by a theme", "/wp-admin/admin-ajax.php?action=chatty_more"),
        api("the same by a form", "/wp-admin/admin-ajax.php").form("action=chatty_more"),
        api("GraphQL", "/graphql?query={posts{nodes{content}}}")
            .proof(Proof::Vain("no such plugin is there")),
    ]
}

/// What PHP takes for the name of a parameter that is closed, and ways around
/// paths that are.
fn past_the_list() -> Vec<Attack> {
    let api = |name, target| get(16, name, target);
    vec![
        api("a dot in the name", "/?rest.route=/wp/v2/posts&_jsonp=take"),
        api("a space in the name", "/?rest+route=/wp/v2/posts&_jsonp=take"),
        api("an escaped space in the name", "/?rest%20route=/wp/v2/posts&_jsonp=take"),
        api("an open bracket in the name", "/?rest[route=/wp/v2/posts&_jsonp=take"),
        api("a space before the name", "/?+rest_route=/wp/v2/posts&_jsonp=take"),
        api("an escape in the name", "/?rest%5Froute=/wp/v2/posts&_jsonp=take"),
        api("a dot in the other name", "//wp-json/wp/v2/posts?.jsonp=take"),
        api("an end of the name", "/?rest_route%00x=/wp/v2/posts&_jsonp=take"),
        api("a form", "/").form("rest_route=/wp/v2/posts").proof(Proof::Vain("WordPress takes it for writing")),
        api("a form that gets", "/?_method=GET").form("rest_route=/wp/v2/posts"),
        api("a form that gets a script", "/?_method=GET&_jsonp=take").form("rest_route=/wp/v2/posts"),
        api("a form of parts", "/?_method=GET")
            .form("--x\r\nContent-Disposition: form-data; name=\"rest_route\"\r\n\r\n/wp/v2/posts\r\n--x--\r\n")
            .with("Content-Type: multipart/form-data; boundary=x"),
        api("beside the editors' pages", "/wp-admin/nothing?rest_route=/wp/v2/posts"),
        api("beside them, with a dot", "/wp-admin/nothing?rest.route=/wp/v2/posts"),
        api("beside them, by a form", "/wp-admin/nothing?_method=GET").form("rest_route=/wp/v2/posts"),
        api("behind a contact form", "/wp-json/contact-form-7/v1/contact-forms/1/feedback?rest_route=/wp/v2/posts"),
        api("behind it, by a form", "/wp-json/contact-form-7/v1/contact-forms/1/feedback?_method=GET")
            .form("rest_route=/wp/v2/posts"),
        api("behind another's forms", "/wp-json/wpforms/v1/x?rest_route=/wp/v2/posts"),
        api("as a file for machines", "/.well-known/x?rest.route=/wp/v2/posts"),
        api("as a file for machines, by a form", "/.well-known/x?_method=GET").form("rest_route=/wp/v2/posts"),
        api("the rest of it as another method", "/wp-json/wp/v2/posts?_method=GET").form("x=y"),
    ]
}

/// Searches, archives and further pages, in which the theme under test shows
/// whole stories.
fn lists() -> Vec<Attack> {
    let list = |name, target| get(17, name, target);
    vec![
        list("the front page", "/"),
        list("its second page", "/page/2/"),
        list("its third page by the query", "/?paged=3"),
        list("a section", "/category/exclusive/"),
        list("a section, for somebody new", "/category/exclusive/").by_somebody_new(),
        list("a section by its number", "/?category_name=city&paged=2"),
        list("a tag", "/tag/harbour/"),
        list("a tag, for somebody new", "/tag/harbour/").by_somebody_new(),
        list("an author", "/author/editor/"),
        list("an author by the number", "/?author=2"),
        list("a year", "/2025/"),
        list("a day", "/2025/03/07/"),
        list("a day, for somebody new", "/2025/03/07/").by_somebody_new(),
        list("a search", "/?s=called"),
        list("a search, for somebody new", "/?s=locked").by_somebody_new(),
        list("all posts of a kind", "/?post_type=post"),
        list("the second page of a story", "{split}2/"),
        list("the third page of a story", "{split}3/"),
        list("the second page by the query", "/?p={split#}&page=2"),
        list("a page that isn't there", "{split}99/")
            .proof(Proof::Vain("WordPress leads to the first")),
    ]
}

/// Other forms of a story, and what lies beside it.
fn variants() -> Vec<Attack> {
    let form = |name, target| get(18, name, target);
    vec![
        form("for AMP", "{d}?amp=1").page("d"),
        form("for AMP by its address", "{d}amp/").proof(Proof::Vain("no such plugin is there")),
        form("to be printed", "{d}?print=print-page").page("d"),
        form("as PDF", "{d}?format=pdf&output=pdf").page("d"),
        form("a preview", "{d}?preview=true").page("d"),
        form(
            "a preview by its number",
            "/?p={d#}&preview=true&preview_id={d#}",
        )
        .page("d"),
        form("to be embedded", "{d}embed/").proof(EXCERPT),
        form("to be embedded, by the query", "{d}?embed=true").proof(EXCERPT),
        form("a picture's page", "/?attachment_id={picture#}").page("picture"),
        form(
            "a picture's page, below its story",
            "{gallery}picture-picture/",
        )
        .page("picture"),
        form("a revision", "/?p={revision#}&preview=true").proof(UNPUBLISHED),
        form("an automatic copy", "/?p={autosave#}&preview=true").proof(UNPUBLISHED),
        form("a draft", "/?p={draft#}&preview=true").proof(UNPUBLISHED),
        form("what is private", "/?p={private#}").proof(UNPUBLISHED),
        form("what has a password", "{guarded}").proof(UNPUBLISHED),
        form("a part of its own", "/?post_type=wp_block&p={reusable#}").proof(UNPUBLISHED),
        form("answers to a comment", "{discussed}?replytocom=1").page("discussed"),
        form("the map of the site", "/wp-sitemap.xml").proof(Proof::Vain("it holds links only")),
        form("the map of its stories", "/wp-sitemap-posts-post-1.xml")
            .proof(Proof::Vain("it holds links only")),
        form("the list of links", "/wp-links-opml.php").proof(Proof::Vain("it holds links only")),
        form("a comment", "/wp-comments-post.php")
            .form("comment_post_ID={discussed#}&author=A&email=a@post.example&comment=A+third+word")
            .page("discussed"),
        form("a trackback", "{discussed}trackback/")
            .form("url=http://post.example/&title=x")
            .proof(Proof::Vain("it answers with a number")),
        form("the jobs", "/wp-cron.php?doing_wp_cron")
            .proof(Proof::Vain("it answers with nothing")),
    ]
}
