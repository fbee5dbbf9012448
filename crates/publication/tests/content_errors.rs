//! What a publisher is told about mistakes in the content.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod paper;

use paper::{DRAWING, FERRY, Files, LEASE, PAPER, TIDES, files};

/// Loading `files` must give exactly these findings: file, line and a part of
/// what is said, in order.
#[track_caller]
fn check(files: &Files, expected: &[(&str, Option<usize>, &str)]) {
    let Err(errors) = files.load() else {
        panic!("it was accepted");
    };
    let all = errors.to_string();
    assert_eq!(errors.iter().count(), expected.len(), "{all}");
    for (error, (file, line, said)) in errors.iter().zip(expected) {
        assert_eq!((error.file.as_str(), error.line), (*file, *line), "{all}");
        assert!(
            error.to_string().contains(said),
            "{said:?} isn't said in:\n{all}"
        );
    }
}

/// The tide table with `from` replaced.
#[track_caller]
fn changed(from: &str, to: &str) -> Files {
    assert!(TIDES.contains(from), "{from}");
    files().with("stories/tide-table.md", TIDES.replace(from, to))
}

const FILE: &str = "stories/tide-table.md";

#[test]
fn mistakes_in_front_matter_name_their_line_and_the_remedy() {
    for (from, to, line, said) in [
        (
            "2026-11-18T06:00:00Z",
            "\"18 November\"",
            6,
            "without quotation marks",
        ),
        (
            "2026-11-18T06:00:00Z",
            "2026-13-40T06:00:00Z",
            6,
            "month between 01 and 12, in `published = 2026-13-40T06:00:00Z`",
        ),
        (
            "tier = \"free\"",
            "tier = \"free\"\ntier = \"locked\"",
            9,
            "duplicate key, in `tier = \"locked\"`",
        ),
        (
            "tier = \"free\"",
            "tier = \"gratis\"",
            8,
            "\"free\", \"metered\" or \"locked\"",
        ),
        (
            "tier = \"free\"",
            "tier = \"free\"\nstandfrist = \"x\"",
            9,
            "did you mean `standfirst`?",
        ),
        (
            "tier = \"free\"",
            "tier = \"free\"\nrelated = [\"tide-tabel\"]",
            9,
            "`tide-table`",
        ),
        (
            "tier = \"free\"",
            "tier = \"free\"\nrelated = [\"tide-table\"]",
            9,
            "itself",
        ),
        (
            "tier = \"free\"",
            "tier = \"free\"\ntags = [\"a\", \"a\"]",
            9,
            "twice",
        ),
        (
            "tier = \"free\"",
            "tier = \"free\"\ntags = [1]",
            9,
            "a text in quotation marks",
        ),
        ("tier = \"free\"\n", "", 2, "`tier` is missing"),
        (
            "byline = [\"Ruth Adeyinka\"]\n",
            "",
            2,
            "`byline` is missing",
        ),
        ("\"Tides\"", "\"…\"", 4, "needs a letter"),
        ("\"Tides\"", "\"\"", 4, "is empty"),
        ("\"The tide table\"", "\"The\\ntide\"", 2, "line break"),
        ("\"city\"", "\"citty\"", 7, "did you mean `city`?"),
        (
            "tier = \"free\"",
            "tier = \"free\"\nupdated = 2026-11-17",
            9,
            "before `published`",
        ),
        (
            "tier = \"free\"",
            "tier = \"free\"\n[picture]\nfile = \"fery.svg\"\nalt = \"x\"",
            10,
            "did you mean `ferry.svg`?",
        ),
        (
            "tier = \"free\"",
            "tier = \"free\"\n[picture]\nfile = \"ferry.svg\"",
            9,
            "`alt`",
        ),
        (
            "tier = \"free\"",
            "tier = \"free\"\n[correction]\ndate = \"x\"\ntext = \"y\"",
            10,
            "day",
        ),
    ] {
        check(&changed(from, to), &[(FILE, Some(line), said)]);
    }
}

#[test]
fn script_and_other_html_in_markdown_is_refused_with_its_line() {
    let text = "High water is at noon.";
    for (markdown, line, said) in [
        ("<script>alert(1)</script>", 11, "HTML isn't taken"),
        (
            "Noon <img src=x onerror=alert(1)> tide",
            11,
            "HTML isn't taken",
        ),
        ("A\n\n<!-- a comment -->", 13, "HTML isn't taken"),
        ("A [link](javascript:alert(1))", 11, "mustn't follow"),
        ("A [link](JaVaScRiPt:alert(1))", 11, "mustn't follow"),
        ("A [link](data:text/html,x)", 11, "mustn't follow"),
        ("A [link](//evil.example)", 11, "write https://"),
        ("A [link](tide.html)", 11, "is relative"),
        (
            "A [link](/stories/tide-tabel)",
            11,
            "did you mean /stories/tide-table?",
        ),
        ("A [link](/nowhere)", 11, "leads nowhere"),
        ("# A headline", 11, "##"),
        ("In a line ![x](ferry.svg) here", 11, "paragraph of its own"),
        ("![](ferry.svg)", 11, "say what the picture shows"),
        ("![x](missing.svg)", 11, "doesn't exist"),
    ] {
        let text = format!("{text}\n\n").replace(text, markdown) + "Noon.";
        check(
            &changed("High water is at noon.", &text),
            &[(FILE, Some(line), said)],
        );
    }
}

#[test]
fn a_story_without_an_end_to_its_front_matter_or_without_text_is_refused() {
    check(
        &changed("+++\n\nHigh", "\n\nHigh"),
        &[(FILE, Some(1), "has no end")],
    );
    check(
        &changed("+++\ntitle", "title"),
        &[(FILE, Some(1), "first line must be +++")],
    );
    check(
        &changed("High water is at noon.\n", ""),
        &[(FILE, Some(10), "has no text")],
    );
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let broken = TIDES
        .replace("free", "gratis")
        .replace("2026-11-18T06:00:00Z", "\"soon\"");
    let files = files()
        .with("stories/tide-table.md", broken)
        .with("stories/Upper.md", TIDES)
        .with(
            "stories/night-ferry.md",
            FERRY.replace("ferry.svg\"\nalt", "none.svg\"\nalt"),
        )
        .with(
            "publication.toml",
            format!("{PAPER}secondary = [\"nothing\"]\nnumber = 3\n"),
        );
    check(
        &files,
        &[
            (
                "publication.toml",
                Some(17),
                "`secondary` names the story \"nothing\"",
            ),
            ("publication.toml", Some(18), "unknown key `number`"),
            ("stories/Upper.md", None, "small letters"),
            ("stories/night-ferry.md", Some(15), "none.svg"),
            ("stories/tide-table.md", Some(6), "without quotation marks"),
            ("stories/tide-table.md", Some(8), "\"gratis\""),
        ],
    );
}

#[test]
fn a_mistake_of_its_own_hides_none_in_what_a_story_or_page_refers_to() {
    let story = TIDES
        .replace(
            "tier = \"free\"",
            "tier = \"gratis\"\nrelated = [\"night-fery\"]",
        )
        .replace(
            "at noon.",
            "at [noon](/stories/nowhere) for [all](/topics/tides).",
        );
    let page = "+++\nstandfirst = \"x\"\n+++\n\n[Here](/pages/nowhere).\n";
    check(
        &files()
            .with("stories/tide-table.md", story)
            .with("pages/untitled.md", page),
        &[
            ("pages/untitled.md", Some(2), "title"),
            ("pages/untitled.md", Some(5), "/pages/nowhere"),
            (FILE, Some(8), "\"free\", \"metered\" or \"locked\""),
            (FILE, Some(9), "did you mean `night-ferry`?"),
            (FILE, Some(12), "/stories/nowhere"),
        ],
    );
}

#[test]
fn two_files_of_one_slug_are_refused() {
    check(
        &files().with("stories/tide-table.markdown", TIDES),
        &[(FILE, None, "already taken by stories/tide-table.markdown")],
    );
}

#[test]
fn the_paper_itself_is_checked() {
    let paper = |from: &str, to: &str| {
        assert!(PAPER.contains(from));
        files().with("publication.toml", PAPER.replace(from, to))
    };
    let file = "publication.toml";
    check(
        &paper("1868", "\"1868\""),
        &[(file, Some(4), "a number from 1500")],
    );
    check(
        &paper("id = \"opinion\"", "id = \"Opinion\""),
        &[
            (file, Some(12), "small letters"),
            ("stories/hard-benches.md", Some(7), "`section` names"),
        ],
    );
    check(
        &paper("city = \"Ness\"", "citty = \"Ness\""),
        &[(file, Some(3), "did you mean `city`?")],
    );
    check(
        &paper("\"night-ferry\"", "\"shop-lease\""),
        &[(file, Some(16), "a sponsored story")],
    );
    check(
        &paper("[front]\n", "[front]\nopinion = [\"night-ferry\"]\n"),
        &[(file, Some(16), "twice on the page")],
    );
    check(
        &files().without(file),
        &[(file, None, "the file is missing")],
    );
}

#[test]
fn a_sponsored_story_is_never_locked() {
    let files = files().with("stories/shop-lease.md", LEASE.replace("metered", "locked"));
    check(
        &files,
        &[("stories/shop-lease.md", Some(2), "open to everybody")],
    );
}

#[test]
fn files_in_the_wrong_place_and_broken_pictures_are_refused() {
    check(
        &files().with("stories/notes.txt", "x"),
        &[("stories/notes.txt", None, ".md")],
    );
    check(
        &files().with("pages/a/b.md", TIDES),
        &[("pages/a", None, "directly in")],
    );
    check(
        &files().with("stories/x.md", b"+++\n\xff"),
        &[("stories/x.md", Some(2), "UTF-8")],
    );
    let scripted = DRAWING.replace("<path", "<script>alert(1)</script><path");
    check(
        &files().with("pictures/b.svg", scripted),
        &[("pictures/b.svg", None, "contains script")],
    );
    check(
        &files().with("pictures/b.png", DRAWING),
        &[(
            "pictures/b.png",
            None,
            "SVG drawing; give its name the ending .svg",
        )],
    );
    check(
        &files().with("pictures/b.svg", "<svg/>"),
        &[("pictures/b.svg", None, "width and height")],
    );
    for (name, bytes, said) in [
        (
            "b.jpg",
            &b"GIF89a\x01\0\x01\0"[..],
            "it is a GIF; export it",
        ),
        ("b.webp", b"", "it is an empty file"),
        (
            "b.png",
            b"\xff\xd8\xff\xd9",
            "it is a JPEG that has no pixels",
        ),
    ] {
        let name = format!("pictures/{name}");
        check(&files().with(&name, bytes), &[(&name, None, said)]);
    }
    assert!(files().with("stories/.tide.md.swp", "x").load().is_ok());
}

#[test]
fn a_file_too_large_to_be_a_story_is_not_read() {
    let long = format!("{TIDES}{}", "tide ".repeat(300_000));
    let files = files().with("stories/tide-table.md", long).with(
        "stories/night-ferry.md",
        FERRY
            .replace("\"tide-table\", ", "")
            .replace("tide-table", "hard-benches"),
    );
    check(&files, &[(FILE, None, "more than the 1048576")]);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_refused_and_one_within_it_followed() {
    let secret = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(secret.path(), DRAWING).unwrap();
    let folder = tempfile::tempdir().unwrap();
    files().write(folder.path());
    let within = folder.path().join("pictures/within.svg");
    std::os::unix::fs::symlink(folder.path().join("pictures/ferry.svg"), within).unwrap();
    assert!(paper::load(folder.path(), "en", None).is_ok());
    std::os::unix::fs::symlink(secret.path(), folder.path().join("pictures/out.svg")).unwrap();
    let errors = paper::load(folder.path(), "en", None)
        .unwrap_err()
        .to_string();
    assert!(
        errors.contains("pictures/out.svg: it is a link out of the content folder"),
        "{errors}"
    );
}

#[test]
fn a_theme_with_a_mistake_is_refused_with_its_file() {
    let theme = tempfile::tempdir().unwrap();
    std::fs::create_dir(theme.path().join("publication")).unwrap();
    for (name, template, said) in [
        ("story.html", "{% if %}", "story.html"),
        ("storry.html", "x", "publication/story.html"),
        ("story.html", "{{ t(\"pub-skipp\") }}", "pub-skip"),
        ("story.html", "\n{{ page.headline }}", "story.html:2"),
        ("missing.html", "{{ page.stories }}", "missing.html:1"),
    ] {
        let file = theme.path().join("publication").join(name);
        std::fs::write(&file, template).unwrap();
        let error = files()
            .load_in("en", Some(theme.path()))
            .unwrap_err()
            .to_string();
        assert!(error.contains(said), "{error}");
        std::fs::remove_file(file).unwrap();
    }
}

/// `publication.toml` with `lines` at its beginning, where they are line 1 and on.
#[track_caller]
fn check_paper(lines: &str, line: usize, said: &str) {
    let files = files().with("publication.toml", format!("{lines}\n{PAPER}"));
    check(&files, &[("publication.toml", Some(line), said)]);
}

/// `publication.toml` with tables at its end.
#[track_caller]
fn check_end(tables: &str, line: usize, said: &str) {
    let files = files().with("publication.toml", format!("{PAPER}\n{tables}"));
    let line = PAPER.lines().count() + 1 + line;
    check(&files, &[("publication.toml", Some(line), said)]);
}

#[test]
fn mistakes_of_the_editor_name_their_line_and_the_remedy() {
    check_paper("logo = \"fery.svg\"", 1, "did you mean `ferry.svg`?");
    check_end("[front.room]\npicks = 21", 2, "from 0 to 20");
    check_end("[front.room]\npick = 2", 2, "did you mean `picks`?");
    check_end(
        "[[front.rivers]]\nsection = \"citi\"",
        2,
        "did you mean `city`?",
    );
    let twice = "[[front.rivers]]\nsection = \"city\"\n[[front.rivers]]\nsection = \"city\"";
    check_end(twice, 4, "twice");
    check_end("[promotion]\nafter = 0", 2, "from 1 to 200");
    check_end(
        "[promotion]\nafter = 3\ntitle = \"x\"",
        1,
        "`text` is missing",
    );
    check_end(
        "[[authors]]\nname = \"Ines Marlov\"",
        2,
        "did you mean `ines-marlow`?",
    );
    let twice = "[[authors]]\nname = \"Ines Marlow\"\n[[authors]]\nname = \"ines marlow\"";
    check_end(twice, 4, "twice");
    for email in [
        "ines",
        "@b",
        "a@",
        "a@b@c",
        "a b@c",
        "a@b?subject=x",
        "<a>@b",
    ] {
        let author = format!("[[authors]]\nname = \"Ines Marlow\"\nemail = \"{email}\"");
        check_end(&author, 3, "such as desk@review.example");
    }
    let author = "[[authors]]\nname = \"Ines Marlow\"\npicture = { file = \"i.png\", alt = \"I\" }";
    check_end(author, 3, "\"i.png\", which doesn't exist");
    check_end(
        "[[series]]\nid = \"A b\"\ntitle = \"x\"",
        2,
        "can't stand in an address",
    );
    check_end("[[series]]\nid = \"a\"", 1, "`title` is missing");
    check_end(
        "[[series]]\nid = \"a\"\ntitle = \"x\"\nparts = 1",
        4,
        "from 2 to 104",
    );
    check_end(
        "[[gone]]\nstory = \"a\"\ndate = 2026-11-01",
        1,
        "`reason` is missing",
    );
    let there = "[[gone]]\nstory = \"tide-table\"\ndate = 2026-11-01\nreason = \"x\"";
    check_end(there, 2, "the story has a file");
}

#[test]
fn what_a_story_says_of_its_series_its_language_and_its_end_has_to_be_right() {
    for (lines, line, said) in [
        ("series = \"quays\"", 9, "the series \"quays\""),
        ("part = 2", 9, "name that with `series`"),
        ("series = \"a\"\npart = 0", 10, "from 1 to 104"),
        ("language = \"deutsch!\"", 9, "not a language tag"),
        (
            "translation = \"night-fery\"",
            9,
            "did you mean `night-ferry`?",
        ),
        ("translation = \"tide-table\"", 9, "itself"),
        ("embargo = \"tomorrow\"", 9, "without quotation marks"),
        ("gone = { date = 2026-11-01 }", 9, "`reason` is missing"),
        ("gone = true", 9, "must be a table"),
    ] {
        let files = changed("tier = \"free\"", &format!("tier = \"free\"\n{lines}"));
        let files = if lines.starts_with("series = \"a\"") {
            let paper = format!("{PAPER}\n[[series]]\nid = \"a\"\ntitle = \"A\"\n");
            files.with("publication.toml", paper)
        } else {
            files
        };
        check(&files, &[(FILE, Some(line), said)]);
    }
    let same = changed(
        "tier = \"free\"",
        "tier = \"free\"\ntranslation = \"night-ferry\"",
    );
    check(&same, &[(FILE, Some(9), "in the same language")]);
    let paper = format!("{PAPER}\n[[series]]\nid = \"a\"\ntitle = \"A\"\nparts = 2\n");
    let part = |text: &str, part: u8| {
        text.replacen(
            "tier =",
            &format!("series = \"a\"\npart = {part}\ntier ="),
            1,
        )
    };
    let twice = files()
        .with("publication.toml", &paper)
        .with("stories/hard-benches.md", part(paper::BENCHES, 1))
        .with(FILE, part(TIDES, 1));
    check(
        &twice,
        &[(FILE, Some(9), "already taken by stories/hard-benches.md")],
    );
    let beyond = files()
        .with("publication.toml", &paper)
        .with(FILE, part(TIDES, 3));
    check(&beyond, &[(FILE, Some(9), "beyond the last part")]);
}

#[test]
fn a_name_that_is_too_long_is_told_so() {
    let long = format!("stories/{}.md", "a".repeat(81));
    let said = "it has 81 letters, more than the 80 that a name may have; shorten it";
    check(&files().with(&long, TIDES), &[(&long, None, said)]);
    let both = format!("stories/{}.md", "A".repeat(81));
    let said = "such as night-ferry, and at most 80 of them";
    check(&files().with(&both, TIDES), &[(&both, None, said)]);
}

#[test]
fn a_text_that_is_refused_is_not_called_missing() {
    let text = "High water is at noon.";
    let said = "put the picture in a paragraph of its own";
    let within = changed(text, "High ![water](ferry.svg) is at noon.");
    check(&within, &[(FILE, Some(11), said)]);
    check(
        &changed(text, ""),
        &[(FILE, Some(10), "the story has no text")],
    );
}

#[test]
fn what_is_older_than_a_year_of_four_digits_is_refused_and_what_is_old_is_not() {
    for (from, to, line) in [
        ("2026-11-18T06:00:00Z", "0999-12-31T12:00:00Z", 6),
        ("2026-11-18T06:00:00Z", "0001-01-01", 6),
        (
            "tier = \"free\"",
            "tier = \"free\"\n[[correction]]\ndate = 0026-11-20\ntext = \"x\"",
            10,
        ),
    ] {
        let said = "write one from 1000 on, with all of its digits";
        check(&changed(from, to), &[(FILE, Some(line), said)]);
    }
    for year in ["1000", "1850"] {
        let files = changed("2026-11-18T06:00:00Z", &format!("{year}-06-01"));
        let publication = files.load().unwrap();
        paper::page(&publication, &format!("/archive/{year}/06/01"));
    }
}
