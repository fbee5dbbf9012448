//! Bringing readers over from other systems' files, beside a running server and
//! without one.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::process::{Command, Stdio};

use store::MailAddress;
use store::accounts::Account;
use store::care::{Entry, What};

use crate::accounts::{beside, link, mails, site};
use crate::browser::Browser;
use crate::buying::shop;
use crate::program::{Paper, Server, ludgate, said};

const READERS: &str = "email,name,has,level,paid_until,renews,newsletter\n\
                       anna@example.com,\"Berg, Anna\",paid,monthly,2035-01-31,no,yes\n\
                       ben@example.com,Ben,complimentary,digital,2035-06-30,,\n\
                       carla@example.com,<b>Carla</b>,,,,,\n\
                       dora@example.com,,paid,monthly,2020-01-31,,\n";

/// Runs `import` on a file of the paper's folder.
fn import(paper: &Paper, file: &str, args: &[&str]) -> (i32, String) {
    let path = paper.path(file);
    let config = paper.config();
    let file = path.to_str().expect("a path");
    said(&[&["import", file, "--config", &config], args].concat())
}

fn write(paper: &Paper, file: &str, content: impl AsRef<[u8]>) {
    std::fs::write(paper.path(file), content).expect("a file");
}

fn account(paper: &Paper, mail: &str) -> Option<Account> {
    let mail = MailAddress::new(mail).expect("an address");
    beside(paper, async |store| {
        let mut reading = store.read().await.expect("a turn");
        reading.account_by_mail(&mail).await.expect("a row")
    })
}

fn has_all(text: &str, words: &[&str]) {
    for words in words {
        assert!(text.contains(words), "\"{words}\" in {text}");
    }
}

/// Signs in by the link that is mailed; `count` mails have come by then.
fn sign_in(paper: &Paper, server: &Server, mail: &str, count: usize) -> Browser {
    let mut browser = Browser::of(server.readers, &site(paper));
    let reply = browser.fill("/-/login", "/-/login/mail", &[("mail", mail)]);
    assert_eq!(reply.status, 200, "{reply:?}");
    let mails = mails(paper, count);
    let mail = mails.last().expect("a mail");
    let link = link(paper, mail);
    let key = link.split("key=").nth(1).expect("a key").to_owned();
    let to = link.split('?').next().expect("a path");
    let reply = browser.fill(&link, to, &[("key", &key)]);
    assert_eq!(reply.status, 303, "{reply:?}");
    browser
}

#[test]
fn a_file_is_tried_first_written_once_and_opens_what_was_paid_for() {
    let paper = shop();
    let server = paper.serve();
    write(&paper, "readers.csv", READERS);
    let (code, text) = import(&paper, "readers.csv", &[]);
    assert_eq!(code, 0, "{text}");
    has_all(
        &text,
        &[
            "4 rows, read as columns of ours",
            "4  new accounts",
            "1  have something for nothing",
            "1  have a subscription that runs out",
            "1  had a subscription, which is over",
            "ends at 2035-07-01T00:00",
            "Nothing was written",
        ],
    );
    assert_eq!(account(&paper, "anna@example.com"), None);

    // A digit that is wrong gives nobody a lifetime.
    let slip = READERS.replace("2035-01-31", "2207-01-31");
    write(&paper, "slip.csv", slip);
    let (code, text) = import(&paper, "slip.csv", &["--write"]);
    assert_eq!(code, 1, "{text}");
    has_all(
        &text,
        &[
            "line 2: 2207-02-01 is more than ten years",
            "1 row is wrong",
        ],
    );

    let (code, text) = import(&paper, "readers.csv", &["--write"]);
    assert_eq!(code, 0, "{text}");
    has_all(&text, &["4  new accounts", "Written."]);
    let carla = account(&paper, "carla@example.com").expect("an account");
    assert_eq!(carla.name.as_deref(), Some("<b>Carla</b>"));
    assert!(carla.verified.is_none() && carla.password.is_none());

    let (code, text) = import(&paper, "readers.csv", &["--write"]);
    assert_eq!(code, 0, "{text}");
    has_all(&text, &["4  are here already", "Nothing in it is new"]);

    // The only mail is the link that somebody asks for.
    let mut anna = sign_in(&paper, &server, "anna@example.com", 1);
    let read = anna.get("/stories/shut");
    assert!(
        read.decision().contains("full; reason=entitled"),
        "{read:?}"
    );
    let mut carla = sign_in(&paper, &server, "carla@example.com", 2);
    let read = carla.get("/stories/shut");
    assert!(
        read.decision().contains("subscription-required"),
        "{read:?}"
    );
    let mut dora = sign_in(&paper, &server, "dora@example.com", 3);
    let read = dora.get("/stories/shut");
    assert!(read.decision().contains("subscription-ended"), "{read:?}");
    assert!(account(&paper, "anna@example.com").is_some_and(|anna| anna.verified.is_some()));
}

#[test]
fn readers_are_brought_over_before_the_first_start_too() {
    let paper = shop();
    write(&paper, "readers.csv", READERS);
    let (code, text) = import(&paper, "readers.csv", &["--write"]);
    assert_eq!(code, 0, "{text}");
    has_all(&text, &["4  new accounts", "Written."]);
    let server = paper.serve();
    let (code, text) = import(&paper, "readers.csv", &["--write"]);
    assert!(code == 0 && text.contains("Nothing in it is new"), "{text}");
    let mut ben = sign_in(&paper, &server, "ben@example.com", 1);
    let read = ben.get("/stories/shut");
    assert!(
        read.decision().contains("full; reason=entitled"),
        "{read:?}"
    );
}

#[test]
fn those_who_are_given_something_are_told_where_that_is_asked_for() {
    let paper = shop();
    let _server = paper.serve();
    write(&paper, "readers.csv", READERS);
    let (code, text) = import(&paper, "readers.csv", &["--write", "--welcome"]);
    assert_eq!(code, 0, "{text}");
    let mails = mails(&paper, 1);
    assert_eq!(mails[0].to.as_str(), "ben@example.com");
}

const GHOST: &str = "id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,\
                     created_at,deleted_at,labels,tiers\n\
                     a1,free@example.com,,,true,,,2024-01-15T10:00:00.000Z,,,\n\
                     a2,paying@example.com,Ida,,true,,cus_2,2024-01-15T10:00:00.000Z,,,Gold\n\
                     a3,given@example.com,Bo,,,true,,2024-01-15T10:00:00.000Z,,,Silver\n\
                     a4,gone@example.com,,,true,,,2024-01-15T10:00:00.000Z,2025-01-01T00:00:00.000Z,,\n";

#[test]
fn what_levels_of_another_system_become_has_to_be_said() {
    let paper = shop();
    let _server = paper.serve();
    write(&paper, "members.csv", GHOST);
    let (code, text) = import(&paper, "members.csv", &["--write"]);
    assert_eq!(code, 1, "{text}");
    has_all(
        &text,
        &[
            "Ghost's export",
            "\"Gold\"  1 row",
            "\"Silver\"  1 row",
            "Plans: monthly; products: digital",
        ],
    );
    let levels = ["--level", "Gold=monthly", "--level", "Silver=digital"];
    let (code, text) = import(&paper, "members.csv", &levels);
    assert_eq!(code, 1, "{text}");
    has_all(
        &text,
        &["line 3: the file doesn't say until when", "--paid-until"],
    );
    let all = [&levels[..], &["--paid-until", "2035-01-31", "--write"]].concat();
    let (code, text) = import(&paper, "members.csv", &all);
    assert_eq!(code, 0, "{text}");
    has_all(
        &text,
        &[
            "3  new accounts",
            "1 renewed by themselves there",
            "1  have left there",
            "Written.",
        ],
    );
    assert_eq!(account(&paper, "gone@example.com"), None);
    let (code, text) = import(&paper, "members.csv", &["--level", "Gold=platinum"]);
    assert_eq!(code, 1, "{text}");
    has_all(&text, &["\"Gold\" can't become \"platinum\"", "monthly"]);
}

#[test]
fn bad_rows_are_named_and_left_out_only_if_that_is_said() {
    let paper = shop();
    let _server = paper.serve();
    let mut file = String::from("email,has,level,paid_until\n");
    for number in 0..60 {
        let _ = writeln!(file, "nobody{number},,,");
    }
    file.push_str("anna@example.com,paid,monthly,2027-02-30\n");
    file.push_str("ben@example.com,,,\n");
    write(&paper, "readers.csv", &file);
    let (code, text) = import(&paper, "readers.csv", &["--write"]);
    assert_eq!(code, 1, "{text}");
    has_all(
        &text,
        &[
            "line 2, email: a mail address has a name",
            "line 51, email",
            "and 11 other rows are wrong",
            "61 rows are wrong of 62",
            "--skip-bad-rows",
        ],
    );
    assert!(!text.contains("line 52"), "{text}");
    assert_eq!(account(&paper, "ben@example.com"), None);
    let (code, text) = import(&paper, "readers.csv", &["--write", "--skip-bad-rows"]);
    assert_eq!(code, 0, "{text}");
    has_all(&text, &["1  new accounts", "61  are wrong", "Written."]);
    assert!(account(&paper, "ben@example.com").is_some());
}

#[test]
fn files_of_garbage_are_refused_with_what_to_do_and_change_nothing() {
    let paper = shop();
    let _server = paper.serve();
    let open: String = "email,name\na@example.com,\"Anna\n".to_owned()
        + &"b@example.com,Somebody\n".repeat(100_000);
    let long = format!("email,name\na@example.com,{}\n", "x".repeat(10_000_000));
    let cases: [(&[u8], &str); 11] = [
        (b"", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "isn't text"),
        (b"PK\x03\x04rest", "spreadsheet or an archive"),
        (b"\xff\xfee\0m\0a\0i\0l\0", "UTF-16"),
        (b"name,telephone\nAnna,1\n", "--format"),
        (
            b"email;name\na@example.com;Anna\n",
            "commas, not semicolons",
        ),
        (b"email,nmae\na@example.com,Anna\n", "\"nmae\" isn't known"),
        (open.as_bytes(), "line 2 is longer than"),
        (long.as_bytes(), "line 2 is longer than"),
        (
            b"email,name\na@example.com,Anna\nb@example.com,J\xfcrgen\n",
            "line 3, name: it isn't UTF-8",
        ),
        (
            b"email,name\nemail,name\na@example.com;Anna\n",
            "line 3: 1 cells in 2 columns",
        ),
    ];
    for (content, expected) in cases {
        write(&paper, "garbage.csv", content);
        let (code, text) = import(&paper, "garbage.csv", &["--write", "--skip-bad-rows"]);
        assert!(code == 1 && text.contains(expected), "{expected}: {text}");
    }
    let (code, text) = import(&paper, "nowhere.csv", &[]);
    assert!(code == 1 && text.contains("can't be read"), "{text}");
    // A mark before the first column, as spreadsheets write it, is no garbage;
    // what would drive a terminal isn't repeated to it.
    let marked =
        "\u{feff}email,has\na@example.com,account\na@example.com,\nb@example.com,\u{1b}[2J\n";
    write(&paper, "garbage.csv", marked);
    let (code, text) = import(&paper, "garbage.csv", &["--write"]);
    assert_eq!(code, 1, "{text}");
    has_all(
        &text,
        &[
            "line 3, email: the same as in line 2",
            "\"\\u{1b}[2J\" isn't one of",
        ],
    );
    assert!(!text.contains('\u{1b}'), "{text:?}");
    assert_eq!(account(&paper, "a@example.com"), None);
}

/// A file with so many readers who have paid.
fn many(count: usize) -> String {
    let mut file = String::from("email,id,name,has,level,paid_until\n");
    for number in 0..count {
        let _ = writeln!(
            file,
            "reader{number}@example.com,{number},Reader {number},paid,monthly,2035-01-31"
        );
    }
    file
}

#[test]
fn whoever_is_killed_in_the_midst_of_it_begins_again_and_nobody_comes_twice() {
    let paper = shop();
    let server = paper.serve();
    let config = paper.config();
    let count = 2_000;
    write(&paper, "readers.csv", many(count));
    let path = paper.path("readers.csv");
    let file = path.to_str().expect("a path").to_owned();
    let mut child = Command::new(env!("CARGO_BIN_EXE_ludgate"))
        .args(["import", &file, "--config", &config, "--write"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    let first = MailAddress::new("reader0@example.com").expect("an address");
    beside(&paper, async |store| {
        loop {
            let mut reading = store.read().await.expect("a turn");
            let found = reading.account_by_mail(&first).await.expect("a row");
            if found.is_some() {
                return;
            }
            assert!(child.try_wait().expect("a child").is_none(), "it has ended");
        }
    });
    // The server this time: no worse than the command.
    drop(server);
    let output = child.wait_with_output().expect("an end");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{text}");
    has_all(&text, &["broke off", "begin it again"]);
    assert_eq!(
        account(&paper, "reader1999@example.com"),
        None,
        "all of them came"
    );

    let _server = paper.serve();
    let output = ludgate(&["import", &file, "--config", &config, "--write"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}");
    has_all(&text, &["are here already", "Written."]);
    let (_, text) = said(&["import", &file, "--config", &config]);
    has_all(&text, &["2,000  are here already", "Nothing in it is new"]);
    each_is_there_once(&paper, count);
}

/// Every reader of [`many`] has one account and one subscription, and the books
/// hold together.
fn each_is_there_once(paper: &Paper, count: usize) {
    beside(paper, async |store| {
        let mut accounts = HashSet::new();
        let mut reading = store.read().await.expect("a turn");
        let mut after = None;
        loop {
            let some = reading.running_subscriptions(after, 500).await;
            let some = some.expect("rows");
            let Some(last) = some.last() else { break };
            after = Some(last.id);
            for one in some {
                assert!(accounts.insert(one.account), "{} has two", one.account);
            }
        }
        assert_eq!(accounts.len(), count);
        drop(reading);
        let checked = store.check().await.expect("checked");
        assert_eq!(checked.findings, Vec::<String>::new());
    });
}

#[test]
fn a_full_disk_is_told_and_afterwards_each_comes_once() {
    let paper = shop();
    let config = paper.config();
    let count = 1_000;
    write(&paper, "readers.csv", many(count));
    let path = paper.path("readers.csv");
    let file = path.to_str().expect("a path");
    // No file may grow beyond a megabyte, which says the same as a full disk.
    let limited = "trap '' XFSZ; ulimit -f 2048; exec \"$@\"";
    let output = Command::new("sh")
        .args(["-c", limited, "sh", env!("CARGO_BIN_EXE_ludgate")])
        .args(["import", file, "--config", &config, "--write"])
        .stdin(Stdio::null())
        .output()
        .expect("the program");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{text}");
    has_all(&text, &["broke off", "begin it again"]);
    let last = format!("reader{}@example.com", count - 1);
    assert_eq!(account(&paper, &last), None, "all of them came");
    let (code, text) = import(&paper, "readers.csv", &["--write"]);
    assert!(code == 0 && text.contains("Written."), "{text}");
    each_is_there_once(&paper, count);
}

#[test]
fn what_is_no_file_is_refused_and_not_waited_for() {
    let paper = shop();
    for (file, expected) in [("content", "is no file"), ("nowhere.csv", "can't be read")] {
        let (code, text) = import(&paper, file, &["--write"]);
        assert!(code == 1 && text.contains(expected), "{file}: {text}");
    }
    let pipe = paper.path("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
    assert!(made.success());
    let (code, text) = import(&paper, "pipe", &[]);
    assert!(code == 1 && text.contains("is no file"), "{text}");
}

#[test]
fn it_is_kept_who_has_brought_them_over() {
    let paper = shop();
    let _server = paper.serve();
    write(&paper, "readers.csv", READERS);
    let (code, text) = import(&paper, "readers.csv", &["--write", "--by", "Ines"]);
    assert_eq!(code, 0, "{text}");
    for mail in ["anna@example.com", "carla@example.com"] {
        let id = account(&paper, mail).expect("an account").id;
        let timeline = beside(&paper, async |store| {
            let mut reading = store.read().await.expect("a turn");
            let end = "9999-01-01T00:00:00Z".parse().expect("a time");
            reading.timeline(id, end).await.expect("a timeline")
        });
        let by = |entry: &Entry| matches!(&entry.what, What::Act { actor, why, .. } if actor.ends_with(" as Ines") && why == "import of readers.csv");
        assert!(timeline.iter().any(by), "{mail}: {timeline:?}");
    }
}

#[test]
fn what_is_delivered_comes_with_where_and_not_without() {
    let paper = shop();
    paper.edit("ludgate.toml", |text| {
        format!(
            "{text}\n[products.print]\ngrants = [\"read\"]\ndelivered = true\n\
             [plans.paper]\nproduct = \"print\"\nprice = \"20.00 USD\"\nevery = \"1 month\"\n\
             [[offers]]\nid = \"paper\"\nplan = \"paper\"\n"
        )
    });
    let _server = paper.serve();
    let file = "email,name,has,level,paid_until,country,post_street,post_city,post_code\n\
                anna@example.com,Anna,paid,paper,2035-01-31,DE,Kanalstr. 1,Berlin,10115\n\
                ben@example.com,Ben,paid,paper,2020-01-31,DE,,,\n\
                carla@example.com,Carla,paid,paper,2035-01-31,DE,,,\n\
                dora@example.com,Dora,paid,paper,2035-01-31,DE,Kanalstr. 1,,\n";
    write(&paper, "readers.csv", file);
    let (code, text) = import(&paper, "readers.csv", &["--write"]);
    assert_eq!(code, 1, "{text}");
    has_all(
        &text,
        &[
            "line 4: it is delivered by post; add an address",
            "line 5, post_city: there is nothing in it",
            "2 rows are wrong of 4",
        ],
    );
    let (code, text) = import(&paper, "readers.csv", &["--write", "--skip-bad-rows"]);
    assert_eq!(code, 0, "{text}");
    let addresses = beside(&paper, async |store| {
        let mut reading = store.read().await.expect("a turn");
        let mut addresses = Vec::new();
        for name in ["anna", "ben"] {
            let mail = MailAddress::new(&format!("{name}@example.com")).expect("an address");
            let found = reading.account_by_mail(&mail).await.expect("a row");
            let own = reading.subscriptions(found.expect("an account").id).await;
            let [one] = own.expect("rows").try_into().expect("one");
            addresses.push(match one.address {
                Some(id) => reading.address(id).await.expect("a row"),
                None => None,
            });
        }
        addresses
    });
    let [Some(anna), None] = addresses.as_slice() else {
        panic!("{addresses:?}");
    };
    assert_eq!(
        (
            anna.name.as_str(),
            anna.city.as_str(),
            anna.country.to_string()
        ),
        ("Anna", "Berlin", "DE".to_owned())
    );
}

#[test]
fn who_may_not_have_accounts_brings_nobody_over() {
    let paper = Paper::new();
    paper.story("one");
    write(&paper, "readers.csv", READERS);
    for server in [None, Some(paper.serve())] {
        let (code, text) = import(&paper, "readers.csv", &[]);
        assert!(code == 1 && text.contains("[mail] says how"), "{text}");
        drop(server);
    }
}
