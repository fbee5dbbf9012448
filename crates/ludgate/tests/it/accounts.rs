//! Readers with accounts: signing up and in, and what the gate knows of it.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use providers::mail::{Folder, Keep, Message};
use store::{Options, Store};

use crate::browser::Browser;
use crate::program::{Paper, Server, said};

/// How long what another process does may take to be seen.
pub(crate) const A_MOMENT: Duration = Duration::from_secs(20);

pub(crate) const MAIL: &str = "\n[mail]\nfrom = \"post@paper.example\"\nfolder = \"mail\"\n";

/// The publication's address in its configuration.
pub(crate) fn site(paper: &Paper) -> String {
    let config = std::fs::read_to_string(paper.path("ludgate.toml")).expect("a file");
    let rest = config.split("url ").nth(1).expect("an address");
    rest.split('"').nth(1).expect("an address").to_owned()
}

/// A paper whose readers may have accounts.
pub(crate) fn paper() -> Paper {
    let paper = Paper::new();
    for slug in ["one", "two", "three", "four", "five"] {
        paper.story(slug);
    }
    paper.edit("ludgate.toml", |text| {
        format!("{text}\n[debug]\nexpose_decisions = true\n{MAIL}")
    });
    paper
}

/// Opens the store beside the server, as a command does.
pub(crate) fn beside<T>(paper: &Paper, work: impl AsyncFnOnce(&Store) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(async {
        let options = Options::at(paper.path("data/ludgate.db"));
        let now = Timestamp::UNIX_EPOCH;
        let store = Store::open(&options, now).await.expect("a store");
        let done = work(&store).await;
        store.close().await;
        done
    })
}

/// The mails that were put into the folder, the first first, once there are so
/// many.
pub(crate) fn mails(paper: &Paper, many: usize) -> Vec<Message> {
    let folder = Folder::open(&paper.path("mail"), Keep::default()).expect("a folder");
    let end = Instant::now() + A_MOMENT;
    loop {
        let names = folder.names(1000).expect("names");
        if names.len() >= many {
            let mail = |name| folder.get(name).expect("read").expect("there").message;
            return names.iter().rev().map(mail).collect();
        }
        assert!(Instant::now() < end, "{} mails, not {many}", names.len());
        std::thread::yield_now();
    }
}

/// The path of the first link with a key in a mail.
pub(crate) fn link(paper: &Paper, mail: &Message) -> String {
    let site = site(paper);
    let mut words = mail.text.split_whitespace();
    let link = words.find(|word| word.starts_with(&site) && word.contains("key="));
    let link = link.unwrap_or_else(|| panic!("no link in {}", mail.text));
    link[site.len()..].to_owned()
}

pub(crate) fn sign_up(paper: &Paper, browser: &mut Browser) {
    let fields = [
        ("mail", "anna@example.com"),
        ("password", "correct horse battery"),
    ];
    let reply = browser.fill("/-/register", "/-/register", &fields);
    assert_eq!(reply.status, 200, "{reply:?}");
    let mails = mails(paper, 1);
    let mail = &mails[0];
    assert_eq!(mail.to.as_str(), "anna@example.com");
    assert_eq!(mail.from.address.as_str(), "post@paper.example");
    let link = link(paper, mail);
    let key = link.split("key=").nth(1).expect("a key").to_owned();
    let to = link.split('?').next().expect("a path");
    let reply = browser.fill(&link, to, &[("key", &key)]);
    assert_eq!(reply.status, 303, "{reply:?}");
}

fn serving(paper: &Paper) -> (Server, Browser) {
    let server = paper.serve();
    let browser = Browser::of(server.readers, &site(paper));
    (server, browser)
}

#[test]
fn who_signs_up_by_mail_is_known_to_the_gate_and_after_a_restart_too() {
    let paper = paper();
    let (server, mut browser) = serving(&paper);
    // The browser has read one story, which goes over to the account.
    let read = browser.get("/stories/one");
    assert!(read.decision().contains("used=1"), "{read:?}");
    sign_up(&paper, &mut browser);
    let account = browser.get("/-/account");
    assert!(account.html.contains("anna@example.com"), "{account:?}");
    assert!(account.head.contains("cache-control: private, no-store"));
    let read = browser.get("/stories/two");
    assert!(read.decision().contains("used=2; limit=5"), "{read:?}");
    // Told to stop, it writes down what it has counted.
    server.signal("TERM");
    assert_eq!(server.ended(), Some(0));

    let server = paper.serve();
    let mut again = Browser::of(server.readers, &site(&paper));
    again.cookies.clone_from(&browser.cookies);
    let read = again.get("/stories/three");
    assert!(read.decision().contains("used=3; limit=5"), "{read:?}");

    // Another browser signs in by password, and has the same count.
    let mut phone = Browser::of(server.readers, &site(&paper));
    let fields = [
        ("mail", "anna@example.com"),
        ("password", "correct horse battery"),
        ("to", "/stories/four"),
    ];
    let reply = phone.fill("/-/login", "/-/login", &fields);
    assert_eq!(reply.location(), "/stories/four", "{reply:?}");
    let read = phone.get("/stories/four");
    assert!(read.decision().contains("used=4; limit=5"), "{read:?}");

    // Signing out holds at the next request; the phone stays.
    let reply = again.fill("/-/account", "/-/logout", &[]);
    assert_eq!(reply.status, 200, "{reply:?}");
    assert!(reply.html.contains("You are signed out"), "{reply:?}");
    let read = again.get("/-/account");
    assert_eq!(
        (read.status, read.location()),
        (303, "/-/login?to=%2F-%2Faccount"),
        "{read:?}"
    );
    assert_eq!(phone.get("/-/account").status, 200);
}

#[test]
fn a_session_that_another_process_ends_is_over_within_a_moment() {
    let paper = paper();
    let (_server, mut browser) = serving(&paper);
    sign_up(&paper, &mut browser);
    assert_eq!(browser.get("/-/account").status, 200);
    beside(&paper, async |store| {
        let mail = store::MailAddress::new("anna@example.com").expect("an address");
        let mut writing = store.write().await.expect("a turn");
        let account = writing.account_by_mail(&mail).await.expect("a row");
        let account = account.expect("an account").id;
        let now = Timestamp::UNIX_EPOCH;
        let ended = writing.revoke_sessions(account, None, now).await;
        ended.expect("ended");
        writing.commit().await.expect("a commit");
    });
    let end = Instant::now() + A_MOMENT;
    while browser.get("/-/account").status == 200 {
        assert!(Instant::now() < end, "still signed in");
        std::thread::yield_now();
    }
}

#[test]
fn a_device_is_seen_whenever_it_reads_and_not_only_when_it_signs_in() {
    let paper = paper();
    let (_server, mut browser) = serving(&paper);
    sign_up(&paper, &mut browser);
    assert_eq!(browser.get("/stories/one").status, 200);
    beside(&paper, async |store| {
        let mail = store::MailAddress::new("anna@example.com").expect("an address");
        let end = Instant::now() + A_MOMENT;
        loop {
            let mut reading = store.read().await.expect("a turn");
            let account = reading.account_by_mail(&mail).await.expect("a row");
            let account = account.expect("an account").id;
            let sessions = reading.sessions(account, Timestamp::UNIX_EPOCH).await;
            let sessions = sessions.expect("rows");
            assert_eq!(sessions.len(), 1);
            if sessions[0].seen > sessions[0].created {
                return;
            }
            assert!(Instant::now() < end, "{sessions:?}");
            tokio::task::yield_now().await;
        }
    });
}

#[test]
fn what_makes_no_sense_is_told_to_the_log_without_what_was_typed() {
    let paper = paper();
    paper.edit("ludgate.toml", |text| text + "\n[log]\nlevel = \"debug\"\n");
    let (mut server, mut browser) = serving(&paper);
    browser.get("/-/login?to=https%3A%2F%2Fevil.example%2F");
    server.wait_for("a place to go on to wasn't taken");
    let reply = browser.fill("/-/login", "/-/login/mail", &[("mail", "nonsense@")]);
    assert_eq!(reply.status, 422, "{reply:?}");
    server.wait_for("a mail address wasn't taken");
    for typed in ["evil.example", "nonsense"] {
        assert!(!server.seen.contains(typed), "{}", server.seen);
    }
}

#[test]
fn mails_in_the_folder_are_read_on_the_admin_listener() {
    let paper = paper();
    let (server, mut browser) = serving(&paper);
    let token = std::fs::read_to_string(paper.path("data/admin-token")).expect("a token");
    let bearer = format!("Authorization: Bearer {}\r\n", token.trim());
    let get = |path: &str| crate::program::get(server.admin, path, &bearer);
    assert_eq!(crate::program::get(server.admin, "/mails", "").0, 401);
    assert!(get("/mails").1.contains("No mail"));
    sign_up(&paper, &mut browser);
    let (status, list) = get("/mails");
    assert!(status == 200 && list.contains("anna@example.com"), "{list}");
    let path = list.split("<a href=\"/mails/").nth(1).expect("a mail");
    let path = format!("/mails/{}", path.split('"').next().expect("a mail"));
    let (status, mail) = get(&path);
    assert!(status == 200 && mail.contains("<iframe"), "{mail}");
    let (status, html) = get(&format!("{path}/html"));
    assert!(
        status == 200 && html.contains("sandbox allow-popups"),
        "{html}"
    );
    assert_eq!(get("/mails/../admin-token").0, 404);
    assert_eq!(server.get("/mails", "").0, 404);
}

#[test]
fn walls_lead_to_where_accounts_are_made_and_pages_find_their_style() {
    let paper = paper();
    paper.edit("ludgate.toml", |text| {
        text.replace("wall = \"subscribe\"", "wall = \"register\"")
    });
    let (_server, mut browser) = serving(&paper);
    let mut wall = browser.get("/stories/one");
    for slug in ["two", "three", "four"] {
        wall = browser.get(&format!("/stories/{slug}"));
    }
    assert!(
        wall.html.contains("href=\"&#x2f;-&#x2f;register\""),
        "{wall:?}"
    );
    let page = browser.get("/-/login").html.replace("&#x2f;", "/");
    let style = page.split("href=\"/-/assets/account.").nth(1);
    let style = style
        .and_then(|rest| rest.split('"').next())
        .expect("a style");
    let style = browser.get(&format!("/-/assets/account.{style}"));
    assert_eq!(style.status, 200);
    assert!(style.head.contains("text/css"), "{style:?}");
    // What isn't there is said by the pages, and nothing of the site is asked.
    assert_eq!(browser.get("/-/nothing").status, 404);
}

#[test]
fn without_mail_there_are_no_account_pages_and_no_store() {
    let paper = Paper::new();
    let server = paper.serve();
    let mut browser = Browser::of(server.readers, &site(&paper));
    assert_eq!(browser.get("/-/login").status, 404);
    assert!(!paper.path("data/ludgate.db").exists());
}

#[test]
fn a_damaged_store_ends_the_start_with_what_to_do() {
    let paper = paper();
    drop(paper.serve());
    for leftover in ["ludgate.db-wal", "ludgate.db-shm"] {
        let _ = std::fs::remove_file(paper.path(&format!("data/{leftover}")));
    }
    std::fs::write(
        paper.path("data/ludgate.db"),
        "no database at all\n".repeat(1000),
    )
    .expect("a file");
    let (code, text) = said(&["serve", "--config", &paper.config()]);
    assert_eq!(code, 1, "{text}");
    for words in ["ludgate.db", "damaged", "restore a backup"] {
        assert!(text.contains(words), "{text}");
    }
}

#[test]
fn a_reload_changes_words_and_a_theme_that_fails_changes_nothing() {
    let paper = paper();
    std::fs::create_dir(paper.path("words")).expect("a folder");
    std::fs::create_dir_all(paper.path("templates/account")).expect("a folder");
    paper.edit("ludgate.toml", |text| {
        format!("{text}\n[theme]\ntemplates = \"templates\"\nmessages = \"words\"\n")
    });
    let (mut server, mut browser) = serving(&paper);
    std::fs::create_dir(paper.path("words/en")).expect("a folder");
    std::fs::write(
        paper.path("words/en/mine.ftl"),
        "account-login-title = Come on in\n",
    )
    .expect("a file");
    server.signal("HUP");
    server.wait_for("reloaded");
    assert!(browser.get("/-/login").html.contains("Come on in"));
    std::fs::write(
        paper.path("templates/account/login.html"),
        "{{ page.nothing.at.all }}\n",
    )
    .expect("a file");
    server.signal("HUP");
    server.wait_for("not reloaded");
    assert!(browser.get("/-/login").html.contains("Come on in"));
    let (code, text) = said(&["check", "--config", &paper.config()]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("account/login.html"), "{text}");
}
