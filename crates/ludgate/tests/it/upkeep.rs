//! Backups beside a running server, restores, and checks that find what is wrong.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::accounts::{MAIL, beside, mails, sign_up, site};
use crate::browser::Browser;
use crate::buying::{account, becomes, billing, buy, new_account, shop};
use crate::program::{Paper, Server, names, said};

fn stop(server: Server) {
    server.signal("TERM");
    assert_eq!(server.ended(), Some(0));
}

/// A shop in which a reader has bought, and who has read a story before that.
fn sold(paper: &Paper) -> (Server, Browser) {
    let server = paper.serve();
    let mut browser = Browser::of(server.readers, &site(paper));
    let read = browser.get("/stories/one");
    assert!(read.decision().contains("used=1"), "{read:?}");
    sign_up(paper, &mut browser);
    beside(paper, async |store| {
        let account = account(store, "anna@example.com").await;
        buy(&billing(store), account).await
    });
    becomes(&mut browser, "full; reason=entitled");
    mails(paper, 2);
    (server, browser)
}

/// The command on this paper's data folder: its exit code and what it says.
fn on(paper: &Paper, args: &[&str]) -> (i32, String) {
    let data = paper.data();
    said(&[args, &["--data", &data]].concat())
}

/// A restore has signed them out.
#[track_caller]
fn signs_in_again(browser: &mut Browser) {
    assert_eq!(browser.get("/-/account").status, 303, "nobody is signed in");
    let fields = [
        ("mail", "anna@example.com"),
        ("password", "correct horse battery"),
    ];
    let reply = browser.fill("/-/login", "/-/login", &fields);
    assert_eq!(reply.status, 303, "{reply:?}");
    becomes(browser, "full; reason=entitled");
}

#[track_caller]
fn refused(paper: &Paper, args: &[&str], words: &str) {
    let (code, text) = on(paper, args);
    assert!(code == 1 && text.contains(words), "{code}: {text}");
}

fn mode(path: &Path) -> u32 {
    let metadata = std::fs::metadata(path).expect("there");
    metadata.permissions().mode() & 0o777
}

/// Changes one place of a file that has these words in it.
fn damage(file: &Path, words: &str, into: &str) {
    assert_eq!(words.len(), into.len());
    let mut bytes = std::fs::read(file).expect("a file");
    let found = bytes
        .windows(words.len())
        .position(|some| some == words.as_bytes());
    let at = found.unwrap_or_else(|| panic!("no {words} in {}", file.display()));
    bytes[at..at + into.len()].copy_from_slice(into.as_bytes());
    std::fs::write(file, bytes).expect("written");
}

#[test]
fn a_backup_made_while_somebody_buys_is_restored_and_served() {
    let paper = shop();
    let (server, mut browser) = sold(&paper);
    let to = paper.path("backups/1");
    let folder = to.to_str().expect("a path").to_owned();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            beside(&paper, async |store| {
                let billing = billing(store);
                for number in 0..1_000 {
                    if done.load(Ordering::Relaxed) {
                        break;
                    }
                    let account = new_account(store, &format!("reader{number}")).await;
                    buy(&billing, account).await;
                }
            });
        });
        let (code, text) = on(&paper, &["backup", &folder]);
        done.store(true, Ordering::Relaxed);
        assert_eq!(code, 0, "{text}");
        for words in [
            "meter, ludgate.db",
            "reader-keys",
            "not in it",
            "it holds keys",
        ] {
            assert!(text.contains(words), "{text}");
        }
    });
    let held = names(&to);
    for name in [
        "backup.json",
        "codes-secret",
        "ludgate.db",
        "meter",
        "sandbox.journal",
    ] {
        assert!(held.iter().any(|held| held == name), "{name} in {held:?}");
    }
    assert_eq!(mode(&to), 0o700);
    for name in held.iter().filter(|name| *name != "meter") {
        assert_eq!(mode(&to.join(name)), 0o600, "{name}");
    }
    assert!(!paper.path("backups/1.partial").exists());

    // What is bought after it isn't in it.
    beside(&paper, async |store| {
        let ben = new_account(store, "ben").await;
        buy(&billing(store), ben).await;
    });
    refused(
        &paper,
        &["restore", &folder, "--yes"],
        "stop the server first",
    );
    stop(server);
    refused(&paper, &["restore", &folder], "say --yes");
    let (code, text) = on(&paper, &["restore", &folder, "--yes"]);
    assert_eq!(code, 0, "{text}");
    for words in [
        "which agree",
        "Everybody is signed out",
        "kept beside it: ludgate.db.replaced-",
        "meter.replaced-",
    ] {
        assert!(text.contains(words), "{text}");
    }
    assert!(!paper.path("data/restoring").exists());
    let (code, text) = on(&paper, &["audit"]);
    assert!(code == 0 && text.contains("all agrees"), "{text}");
    let server = paper.serve();
    let mut again = Browser::of(server.readers, &site(&paper));
    again.cookies.clone_from(&browser.cookies);
    signs_in_again(&mut again);
    let found = beside(&paper, async |store| {
        let mail = store::MailAddress::new("ben@example.com").expect("an address");
        let mut reading = store.read().await.expect("a turn");
        reading.account_by_mail(&mail).await.expect("a row")
    });
    assert_eq!(found, None, "ben came later");
    browser = again;
    assert_eq!(browser.get("/-/account").status, 200);
}

#[test]
fn a_damaged_backup_is_refused_and_nothing_is_changed() {
    let paper = shop();
    let (server, browser) = sold(&paper);
    let backups = ["books", "counts", "lost"].map(|name| {
        let to = paper.path(name);
        let (code, text) = on(&paper, &["backup", to.to_str().expect("a path")]);
        assert_eq!(code, 0, "{text}");
        to
    });
    stop(server);
    let before = names(&paper.path("data"));
    let [books, counts, lost] = &backups;
    damage(
        &books.join("ludgate.db"),
        "\"channel\":\"web\"",
        "\"channel\":\"api\"",
    );
    std::fs::write(counts.join("meter/mark"), [1; 12]).expect("written");
    std::fs::remove_file(lost.join("codes-secret")).expect("removed");
    for (backup, words) in [
        (books, "the backup isn't sound"),
        (counts, "the backup's meter isn't sound"),
        (lost, "has lost codes-secret"),
        (&paper.path("content"), "is no backup"),
    ] {
        let backup = backup.to_str().expect("a path");
        refused(&paper, &["restore", backup, "--yes"], words);
        assert_eq!(names(&paper.path("data")), before, "{words}");
    }
    let server = paper.serve();
    let mut again = Browser::of(server.readers, &site(&paper));
    again.cookies.clone_from(&browser.cookies);
    becomes(&mut again, "full; reason=entitled");
}

#[test]
fn other_keys_than_the_backups_are_nobodys_guess() {
    let paper = shop();
    let (server, browser) = sold(&paper);
    let to = paper.path("copy");
    let to = to.to_str().expect("a path");
    let (code, text) = on(&paper, &["backup", to]);
    assert_eq!(code, 0, "{text}");
    stop(server);
    let (code, text) = on(&paper, &["keys", "rotate"]);
    assert_eq!(code, 0, "{text}");
    let keys = || std::fs::read_to_string(paper.path("data/reader-keys")).expect("keys");
    let rotated = keys();
    refused(&paper, &["restore", to, "--yes"], "--keys folder");
    let (code, text) = on(&paper, &["restore", to, "--yes", "--keys", "folder"]);
    assert_eq!((code, keys()), (0, rotated), "{text}");
    let (code, text) = on(&paper, &["restore", to, "--yes", "--keys", "backup"]);
    assert!(
        code == 0 && text.contains("reader-keys.replaced-"),
        "{text}"
    );
    assert!(!keys().starts_with("2 "), "the first key signs again");
    let server = paper.serve();
    let mut again = Browser::of(server.readers, &site(&paper));
    again.cookies.clone_from(&browser.cookies);
    signs_in_again(&mut again);
}

#[test]
fn keys_that_others_may_have_read_are_not_made_to_look_secret() {
    let paper = shop();
    let (server, _) = sold(&paper);
    let to = paper.path("copy");
    let from = to.to_str().expect("a path");
    let (code, text) = on(&paper, &["backup", from]);
    assert_eq!(code, 0, "{text}");
    stop(server);
    let allow = |name: &str, mode| {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(to.join(name), permissions).expect("a mode");
    };
    allow("reader-keys", 0o644);
    allow("admin-token", 0o640);
    let restore = ["restore", from, "--yes"];
    // Whether the folder has the same, others, or none.
    refused(&paper, &restore, "have read reader-keys, admin-token in");
    let (code, text) = on(&paper, &["keys", "rotate"]);
    assert_eq!(code, 0, "{text}");
    let backups = [&restore[..], &["--keys", "backup"]].concat();
    refused(&paper, &backups, "have read reader-keys, admin-token in");
    let folders = [&restore[..], &["--keys", "folder"]].concat();
    refused(&paper, &folders, "have read admin-token in");
    std::fs::remove_file(paper.path("data/reader-keys")).expect("removed");
    refused(&paper, &restore, "have read reader-keys, admin-token in");
    assert!(!paper.path("data/reader-keys").exists());
    allow("reader-keys", 0o600);
    allow("admin-token", 0o600);
    let (code, text) = on(&paper, &restore);
    assert_eq!(code, 0, "{text}");
    assert_eq!(mode(&paper.path("data/reader-keys")), 0o600);
}

#[test]
fn a_backup_of_the_meter_alone_is_restored_and_the_accounts_stay() {
    let paper = shop();
    let (server, browser) = sold(&paper);
    stop(server);
    let to = paper.path("old");
    std::fs::rename(paper.path("data/meter"), &to).expect("moved");
    let (code, text) = on(&paper, &["restore", to.to_str().expect("a path"), "--yes"]);
    assert!(
        code == 0 && text.contains("ludgate.db stays as it is"),
        "{text}"
    );
    let server = paper.serve();
    let mut again = Browser::of(server.readers, &site(&paper));
    again.cookies.clone_from(&browser.cookies);
    becomes(&mut again, "full; reason=entitled");
}

#[test]
fn a_folder_that_is_half_restored_is_not_served() {
    let paper = shop();
    stop(paper.serve());
    std::fs::write(paper.path("data/restoring"), "/backups/1\n").expect("a file");
    let (code, text) = said(&["serve", "--config", &paper.config()]);
    assert!(
        code == 1 && text.contains("ludgate restore /backups/1."),
        "{text}"
    );
}

#[test]
fn an_audit_finds_what_was_changed_by_hand() {
    let paper = shop();
    refused(&paper, &["audit"], "nobody has had an account");
    let (server, _) = sold(&paper);
    let (code, text) = on(&paper, &["audit"]);
    assert!(code == 0 && text.contains("1 subscriptions"), "{text}");
    let to = paper.path("copy");
    let copy = to.to_str().expect("a path");
    let (code, text) = on(&paper, &["backup", copy]);
    assert_eq!(code, 0, "{text}");
    let held = names(&to);
    let (code, text) = said(&["audit", "--data", copy]);
    assert!(code == 0 && text.contains("1 subscriptions"), "{text}");
    assert_eq!(names(&to), held, "nothing is left in it");
    stop(server);
    let file = paper.path("data/ludgate.db");
    damage(&file, "\"channel\":\"web\"", "\"channel\":\"api\"");
    let (code, text) = on(&paper, &["audit"]);
    assert!(
        code == 1 && text.contains("isn't what its facts make of it"),
        "{text}"
    );
}

#[test]
fn subscriptions_that_nobody_looks_after_are_told_of_at_the_start() {
    let paper = shop();
    let (server, _) = sold(&paper);
    stop(server);
    let payments = "[payments]\nprovider = \"sandbox\"\n";
    paper.edit("ludgate.toml", |text| text.replace(payments, ""));
    let server = paper.serve();
    let words = "nobody takes money for them";
    assert!(server.seen.contains(words), "{}", server.seen);
    stop(server);
    paper.edit("ludgate.toml", |text| text.replace(MAIL, ""));
    let server = paper.serve();
    assert!(
        server.seen.contains("ERROR") && server.seen.contains("Write [mail]"),
        "{}",
        server.seen
    );
    assert!(server.seen.contains("subscriptions=1"), "{}", server.seen);
}
