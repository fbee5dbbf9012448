//! The preset for Ghost, before answers of the shapes in which Ghost 5.130.6 was
//! seen to give them.

use crate::probe::site::{Says, Site, html, other, text};
use crate::program::Paper;

/// A few words of its last paragraph, which nobody sees who hasn't opened it.
const LAST: &str = "the 19th paragraph";

const JSON: &str = "application/json; charset=utf-8";

fn page() -> Says {
    html(format!(
        "<html><head><meta name=generator content=\"Ghost 5.130\"><script defer \
         data-ghost=HOME/ data-key=00ff data-api=HOME/ghost/api/content/></script></head><body>\
         <article class=gh-article><section class=\"gh-content gh-canvas is-body\">{}</section>\
         </article></body></html>",
        text("rope")
    ))
}

/// Answers that hold whole stories, each at its address.
fn stories() -> Vec<(&'static str, Says)> {
    let posts = format!(
        "{{\"posts\":[{{\"slug\":\"rope\",\"html\":{:?}}}]}}",
        text("rope")
    );
    let feed = format!(
        "<rss xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><item>\
         <title><![CDATA[Rope]]></title><description><![CDATA[A lead]]></description>\
         <content:encoded><![CDATA[{}]]></content:encoded></item></channel></rss>",
        text("rope")
    );
    let mut all = vec![
        ("/rope/", page()),
        // A preview of what isn't out, and what went to subscribers by mail only.
        ("/p/fc76e65b-0f5c-4ab2-85fd-d9786892981c/", page()),
        ("/email/69fea0ef-68c0-4f0b-835d-29fc7a26f062/", page()),
        ("/rss/", other("application/rss+xml; charset=utf-8", &*feed)),
        (
            "/tag/harbour/rss/",
            other("application/rss+xml; charset=utf-8", &*feed),
        ),
    ];
    let interface = [
        "/ghost/api/content/posts/?key=00ff",
        "/ghost/api/content/posts/slug/rope/?key=00ff&formats=plaintext",
        "/ghost/api/content/pages/?key=00ff",
        "/ghost/api/content/search-index/posts/?key=00ff",
        "/ghost/api/v4/content/posts/?key=00ff",
        "/ghost/api/canary/content/posts/?key=00ff",
    ];
    all.extend(interface.map(|path| (path, other(JSON, &*posts))));
    all
}

/// What members, their scripts, search and editors need, none of it a story.
const NEEDED: [(&str, &str, &str); 12] = [
    (
        "/members/api/integrity-token/",
        "",
        "1795826948858:a5415e10:f4164c49",
    ),
    (
        "/members/api/member/",
        JSON,
        "{\"uuid\":\"85f14da7\",\"email\":\"m@post.example\"}",
    ),
    (
        "/members/api/member/newsletters/?uuid=85f14da7",
        JSON,
        "{\"newsletters\":[]}",
    ),
    ("/members/api/comments/counts/", JSON, "{}"),
    (
        "/members/api/announcement/",
        JSON,
        "{\"announcement\":[{}]}",
    ),
    (
        "/ghost/api/content/settings/?key=00ff",
        JSON,
        "{\"settings\":{\"title\":\"The Stanner Post\"}}",
    ),
    (
        "/ghost/api/content/tiers/?key=00ff",
        JSON,
        "{\"tiers\":[{\"name\":\"Free\"}]}",
    ),
    (
        "/ghost/api/content/newsletters/?key=00ff",
        JSON,
        "{\"newsletters\":[{\"name\":\"Weekly\"}]}",
    ),
    (
        "/ghost/api/content/tags/?key=00ff",
        JSON,
        "{\"tags\":[{\"name\":\"Harbour\"}]}",
    ),
    (
        "/ghost/api/content/search-index/tags/?key=00ff",
        JSON,
        "{\"tags\":[]}",
    ),
    (
        "/ghost/api/admin/site/",
        JSON,
        "{\"site\":{\"version\":\"5.130\"}}",
    ),
    ("/.well-known/recommendations.json", JSON, "[]"),
];

fn paper(site: &Site) -> Paper {
    let paper = Paper::new();
    paper.edit("ludgate.toml", |text| {
        let origin = format!("url = \"{}\"\npreset = \"ghost\"", site.url());
        text.replace("content = \"content\"", &origin)
            .replace("anonymous = 3", "anonymous = 0")
    });
    paper
}

#[test]
fn a_ghost_hands_out_no_story_by_any_of_its_doors() {
    let site = Site::start(stories());
    let server = paper(&site).serve();
    let observing = paper(&site);
    observing.edit("ludgate.toml", |text| {
        text + "\n[gate]\nmode = \"observe\"\n"
    });
    let observing = observing.serve();
    for (path, _) in stories() {
        let (_, open) = observing.get(path, "");
        assert!(open.contains(LAST), "{path} proves nothing: {open}");
        let sessions = "Cookie: ghost-members-ssr=x; ghost-members-ssr.sig=y\r\n";
        for headers in ["", sessions, "Cookie: ghost-admin-api-session=x\r\n"] {
            let (status, page) = server.get(path, headers);
            assert!(!page.contains(LAST), "{path} {headers}: {status} {page}");
            let is_interface = path.starts_with("/ghost/api/");
            assert_eq!(
                status,
                if is_interface { 403 } else { 200 },
                "{path}: {page}"
            );
        }
    }
}

#[test]
fn a_ghosts_members_editors_and_scripts_get_what_they_need() {
    let site = Site::start(NEEDED.map(|(path, media, body)| (path, other(media, body))));
    let server = paper(&site).serve();
    for (path, _, body) in NEEDED {
        let (status, page) = server.get(path, "");
        assert!(
            status == 200 && page.contains(body),
            "{path}: {status} {page}"
        );
    }
}
