//! Pages on the disk: what memory has let go of is there again, cut as it was,
//! and what was forgotten is nowhere.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use jiff::SignedDuration;
use ludgate_gateway::{OnDisk, Purge};

use crate::cms::{Cms, known};
use crate::foreign::wait;
use crate::site::{Setup, Site};

/// Memory for a few stories, and a disk for all that the tests have.
const LITTLE: u64 = 200 << 10;
const DISK: u64 = 64 << 20;

/// More stories than that memory holds.
const STORIES: usize = 40;

fn site() -> Site<Cms> {
    with_memory(LITTLE)
}

fn with_memory(memory: u64) -> Site<Cms> {
    let setup = Setup {
        foreign: Some(Arc::new(known())),
        memory_and_disk: Some((memory, DISK)),
        ..Setup::default()
    };
    Site::before(&setup, Cms::default())
}

fn path(story: usize) -> String {
    format!("/blog/s{story}")
}

impl Site<Cms> {
    fn on_disk(&self) -> OnDisk {
        self.gate.pages().on_disk().expect("a disk")
    }

    /// Reads all stories, most of which have to make room in memory, and waits
    /// until those are written.
    fn read_all(&self, reader: &str) {
        for story in 0..STORIES {
            let reply = self.get(&path(story), &[reader]);
            assert_eq!(reply.status, 200, "{}", reply.head);
        }
        wait(Duration::from_secs(10), || {
            let disk = self.on_disk();
            assert_eq!(disk.lost, 0);
            disk.written >= disk.pages as u64 && disk.pages > STORIES / 2
        });
    }
}

#[test]
fn a_story_that_memory_has_let_go_of_is_read_from_the_disk_and_cut_as_it_was() {
    let site = site();
    let walled = site.walled_by_blog();
    site.read_all(&walled);
    site.asked();
    for story in 0..STORIES {
        site.hides(&format!("s{story}"), &path(story), &[&walled]);
        site.hides(
            &format!("s{story}"),
            &path(story),
            &[&walled, "Accept-Encoding: gzip"],
        );
    }
    assert_eq!(
        site.asked(),
        [""; 0],
        "the site isn't asked for what is on the disk"
    );
    let disk = site.on_disk();
    assert!(disk.read > STORIES as u64 / 2, "{disk:?}");
    assert!(disk.index > 0, "{disk:?}");
    let reply = site.get(&path(0), &["Cookie: nothing=counted"]);
    assert_eq!(reply.reason(), "counted", "whole for who has stories left");
}

#[test]
fn what_is_stale_on_the_disk_is_stale() {
    let site = site();
    let walled = site.walled_by_blog();
    site.read_all(&walled);
    site.asked();
    site.pass(SignedDuration::from_secs(200));
    site.hides("s0", &path(0), &[&walled]);
    assert_eq!(site.asked(), ["GET /blog/s0"]);
}

#[test]
fn where_the_site_is_down_beginnings_come_from_the_disk() {
    let site = site();
    let walled = site.walled_by_blog();
    site.read_all(&walled);
    site.pass(SignedDuration::from_secs(200));
    site.origin.down.store(true, Ordering::SeqCst);
    for story in 0..STORIES {
        let reply = site.get(&path(story), &[]);
        assert_eq!(reply.reason(), "unavailable", "{}", reply.head);
        site.hides(&format!("s{story}"), &path(story), &[]);
    }
}

#[test]
fn what_was_purged_is_on_no_disk() {
    let site = site();
    let walled = site.walled_by_blog();
    for which in [
        Purge::Url("/blog/s1".into()),
        Purge::Prefix("/blog/s1".into()),
        Purge::Everything,
    ] {
        site.read_all(&walled);
        let before = site.gate.pages().size().0 + site.on_disk().pages;
        let gone = site.gate.purge(std::slice::from_ref(&which));
        let after = site.gate.pages().size().0 + site.on_disk().pages;
        assert_eq!(before - after, gone, "{which:?}");
        site.asked();
        site.hides("s1", "/blog/s1", &[&walled]);
        assert_eq!(site.asked(), ["GET /blog/s1"], "{which:?}");
    }
}

#[test]
fn a_change_of_the_rules_cuts_what_is_on_the_disk_anew() {
    let setup = Setup {
        foreign: Some(Arc::new(known())),
        memory_and_disk: Some((LITTLE, DISK)),
        ..Setup::default()
    };
    let site = Site::before(&setup, Cms::default());
    let walled = site.walled_by_blog();
    site.read_all(&walled);
    site.asked();
    site.change(&setup);
    for story in 0..STORIES {
        site.hides(&format!("s{story}"), &path(story), &[&walled]);
    }
    assert_eq!(site.asked().len(), STORIES);
}

#[test]
fn what_depends_on_headers_is_found_by_them() {
    let site = site();
    let language = |language: &str| {
        let line = format!("Accept-Language: {language}");
        site.get("/languages", &[&line]).text()
    };
    let (german, french) = (language("de"), language("fr"));
    assert_ne!(german, french);
    let walled = site.walled_by_blog();
    site.read_all(&walled);
    site.asked();
    assert_eq!((language("de"), language("fr")), (german, french));
    assert_eq!(site.asked(), [""; 0]);
}

#[test]
fn what_else_is_kept_comes_back_as_it_went() {
    let site = site();
    let walled = site.walled_by_blog();
    let paths = ["/lasting", "/style.css", "/feed", "/sitemap.xml"];
    let get = |path| {
        let reply = site.get(path, &["Accept-Encoding: identity"]);
        let head: Vec<_> = reply
            .head
            .lines()
            .filter(|line| !line.starts_with("date:"))
            .collect();
        (head.join("\n"), reply.body)
    };
    let before = paths.map(get);
    site.read_all(&walled);
    site.asked();
    for (path, before) in paths.into_iter().zip(before) {
        assert_eq!(get(path), before, "{path}");
    }
    // That one says nothing of how long it lasts, so it is asked about.
    assert!(site.asked().iter().all(|line| line == "GET /sitemap.xml"));
}

#[test]
fn what_memory_has_room_for_is_on_no_disk() {
    let site = with_memory(64 << 20);
    let walled = site.walled_by_blog();
    for story in 0..STORIES {
        site.hides(&format!("s{story}"), &path(story), &[&walled]);
    }
    assert_eq!(site.on_disk(), OnDisk::default());
}
