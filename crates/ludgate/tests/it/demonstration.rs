//! The demonstration: what a newcomer sees first.

use crate::program::{Server, cookie, decision, free_ports, said};

fn demo(data: &std::path::Path) -> Server {
    let [readers, admin] = free_ports();
    Server::start(&[
        "demo",
        "--data",
        data.to_str().expect("a path"),
        "--listen",
        &readers.to_string(),
        "--admin",
        &admin.to_string(),
    ])
}

/// Metered stories by their paths, from the sections' pages.
fn stories(server: &Server) -> Vec<String> {
    let mut stories = Vec::new();
    for section in ["city", "trade", "science", "arts", "opinion", "sport"] {
        let (status, page) = server.get(&format!("/sections/{section}"), "");
        assert_eq!(status, 200);
        let links = page.split("href=\"/stories/").skip(1);
        let slugs = links.filter_map(|rest| rest.split('"').next());
        stories.extend(slugs.map(|slug| format!("/stories/{slug}")));
    }
    stories.sort();
    stories.dedup();
    stories
}

#[test]
fn the_fourth_metered_story_of_a_month_shows_the_wall_and_an_earlier_one_is_free_again() {
    let data = tempfile::tempdir().expect("a folder");
    let server = demo(data.path());
    let stories = stories(&server);
    assert!(stories.len() >= 16, "{}", stories.len());

    let mut line = String::new();
    let mut counted = Vec::new();
    let (mut sponsored, mut exclusive, mut free) = (0, 0, 0);
    for path in &stories {
        let (status, page) = server.get(path, &line);
        assert_eq!(status, 200, "{path}");
        let decided = decision(&page);
        if decided.contains("reason=counted") {
            counted.push(path);
            if line.is_empty() {
                line = cookie(&page);
            }
        }
        sponsored += usize::from(decided.contains("full; reason=sponsored"));
        exclusive += usize::from(decided.contains("preview; reason=subscription-required"));
        free += usize::from(decided.contains("full; reason=free"));
        assert_eq!(
            page.contains("class=\"ludgate-wall"),
            decided.starts_with("preview"),
            "{path}: {decided}"
        );
    }
    assert_eq!(counted.len(), 3);
    assert!(
        sponsored >= 3 && exclusive >= 3 && free >= 2,
        "{sponsored} {exclusive} {free}"
    );
    let (_, again) = server.get(counted[0], &line);
    assert!(decision(&again).starts_with("full; reason=already-counted"));
}

#[test]
fn what_was_read_is_remembered_when_the_demonstration_is_started_again() {
    let data = tempfile::tempdir().expect("a folder");
    let server = demo(data.path());
    let path = "/stories/tide-gauge-error";
    let (_, page) = server.get(path, "");
    let line = cookie(&page);
    server.signal("TERM");
    assert_eq!(server.ended(), Some(0));
    let server = demo(data.path());
    let (_, page) = server.get(path, &line);
    assert!(
        decision(&page).contains("already-counted"),
        "{}",
        decision(&page)
    );
    assert!(
        !server.seen.contains("The admin token is  "),
        "the token is printed once"
    );
    assert!(
        server.seen.contains("admin-token"),
        "and then only where it is"
    );
}

#[test]
fn pages_beside_the_papers_have_its_colours_and_letters() {
    let data = tempfile::tempdir().expect("a folder");
    let server = demo(data.path());
    for path in ["/-/login", "/-/gift"] {
        let (_, page) = server.get(path, "");
        let sheets: Vec<&str> = page
            .split("<link rel=\"stylesheet\" href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let [looks, _own] = sheets.as_slice() else {
            panic!("{path}: {page}")
        };
        let looks = looks.replace("&#x2f;", "/");
        assert!(looks.starts_with("/-/assets/looks."), "{looks}");
        let (status, sheet) = server.get(&looks, "");
        assert_eq!(status, 200, "{looks}");
        assert!(sheet.contains("--ludgate-accent: var(--brick);"), "{sheet}");
    }
}

#[test]
fn a_language_that_the_demonstration_does_not_speak_is_refused() {
    let (code, text) = said(&["demo", "--locale", "xx"]);
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("en, ja, de, fr, pl, ar"), "{text}");
}

#[test]
fn a_port_that_is_taken_is_said_to_be() {
    let data = tempfile::tempdir().expect("a folder");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let data = data.path().to_str().expect("a path");
    let (code, text) = said(&["demo", "--data", data, "--listen", &address]);
    assert_eq!(code, 1);
    assert!(
        text.contains(&address) && text.contains("choose another"),
        "{text}"
    );
}
