//! What is withheld of the demonstration's stories isn't in what is sent: by
//! canaries in every paragraph of every metered and exclusive story, in every
//! encoding that is sent, undone by decoders that share nothing with ours.

use std::path::Path;

use crate::program::{Paper, Server, bytes, cookie, said};
use crate::unpack::{gunzip, unzstd};

/// What is asked for, and what comes.
const ENCODINGS: [(&str, &str); 7] = [
    ("", "identity"),
    ("identity", "identity"),
    ("br", "identity"),
    ("klingon", "identity"),
    ("gzip, deflate, br, zstd", "gzip"),
    ("zstd", "zstd"),
    ("gzip;q=0.1, zstd", "zstd"),
];

/// The demonstration's content and configuration, with canaries. Returns the
/// stories that not everybody may read, with their canaries in order.
fn demonstration() -> (Paper, Vec<(String, Vec<String>)>) {
    let paper = Paper::new();
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo");
    std::fs::remove_dir_all(paper.path("content")).expect("removed");
    copy(&demo.join("content"), &paper.path("content"));
    let rules = std::fs::read_to_string(demo.join("ludgate.toml")).expect("a file");
    let rules = rules
        .split("[origin]")
        .nth(1)
        .expect("what follows the addresses");
    paper.edit("ludgate.toml", |text| {
        let addresses = text.split("[origin]").next().expect("the addresses");
        // The demonstration sells for play money, as tests may.
        let addresses = addresses.replace("[publication]", "[publication]\ntest = true");
        format!("{addresses}[origin]{rules}")
    });
    let mut stories = Vec::new();
    for entry in std::fs::read_dir(paper.path("content/stories")).expect("stories") {
        let path = entry.expect("an entry").path();
        let slug = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let text = std::fs::read_to_string(&path).expect("a story");
        let (front, body) = text[3..].split_once("\n+++\n").expect("front matter");
        if front.contains("tier = \"free\"") || front.contains("sponsor") {
            continue;
        }
        let number = stories.len();
        let (body, canaries) = planted(body, number);
        assert!(canaries.len() >= 6, "{slug}: {}", canaries.len());
        std::fs::write(&path, format!("+++{front}\n+++\n{body}")).expect("written");
        stories.push((format!("/stories/{slug}"), canaries));
    }
    assert!(stories.len() >= 10, "{}", stories.len());
    (paper, stories)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).expect("a copy");
        }
    }
}

/// The body with a word of its own at the end of each plain paragraph.
fn planted(body: &str, story: usize) -> (String, Vec<String>) {
    let mut canaries = Vec::new();
    let blocks: Vec<String> = body
        .split("\n\n")
        .map(|block| {
            let first = block.trim_start().chars().next();
            if !first.is_some_and(|c| c.is_alphabetic() || "“‘*".contains(c)) {
                return block.to_owned();
            }
            let canary = format!("zq{story:02}x{:03}canary", canaries.len());
            canaries.push(canary.clone());
            format!("{} {canary}", block.trim_end())
        })
        .collect();
    (blocks.join("\n\n") + "\n", canaries)
}

/// A story as it comes, still encoded and decoded.
fn fetch(
    server: &Server,
    method: &str,
    path: &str,
    accept: (&str, &str),
    line: &str,
) -> [Vec<u8>; 2] {
    let headers = format!("Accept-Encoding: {}\r\n{line}", accept.0);
    let (head, body) = bytes(server.readers, method, path, &headers);
    let head = head.to_ascii_lowercase();
    assert!(head.starts_with("http/1.1 200"), "{path}: {head}");
    assert!(!head.contains("transfer-encoding"), "{head}");
    let encoding = head
        .split("content-encoding: ")
        .nth(1)
        .map_or("identity", |rest| rest.lines().next().unwrap_or_default());
    assert_eq!(encoding, accept.1, "{path} as \"{}\"", accept.0);
    let decoded = match encoding {
        _ if body.is_empty() => Vec::new(),
        "gzip" => gunzip(&body),
        "zstd" => unzstd(&body),
        _ => body.clone(),
    };
    [body, decoded]
}

fn present(canaries: &[String], bytes: &[u8]) -> Vec<bool> {
    let text = String::from_utf8_lossy(bytes);
    canaries
        .iter()
        .map(|canary| text.contains(canary))
        .collect()
}

/// The cookie line of a reader who has read as much as there is for nothing,
/// without having read `except`.
fn used_up(server: &Server, stories: &[(String, Vec<String>)], except: &str) -> String {
    let mut line = String::new();
    for (path, _) in stories.iter().filter(|(path, _)| path != except) {
        let (_, page) = server.get(path, &line);
        if line.is_empty() && page.contains("set-cookie") {
            line = cookie(&page);
        }
    }
    assert!(!line.is_empty(), "nothing was counted");
    line
}

#[test]
fn no_paragraph_behind_the_wall_is_sent_in_any_encoding() {
    let (paper, stories) = demonstration();
    let server = paper.serve();
    let (code, link) = said(&["staff", "--config", &paper.config()]);
    assert_eq!(code, 0, "{link}");
    let path = link.trim().splitn(4, '/').nth(3).expect("a path");
    let staff = cookie(&server.get(&format!("/{path}"), "").1);
    for (path, canaries) in &stories {
        let walled = used_up(&server, &stories, path);
        let shown = |accept, line: &str| {
            let [raw, decoded] = fetch(&server, "GET", path, accept, line);
            (present(canaries, &raw), present(canaries, &decoded))
        };
        let (_, beginning) = shown(ENCODINGS[1], &walled);
        let shown_of_it = beginning.iter().take_while(|shown| **shown).count();
        let hidden = beginning.len() - shown_of_it;
        assert!(
            beginning[shown_of_it..].iter().all(|shown| !shown),
            "{path}: a beginning"
        );
        assert!(
            hidden * 2 > canaries.len(),
            "{path}: {shown_of_it} of {}",
            canaries.len()
        );
        for accept in ENCODINGS {
            // Whole, all are found: the decoders and the canaries work.
            let (_, whole) = shown(accept, &staff);
            assert!(
                whole.iter().all(|shown| *shown),
                "{path} whole as {accept:?}"
            );
            let (raw, decoded) = shown(accept, &walled);
            assert_eq!(decoded, beginning, "{path} as {accept:?}");
            assert!(
                raw[shown_of_it..].iter().all(|shown| !shown),
                "{path} as {accept:?}"
            );
            let [head, _] = fetch(&server, "HEAD", path, accept, &walled);
            assert!(head.is_empty(), "{path}: a body in answer to HEAD");
        }
    }
}

#[test]
fn where_zstd_is_switched_off_none_is_sent() {
    let paper = Paper::new();
    paper.edit("ludgate.toml", |text| {
        text.replace("[server]", "[server]\nzstd = false")
    });
    let server = paper.serve();
    for path in ["/stories/hello", "/"] {
        fetch(&server, "GET", path, ("zstd", "identity"), "");
        fetch(&server, "GET", path, ("gzip;q=0.1, zstd", "gzip"), "");
    }
}
