//! Staff links: from the admin listener and the command line to a browser.

use crate::program::{Paper, Server, ask, cookie, decision, said};

fn paper() -> Paper {
    let paper = Paper::new();
    paper.edit("ludgate.toml", |text| {
        text.replace("anonymous = 3", "anonymous = 0") + "\n[debug]\nexpose_decisions = true\n"
    });
    paper
}

/// Follows a link as a browser does; what it sends from then on.
fn follow(server: &Server, link: &str) -> String {
    let path = link.trim().splitn(4, '/').nth(3).expect("a path");
    let (status, page) = server.get(&format!("/{path}"), "");
    assert_eq!(status, 303, "{page}");
    cookie(&page)
}

fn reads_as_staff(server: &Server, line: &str) -> bool {
    decision(&server.get("/stories/hello", line).1) == "full; reason=staff"
}

#[test]
fn the_admin_listener_hands_out_a_link_that_makes_a_browser_staff() {
    let paper = paper();
    let server = paper.serve();
    let token = std::fs::read_to_string(paper.path("data/admin-token")).expect("a token");
    let bearer = format!("Authorization: Bearer {}\r\n", token.trim());
    assert!(!reads_as_staff(&server, ""));
    for path in ["/staff", "/staff?hours=1", "/staff?hours=720"] {
        let (status, page) = ask(server.admin, "POST", path, &bearer);
        assert_eq!(status, 200, "{page}");
        let link = page.lines().last().expect("a link");
        assert!(
            link.starts_with("http://") && link.contains("/-/staff/"),
            "{link}"
        );
        assert!(reads_as_staff(&server, &follow(&server, link)));
    }
    for query in [
        "hours=0",
        "hours=721",
        "hours=-1",
        "hours=x",
        "hours=99999999999",
        "days=1",
    ] {
        let (status, page) = ask(server.admin, "POST", &format!("/staff?{query}"), &bearer);
        assert_eq!(status, 400, "{query}: {page}");
    }
    assert_eq!(ask(server.admin, "GET", "/staff", &bearer).0, 404);
}

#[test]
fn a_command_prints_such_a_link_and_a_rotated_key_keeps_it_good() {
    let paper = paper();
    let mut server = paper.serve();
    let config = paper.config();
    let (code, printed) = said(&["staff", "--config", &config, "--hours", "2"]);
    assert_eq!(code, 0, "{printed}");
    server.wait_for("a link for staff was given out by=\"cli:");
    let line = follow(&server, &printed);
    assert!(reads_as_staff(&server, &line));
    let (code, text) = said(&["keys", "rotate", "--config", &config]);
    assert_eq!(code, 0, "{text}");
    server.wait_for("signing with a new key key=2 by=\"cli:");
    assert!(reads_as_staff(&server, &line));
    for hours in ["0", "721", "x"] {
        let (code, _) = said(&["staff", "--config", &config, "--hours", hours]);
        assert_eq!(code, 2);
    }
    drop(server);
    let (code, text) = said(&["staff", "--config", &config]);
    assert!(code == 1 && text.contains("no server is running"), "{text}");
}
