//! A folder of messages.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use jiff::SignedDuration;
use ludgate_providers::mail::{FileName, Folder, Keep, Mailer, Message, SendNext};

use crate::letters::letter;

/// Written so many days after the others.
fn later(drawn: u128, days: i64) -> Message {
    let mut message = letter(drawn);
    message.date += SignedDuration::from_hours(24 * days);
    message
}

fn put(folder: &Folder, message: &Message) {
    folder.put(message).expect("put");
}

fn files(dir: &Path) -> usize {
    dir.read_dir().expect("a folder").count()
}

#[tokio::test]
async fn a_message_is_put_in_once_and_read_back_as_it_was() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("mail");
    let folder = Folder::open(&path, Keep::default()).expect("a folder");
    let mailer = Mailer::Folder(folder.clone());
    for _ in 0..2 {
        mailer.send(&letter(1)).await.expect("put");
    }
    put(&folder, &later(2, 1));
    let names = folder.names(10).expect("names");
    let read: Vec<Message> = names
        .iter()
        .map(|name| folder.get(name).expect("read").expect("there").message)
        .collect();
    assert_eq!(read, [later(2, 1), letter(1)], "the latest first");
    let eml = folder.eml(&names[1]).expect("read").expect("there");
    assert_eq!(Ok(eml), letter(1).form());
    assert_eq!(folder.names(1).expect("names"), names[..1]);
    assert_eq!(files(&path), 4);
    for entry in path.read_dir().expect("a folder") {
        let mode = entry
            .expect("an entry")
            .metadata()
            .expect("there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o077, 0, "for its owner only");
    }
}

#[test]
fn a_message_that_the_programs_end_cut_short_is_sent_again() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = Folder::open(dir.path(), Keep::default()).expect("a folder");
    let mailer = Mailer::Folder(folder);
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let ended = runtime.expect("a runtime").handle().clone();
    let said = ended.block_on(mailer.send(&letter(1)));
    let error = said.expect_err("nobody put it in");
    assert_eq!(error.next(), SendNext::Later, "{error}");
    assert_eq!(files(dir.path()), 0);
}

#[test]
fn only_so_many_are_kept_and_none_that_is_too_old() {
    let dir = tempfile::tempdir().expect("a folder");
    let keep = |messages, days| Keep { messages, days };
    let folder = |keep| Folder::open(dir.path(), keep).expect("a folder");
    let few = folder(keep(3, None));
    // In whatever order they come.
    for day in [3, 0, 4, 1, 2] {
        put(&few, &later(9, day));
    }
    let days = |folder: &Folder| -> Vec<i64> {
        let start = letter(0).date.as_second();
        let names = folder.names(10).expect("names");
        let messages = names
            .iter()
            .map(|name| folder.get(name).expect("read").expect("there"));
        messages
            .map(|entry| (entry.message.date.as_second() - start) / 86_400)
            .collect()
    };
    assert_eq!(days(&few), [4, 3, 2]);
    std::fs::write(dir.path().join("notes.txt"), "mine").expect("written");
    let young = folder(keep(100, Some(30)));
    put(&young, &later(9, 34));
    assert_eq!(days(&young), [34, 4]);
    assert_eq!(files(dir.path()), 5, "what else lies there is left alone");
    // One is always kept: the one that was just put in.
    let none = folder(keep(0, Some(0)));
    put(&none, &later(9, 35));
    assert_eq!(days(&none), [35]);
}

#[test]
fn what_was_just_put_in_stays_however_old_it_is() {
    for keep in [
        Keep {
            messages: 3,
            days: None,
        },
        Keep {
            messages: 100,
            days: Some(30),
        },
        Keep {
            messages: 0,
            days: Some(0),
        },
    ] {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = Folder::open(dir.path(), keep).expect("a folder");
        for day in [100, 101, 102, 103] {
            put(&folder, &later(9, day));
        }
        // The business clock was set back.
        let old = later(9, 1);
        for _ in 0..2 {
            put(&folder, &old);
            let names = folder.names(10).expect("names");
            let name = names.last().expect("a name");
            let kept = folder.get(name).expect("read").expect("there").message;
            assert_eq!(kept, old, "{keep:?}");
        }
        // It goes when its turn comes.
        put(&folder, &later(9, 104));
        let names = folder.names(10).expect("names");
        let name = names.last().expect("a name");
        let last = folder.get(name).expect("read").expect("there").message;
        assert_ne!(last, old, "{keep:?}");
    }
}

#[test]
fn only_a_name_from_the_list_names_a_file() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = Folder::open(dir.path(), Keep::default()).expect("a folder");
    put(&folder, &letter(1));
    let name = &folder.names(1).expect("names")[0];
    assert_eq!(name.as_str().parse(), Ok(name.clone()));
    for wrong in [
        "",
        "../../etc/passwd",
        "notes",
        "000000000000-ABCDEF0123456789",
        "1-0",
        "000000000000-0123456789abcdef/x",
    ] {
        assert!(wrong.parse::<FileName>().is_err(), "{wrong}");
    }
    let gone: FileName = "000000000000-0123456789abcdef".parse().expect("a name");
    assert_eq!(folder.get(&gone).expect("read"), None);
    assert_eq!(folder.eml(&gone).expect("read"), None);
}

#[test]
fn a_folder_that_cant_be_written_says_which() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = Folder::open(&dir.path().join("mail"), Keep::default()).expect("a folder");
    std::fs::remove_dir(dir.path().join("mail")).expect("gone");
    let error = folder.put(&letter(1)).expect_err("no folder").to_string();
    assert!(
        error.contains("/mail/") && error.contains("can't be written"),
        "{error}"
    );
}

#[test]
fn who_is_forgotten_has_no_message_left_and_others_keep_theirs() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = Folder::open(dir.path(), Keep::default()).expect("a folder");
    let mut other = later(3, 1);
    other.to = "zoe@example.org".parse().expect("an address");
    for message in [&letter(1), &later(2, 1), &other] {
        put(&folder, message);
    }
    let to = letter(1).to;
    assert_eq!(
        folder.sent_to(|one| *one == to).expect("read"),
        [letter(1), later(2, 1)]
    );
    assert_eq!(folder.forget(|one| *one == to).expect("forgotten"), 2);
    assert_eq!(folder.forget(|one| *one == to).expect("forgotten"), 0);
    assert_eq!(files(dir.path()), 2);
    let left = folder.sent_to(|_| true).expect("read");
    assert_eq!(left, [other]);
}

#[test]
fn who_is_forgotten_is_forgotten_in_pieces_too() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = Folder::open(dir.path(), Keep::default()).expect("a folder");
    let mut other = later(3, 1);
    other.to = "zoe@example.org".parse().expect("an address");
    for message in [&letter(1), &other] {
        put(&folder, message);
    }
    let whole = folder.names(10).expect("names");
    let name = |number: u32| format!("{number:012}-0123456789abcdef");
    let to = letter(1).to;
    let torn = format!("{{\"to\":\"{}\",\"subj", to.as_str());
    let header = format!("To: Anna <{}>\r\nSubject: cut", to.as_str());
    let zoe = "To: zoe@example.org\r\nSubject: cut";
    for (file, text) in [
        // Of another version, or cut short.
        (format!("{}.json", name(1)), &*torn),
        (format!("{}.eml", name(1)), "Subject: none"),
        (format!("{}.eml", name(2)), &header),
        (format!("{}.new", name(3)), &torn),
        (format!("{}.json", name(4)), &torn),
        (format!("{}.eml", name(5)), zoe),
    ] {
        std::fs::write(dir.path().join(file), text).expect("written");
    }
    assert_eq!(folder.sent_to(|one| *one == to).expect("read"), [letter(1)]);
    assert_eq!(folder.forget(|one| *one == to).expect("forgotten"), 5);
    for file in dir.path().read_dir().expect("a folder") {
        let path = file.expect("a file").path();
        let text = std::fs::read_to_string(&path).expect("read");
        assert!(!text.contains(to.as_str()), "{}", path.display());
    }
    assert_eq!(folder.names(10).expect("names").len(), 2, "zoe's");
    let before = folder.names_before(Some(&whole[0]), 10).expect("names");
    assert_eq!(before.len(), 1, "the one that was cut");
}
