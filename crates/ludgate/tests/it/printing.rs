//! Files for whoever delivers the printed edition, beside a running server.

use std::os::unix::fs::PermissionsExt;

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use serde_json::{Value, json};
use store::delivery::{Begun, Finished};

use crate::accounts::beside;
use crate::buying::{PAPER, billing, buys, new_account, now, shop};
use crate::care::{care, does, done, refused};
use crate::program::{Paper, Server, said};

/// A shop that prints on every day, settled on the day itself.
pub(crate) fn press() -> (Paper, Server) {
    let paper = shop();
    paper.edit("ludgate.toml", |text| {
        format!(
            "{text}\n[products.paper]\ngrants = [\"read\", \"print\"]\ndelivered = true\n\
             [print]\nlead = \"0 days\"\ndays = [\"monday\", \"tuesday\", \"wednesday\", \
             \"thursday\", \"friday\", \"saturday\", \"sunday\"]\nexcept = [{}]\n",
            in_days(5)
        )
    });
    let server = paper.serve();
    (paper, server)
}

/// The day so many days from now, in the paper's zone.
pub(crate) fn in_days(days: i32) -> Date {
    let now: Timestamp = now();
    let today = now
        .to_zoned_datetime(jiff::tz::TimeZone::get("Europe/London").expect("a zone"))
        .date();
    today.saturating_add(Span::new().days(days))
}

/// Somebody who was given print for nothing; where it goes nobody knows.
fn given(paper: &Paper, name: &str) -> String {
    beside(paper, async |store| new_account(store, name).await);
    let mail = format!("{name}@example.com");
    does(paper, &["reader", "grant", &mail, PAPER]);
    mail
}

/// Somebody who has bought it, and lives in Hamburg.
fn bought(paper: &Paper, name: &str) -> String {
    beside(paper, async |store| {
        let account = new_account(store, name).await;
        let bought = buys(&billing(store), account, PAPER, 1).await;
        bought.subscription.id.to_string()
    })
}

fn lives(paper: &Paper, mail: &str, from: &str) {
    let to = [
        "--name", "Eve", "--line", "2 Strand", "--line", "Flat, 3", "--city", "London",
    ];
    let redirect = ["reader", "delivery", "redirect", mail, "--from", from];
    let said = does(paper, &[&redirect[..], &to, &["--country", "GB"]].concat());
    assert!(
        said.contains(&format!("it goes elsewhere from {from} on")),
        "{said}"
    );
}

/// Exports a day into a file: what is in the file and what is said.
#[track_caller]
pub(crate) fn exports(paper: &Paper, name: &str, args: &[&str]) -> (String, String) {
    let file = paper.path(name);
    let to = file.to_str().expect("a path");
    let said = done(paper, &[args, &["--out", to, "--by", "Bert"]].concat());
    let mode = std::fs::metadata(&file)
        .expect("a file")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600, "only its owner reads it");
    (std::fs::read_to_string(&file).expect("a file"), said)
}

#[test]
fn a_day_is_exported_and_what_differs_later_is_told_and_it_is_written_again_as_it_was() {
    let (paper, _server) = press();
    let anna = bought(&paper, "anna");
    let (eve, ben) = (given(&paper, "eve"), given(&paper, "ben"));
    let stopped = bought(&paper, "stopped");
    let day = in_days(2).to_string();
    lives(&paper, &eve, &day);
    let stop = [
        "reader", "delivery", "suspend", &stopped, "--from", &day, "--to", &day,
    ];
    does(&paper, &stop);
    let shown = done(&paper, &["reader", "show", &stopped]);
    for words in ["nothing is delivered", "suspend_delivery", "asked by mail"] {
        assert!(shown.contains(words), "{words} in {shown}");
    }

    let export = ["print", "export", "--for", &day, "--yes"];
    let (first, told) = exports(&paper, "first.csv", &export);
    let lines: Vec<&str> = first.split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 3, "{first}");
    assert!(
        lines[0].starts_with("delivery,subscriber,name,address_1,"),
        "{first}"
    );
    assert!(first.contains(&anna), "{first}");
    let hers = ",\"Anna \"\"=Sand\"\"\",'=1+1 Hafenstr.,,,,20457,Hamburg,,DE,paper,1,\r\n";
    assert!(first.contains(hers), "{first}");
    assert!(
        first.contains(",Eve,2 Strand,\"Flat, 3\",,,,London,,GB,paper,1,\r\n"),
        "{first}"
    );
    assert!(!first.contains(&stopped), "{first}");
    for words in [
        "Export 1 for ",
        "2 lines, 2 copies",
        "1 is left out at the reader's wish",
        "1 has no address",
    ] {
        assert!(told.contains(words), "{words} in {told}");
    }

    // What is exported can't be changed any more.
    let late = [
        "reader", "delivery", "suspend", &ben, "--from", &day, "--to", &day,
    ];
    refused(&paper, &late, "the next that can be changed is");

    let cora = bought(&paper, "cora");
    does(&paper, &["reader", "cancel", &anna, "--now"]);
    let (second, told) = exports(&paper, "second.csv", &export);
    assert!(
        second.contains(&cora) && !second.contains(&anna),
        "{second}"
    );
    for words in [
        "There was one for that day before, export 1",
        "1 added (+), 1 removed (-), 0 changed (~)",
        &format!("+ {cora}"),
        &format!("- {anna}"),
    ] {
        assert!(told.contains(words), "{words} in {told}");
    }
    let (_, told) = exports(&paper, "third.csv", &export);
    assert!(
        told.contains("export 2. Nothing differs from it."),
        "{told}"
    );

    let (again, told) = exports(&paper, "again.csv", &["print", "again", "1"]);
    assert_eq!(again, first);
    assert!(told.contains("the same as it was then"), "{told}");
    // Whoever is erased is in no file any more.
    does(&paper, &["reader", "erase", "anna@example.com", "--yes"]);
    let (again, told) = exports(&paper, "erased.csv", &["print", "again", "1"]);
    assert!(!again.contains("Sand") && again.contains("Eve"), "{again}");
    assert!(
        told.contains("1 line of it belonged to readers who were erased"),
        "{told}"
    );

    let list = done(&paper, &["print", "exports"]);
    for words in ["1  for ", "3  for ", "as Bert", "2 lines  2 copies"] {
        assert!(list.contains(words), "{words} in {list}");
    }
    let json = done(&paper, &["print", "exports", "--format", "json"]);
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json[2]["number"], 1);
    assert_eq!(json[2]["configuration"]["lead_days"], 0);
    assert_eq!(json[2]["skipped"]["no_address"], 1);
}

#[test]
fn what_cant_be_exported_is_refused_with_what_to_write_instead_and_leaves_no_file() {
    let (paper, _server) = press();
    let file = paper.path("none.csv");
    let out = ["--out", file.to_str().expect("a path")];
    let (good, free, far) = (in_days(2), in_days(5), in_days(90));
    for (day, more, words) in [
        ("tomorrow", &[][..], "is no date; write it as 2026-12-01"),
        (
            &*format!("{good}T10:00"),
            &[],
            "is no date; write it as 2026-12-01",
        ),
        ("2020-01-01", &[], "is over"),
        (&*far.to_string(), &[], "is too far ahead"),
        (&*free.to_string(), &[], "nothing is delivered on"),
        (
            &*good.to_string(),
            &["--product", "papr"],
            "did you mean paper?",
        ),
        (
            &*good.to_string(),
            &["--product", "digital"],
            "has no print; what is printed is paper",
        ),
    ] {
        let args = [&["print", "export", "--for", day][..], more, &out].concat();
        let (code, text) = care(&paper, &args);
        assert!(code == 1 && text.contains(words), "{day}: {code} {text}");
        assert!(!file.exists(), "{day}");
    }
    std::fs::write(&file, "mine").expect("a file");
    let good = good.to_string();
    let args = [&["print", "export", "--for", &good, "--yes"][..], &out].concat();
    let (code, text) = care(&paper, &args);
    assert!(code == 1 && text.contains("isn't there yet"), "{text}");
    assert_eq!(std::fs::read_to_string(&file).expect("a file"), "mine");
    assert!(done(&paper, &["print", "exports"]).contains("Nothing was exported yet"));
    let (code, text) = care(&paper, &["print", "again", "7"]);
    assert!(code == 1 && text.contains("there is no export 7"), "{text}");
}

#[test]
fn a_day_far_ahead_is_asked_about_and_an_export_can_be_made_void() {
    let (paper, _server) = press();
    let eve = given(&paper, "eve");
    let (next, day) = (in_days(0), in_days(40).to_string());
    lives(&paper, &eve, &in_days(1).to_string());
    let file = paper.path("far.csv");
    let out = ["--out", file.to_str().expect("a path")];
    let export = ["print", "export", "--for", &day];
    let (code, text) = care(&paper, &[&export[..], &out].concat());
    let words = format!("the next delivery that readers can still change, {next}");
    assert!(code == 1 && text.contains(&words), "{code} {text}");
    assert!(!file.exists());
    let far = [&export[..], &["--yes"]].concat();
    exports(&paper, "far.csv", &far);

    // Earlier days are free, the day itself isn't, and the reader is told.
    let (from, to) = (in_days(38).to_string(), in_days(41).to_string());
    let stop = [
        "reader", "delivery", "suspend", &eve, "--from", &from, "--to", &to,
    ];
    let said = does(&paper, &stop);
    assert!(
        said.contains(&format!("but not on {day}, which was exported before")),
        "{said}"
    );
    let (_, told) = exports(&paper, "same.csv", &far);
    assert!(told.contains("Nothing differs from it."), "{told}");

    let (code, text) = care(&paper, &["print", "void", "1", "--by", "Bert"]);
    assert!(
        code == 1 && text.contains("the export 2 for the same day was made after 1"),
        "{text}"
    );
    for (number, then) in [
        ("2", "export 1 for that day stands still"),
        ("1", "readers can change it again"),
    ] {
        let told = done(&paper, &["print", "void", number, "--by", "Bert"]);
        assert!(told.contains(then), "{told}");
    }
    let list = done(&paper, &["print", "exports"]);
    assert!(
        list.contains("void since") && list.contains("as Bert"),
        "{list}"
    );
    let (_, told) = exports(&paper, "again.csv", &["print", "again", "1"]);
    assert!(told.contains("nothing is delivered by it"), "{told}");
    let (_, told) = exports(&paper, "anew.csv", &far);
    assert!(
        told.contains("1 is left out at the reader's wish"),
        "{told}"
    );
    assert!(
        !told.contains("There was one for that day before"),
        "{told}"
    );
    // Day by day in their order nobody is asked.
    for ahead in [0, 1, 2] {
        let day = in_days(ahead).to_string();
        let name = format!("{ahead}.csv");
        exports(&paper, &name, &["print", "export", "--for", &day]);
    }
}

/// Keeps an export of nobody, as a version of such settings had made it.
fn exported_by(paper: &Paper, settings: &Value) {
    beside(paper, async |store| {
        let mut writing = store.write().await.expect("a writing");
        let begun = Begun {
            day: in_days(1),
            product: None,
            actor: "Bert",
            configuration: settings,
        };
        let number = writing.begin_print_export(&begun, now()).await;
        let skipped = json!({
            "redirected": 0, "grace": 0, "grace_left_out": 0,
            "suspended": 0, "no_address": 0, "without": [],
        });
        let finished = Finished {
            lines: 0,
            copies: 0,
            digest: &"0".repeat(64),
            summary: &skipped,
        };
        let number = number.expect("an export");
        let done = writing.finish_print_export(number, &finished, now()).await;
        done.expect("an end");
        writing.commit().await.expect("a commit");
    });
}

#[test]
fn an_export_of_a_version_that_wrote_cells_otherwise_is_written_again_and_says_that_it_differs() {
    let (paper, _server) = press();
    exported_by(&paper, &json!({ "lead_days": 0 }));
    exported_by(&paper, &json!({ "cells": 2 }));
    let (again, told) = exports(&paper, "older.csv", &["print", "again", "1"]);
    assert!(again.starts_with("delivery,subscriber,"), "{again}");
    assert!(
        told.contains("a version that wrote some cells otherwise"),
        "{told}"
    );
    assert!(!told.contains("the same as it was then"), "{told}");
    // By the same rules it would have to be the same.
    let (code, text) = care(&paper, &["print", "again", "2"]);
    assert!(code == 1 && text.contains("isn't what it was"), "{text}");
    // What is exported now bears the mark.
    let day = in_days(0).to_string();
    exports(&paper, "now.csv", &["print", "export", "--for", &day]);
    let said = done(&paper, &["print", "exports", "--format", "json"]);
    let said: Value = serde_json::from_str(&said).expect("JSON");
    let number = |one: &&Value| one["number"] == 3;
    let third = said.as_array().and_then(|all| all.iter().find(number));
    assert_eq!(third.expect("the third")["configuration"]["cells"], 2);
}

#[test]
fn a_paper_that_prints_nothing_says_so_and_a_folder_without_a_server_too() {
    let paper = shop();
    let (code, text) = said(&["print", "exports", "--data", &paper.data()]);
    assert!(code == 1 && text.contains("no server is running"), "{text}");
    let _server = paper.serve();
    let (code, text) = care(&paper, &["print", "export", "--for", "2030-01-01"]);
    assert!(
        code == 1 && text.contains("nothing is printed here"),
        "{text}"
    );
}
