//! What lies on the disk is whole or isn't there, and makes room.

use tempfile::TempDir;

use super::*;
use crate::print::Form;
use crate::samples::{corners, webp};

const PLENTY: u64 = 1 << 30;

fn key(of: &[u8], width: u32) -> Key {
    Key {
        fingerprint: Fingerprint::of(of),
        width,
        form: Form::Webp,
    }
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn open(folder: &TempDir, most: u64) -> Shelf {
    Shelf::open(Some(folder.path()), most).expect("a shelf")
}

fn files(folder: &TempDir) -> Vec<String> {
    let mut names = Vec::new();
    for shelf in fs::read_dir(folder.path()).expect("a folder") {
        for file in fs::read_dir(shelf.expect("an entry").path()).expect("a folder") {
            let name = file.expect("an entry").file_name();
            names.push(name.to_string_lossy().into_owned());
        }
    }
    names.sort();
    names
}

#[test]
fn a_print_is_there_after_a_restart_and_survives_nothing_but_its_own_end() {
    let (folder, print) = (folder(), webp(&corners(32, 32)));
    let one = key(b"one", 320);
    open(&folder, PLENTY).keep(&one, &print).expect("room");
    let shelf = open(&folder, PLENTY);
    assert_eq!(shelf.find(&one).as_deref(), Some(&*print));
    assert_eq!(shelf.find(&key(b"one", 480)), None);
    assert_eq!(shelf.size(), (1, print.len() as u64));
    fs::remove_dir_all(folder.path()).expect("anybody may");
    assert_eq!(shelf.find(&one), None, "it is made again");
    assert_eq!(shelf.size(), (0, 0));
    shelf.keep(&one, &print).expect("the folder is made again");
    assert!(shelf.find(&one).is_some());
}

#[test]
fn what_a_crash_or_a_loss_of_power_has_left_is_no_print() {
    let (folder, print) = (folder(), webp(&corners(32, 32)));
    let (torn, empty) = (key(b"torn", 320), key(b"empty", 320));
    let shelf = open(&folder, PLENTY);
    for key in [torn, empty] {
        shelf.keep(&key, &print).expect("room");
    }
    fs::write(
        shelf.path(&torn).expect("a path"),
        &print[..print.len() / 2],
    )
    .expect("torn");
    fs::write(shelf.path(&empty).expect("a path"), []).expect("emptied");
    let path = shelf.path(&torn).expect("a path");
    let beside = path.parent().expect("a folder").join(".new-AbCdEf");
    fs::write(beside, b"half of a pri").expect("left over");
    let shelf = open(&folder, PLENTY);
    assert_eq!(shelf.find(&torn), None);
    assert_eq!(shelf.find(&empty), None);
    assert_eq!(files(&folder), Vec::<String>::new());
}

#[test]
fn the_shelf_never_holds_more_than_it_may_and_lets_go_of_what_nobody_wants() {
    let (folder, print) = (folder(), webp(&corners(32, 32)));
    let most = print.len() as u64 * 5;
    let shelf = open(&folder, most);
    for number in 0..50_u8 {
        shelf.keep(&key(&[number], 320), &print).expect("room");
        assert!(
            shelf.find(&key(&[0], 320)).is_some(),
            "it is asked for all the time"
        );
        let (prints, bytes) = shelf.size();
        assert!(bytes <= most && files(&folder).len() == prints);
    }
    // Another start with less room.
    let shelf = open(&folder, print.len() as u64 * 2);
    assert!(shelf.size().1 <= print.len() as u64 * 2);
    assert_eq!(files(&folder).len(), shelf.size().0);
}

#[test]
fn what_was_made_of_pictures_that_are_gone_is_removed() {
    let (folder, print) = (folder(), webp(&corners(32, 32)));
    let shelf = open(&folder, PLENTY);
    for (of, width) in [(b"stays", 320), (b"stays", 480), (b"leave", 320)] {
        shelf.keep(&key(of, width), &print).expect("room");
    }
    let stays = Fingerprint::of(b"stays");
    assert_eq!(shelf.retain(|own| own == stays), 1);
    assert_eq!(shelf.size().0, 2);
    assert_eq!(files(&folder).len(), 2);
}

#[test]
fn without_a_folder_nothing_is_kept() {
    let shelf = Shelf::open(None, PLENTY).expect("nothing to open");
    let one = key(b"one", 320);
    shelf
        .keep(&one, &webp(&corners(32, 32)))
        .expect("nothing to do");
    assert_eq!(shelf.find(&one), None);
}

#[test]
fn files_of_others_are_left_alone() {
    let folder = folder();
    fs::write(folder.path().join("README"), b"mine").expect("written");
    fs::create_dir(folder.path().join("ab")).expect("made");
    let other = folder.path().join("ab").join("abc.0320.webp");
    fs::write(&other, b"mine").expect("written");
    let shelf = open(&folder, 0);
    assert_eq!(shelf.size(), (0, 0));
    shelf.retain(|_| false);
    assert!(other.exists());
}
