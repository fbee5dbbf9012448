//! What is read most, on the front page of a running paper.

use crate::program::{Paper, Server, cookie, get};

/// Reads a story as somebody new; their cookie.
fn reads(server: &Server, story: &str) -> String {
    let (status, page) = server.get(&format!("/stories/{story}"), "");
    assert_eq!(status, 200, "{page}");
    cookie(&page)
}

/// The places of stories among what is read most on the front page.
fn most_read(server: &Server) -> Vec<String> {
    let (_, page) = get(server.readers, "/", "");
    let Some(part) = page.split("id=\"most-read\"").nth(1) else {
        return Vec::new();
    };
    let part = part.split("</section>").next().unwrap_or_default();
    let links = part.split("href=\"/stories/").skip(1);
    links
        .filter_map(|link| link.split('"').next())
        .map(str::to_owned)
        .collect()
}

fn stopped(server: Server) {
    server.signal("TERM");
    assert_eq!(server.ended(), Some(0));
}

#[test]
fn what_several_read_is_on_the_front_page_after_a_restart_and_what_one_repeats_is_not() {
    let paper = Paper::new();
    for story in ["one", "two", "three"] {
        paper.story(story);
    }
    let server = paper.serve();
    assert_eq!(most_read(&server), [""; 0]);
    for _ in 0..3 {
        reads(&server, "two");
    }
    reads(&server, "one");
    reads(&server, "one");
    // One reader again and again, and what is only looked at.
    let cookie = reads(&server, "three");
    for _ in 0..20 {
        server.get("/stories/three", &cookie);
        server.get("/stories/three", "Sec-Purpose: prefetch\r\n");
        crate::program::ask(server.readers, "HEAD", "/stories/three", "");
    }
    stopped(server);
    let server = paper.serve();
    assert_eq!(most_read(&server), ["two", "one"]);
    stopped(server);

    paper.edit("ludgate.toml", |text| {
        format!("{text}\n[gate]\nmost_read = false\n")
    });
    let server = paper.serve();
    assert_eq!(most_read(&server), [""; 0]);
    stopped(server);
}
