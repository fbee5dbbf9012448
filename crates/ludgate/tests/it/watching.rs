//! How changes are noticed: through links, where nothing can be watched, and
//! while the server stops.

use std::io::Write;
use std::os::unix::fs::symlink;
use std::process::Command;

use crate::program::{Paper, decision};

fn paper() -> Paper {
    let paper = Paper::new();
    paper.story("one");
    paper.edit("ludgate.toml", |text| {
        text + "\n[debug]\nexpose_decisions = true\n"
    });
    paper
}

#[test]
fn a_configuration_that_kubernetes_mounts_is_followed() {
    let paper = paper();
    let text = std::fs::read_to_string(paper.path("ludgate.toml")).expect("a file");
    let version = |name: &str, text: &str| {
        std::fs::create_dir(paper.path(name)).expect("a folder");
        std::fs::write(paper.path(name).join("ludgate.toml"), text).expect("a file");
    };
    version("..1", &text);
    version("..2", &text.replace("anonymous = 3", "anonymous = 0"));
    std::fs::remove_file(paper.path("ludgate.toml")).expect("removed");
    symlink("..1", paper.path("..data")).expect("a link");
    symlink("..data/ludgate.toml", paper.path("ludgate.toml")).expect("a link");
    let mut server = paper.serve();

    symlink("..2", paper.path("..data_tmp")).expect("a link");
    std::fs::rename(paper.path("..data_tmp"), paper.path("..data")).expect("exchanged");
    server.wait_for("files changed");
    let (_, page) = server.get("/stories/one", "");
    assert!(decision(&page).contains("limit=0"), "{}", decision(&page));
}

#[test]
fn where_nothing_can_be_watched_a_hang_up_reloads() {
    // A user namespace in which nobody may watch anything. Where there can be
    // none, there is nothing to start the server in.
    let command = "echo 0 > /proc/sys/user/max_inotify_instances && exec \"$0\" \"$@\"";
    let unshare = ["unshare", "-Ur", "sh", "-c", command];
    let possible = Command::new("unshare")
        .args(&unshare[1..])
        .arg("true")
        .status()
        .is_ok_and(|status| status.success());
    if !possible {
        eprintln!("no user namespaces here: not tried");
        return;
    }
    let paper = paper();
    let mut server = paper.serve_by(&unshare);
    assert!(
        server.seen.contains("tell the server of each, with SIGHUP"),
        "{}",
        server.seen
    );
    paper.edit("ludgate.toml", |text| {
        text.replace("anonymous = 3", "anonymous = 0")
    });
    server.signal("HUP");
    server.wait_for("hang-up");
    let (_, page) = server.get("/stories/one", "");
    assert!(decision(&page).contains("limit=0"), "{}", decision(&page));
}

#[test]
fn a_reload_that_a_stop_overtakes_is_no_error() {
    let paper = paper();
    let mut server = paper.serve();
    let text = std::fs::read_to_string(paper.path("ludgate.toml")).expect("a file");
    // A pipe in the place of the file: who reads it waits for who writes it.
    let pipe = paper.path("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
    assert!(made.success());
    std::fs::rename(&pipe, paper.path("ludgate.toml")).expect("exchanged");
    let mut pipe = std::fs::File::options()
        .write(true)
        .open(paper.path("ludgate.toml"))
        .expect("opened once the reload reads it");
    server.signal("TERM");
    server.wait_for("everything counted is on disk");
    // With a meter that the store, closed by now, can give no number.
    let text = text.replace("\"monthly\"", "\"other\"");
    pipe.write_all(text.as_bytes()).expect("written");
    drop(pipe);
    let (code, log) = server.ended_saying();
    assert_eq!(code, Some(0), "{log}");
    assert!(!log.contains("ERROR"), "{log}");
}
