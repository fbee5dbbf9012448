//! What the editor decides in `publication.toml`: the front page, who writes, and
//! what stands in the slots.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod paper;

use ludgate_publication::Slug;
use paper::{Files, PAPER, files, page};

/// The paper with `tables` at the end of `publication.toml`.
fn with(tables: &str) -> Files {
    files().with("publication.toml", format!("{PAPER}\n{tables}"))
}

/// The part of a page from `start` to `end`.
fn part<'a>(html: &'a str, start: &str, end: &str) -> Option<&'a str> {
    html.split(start).nth(1)?.split(end).next()
}

#[test]
fn the_editor_orders_the_rivers_and_says_how_much_each_place_takes() {
    let names = |html: &str| -> Vec<String> {
        let rivers = part(html, "<div class=\"rivers__grid\">", "</main>").unwrap();
        let names = rivers.split("<h3 class=\"river__name\">").skip(1);
        names
            .map(|rest| part(rest, "\">", "</a>").unwrap().to_owned())
            .collect()
    };
    let usual = page(&files().load().unwrap(), "/");
    assert_eq!(names(&usual), ["City", "Opinion"]);
    let rivers = "[[front.rivers]]\nsection = \"opinion\"\n[[front.rivers]]\nsection = \"city\"\n\
                  stories = 1\n[front.room]\nlatest = 0\nopinion = 0";
    let own = page(&with(rivers).load().unwrap(), "/");
    assert_eq!(names(&own), ["Opinion", "City"]);
    let city = part(&own, "href=\"/sections/city\">City</a></h3>", "</section>").unwrap();
    assert_eq!(city.matches("<li>").count(), 1);
    assert!(!own.contains("id=\"latest\"") && !own.contains("id=\"opinion\""));
    assert!(usual.contains("id=\"latest\"") && usual.contains("id=\"opinion\""));
}

#[test]
fn what_is_read_most_is_shown_once_somebody_says_so_in_their_order() {
    let publication = with("[front.room]\nmost_read = 2").load().unwrap();
    assert!(!page(&publication, "/").contains("most-read"));
    let say = |slugs: &[&str]| {
        publication.rank(slugs.iter().filter_map(|slug| Slug::parse(slug)));
        let html = page(&publication, "/");
        let read = part(&html, "id=\"most-read\"", "</section>").unwrap_or_default();
        let links = read.split("href=\"/stories/").skip(1);
        links
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    // Neither what is to come nor what there isn't.
    let ranked = [
        "tomorrow",
        "hard-benches",
        "nothing",
        "tide-table",
        "night-ferry",
    ];
    assert_eq!(say(&ranked), ["hard-benches", "tide-table"]);
    assert_eq!(say(&[]), [""; 0]);
}

#[test]
fn an_author_has_a_role_a_life_a_likeness_and_an_address() {
    let ines = "[[authors]]\nname = \"Ines Marlow\"\nrole = \"City editor\"\nbiography = \"She has \
                <counted> boats.\"\nemail = \"ines@mercury.example\"\npicture = { file = \
                \"ferry.svg\", alt = \"A woman on a quay\" }\n";
    let publication = with(ines).load().unwrap();
    let html = page(&publication, "/authors/ines-marlow");
    for said in [
        "City editor",
        "She has &lt;counted&gt; boats.",
        "href=\"mailto:ines@mercury.example\">ines@mercury.example</a>",
        "alt=\"A woman on a quay\"",
        "\"@type\":\"ProfilePage\"",
        "\"jobTitle\":\"City editor\"",
    ] {
        assert!(html.contains(said), "{said}");
    }
    let other = page(&publication, "/authors/ruth-adeyinka");
    assert!(!other.contains("City editor") && other.contains("1 story"));
    let story = page(&publication, "/stories/night-ferry");
    assert!(story.contains("\"jobTitle\":\"City editor\""));
}

/// The kinds of what stands in a story's body, in order.
fn slots(html: &str) -> Vec<&str> {
    let slots = html.split("<aside class=\"slot slot--").skip(1);
    slots.map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn slots_stand_where_the_editor_says_and_say_what_they_are() {
    let after = |html: &str, slot: &str| {
        let before = html.split(&format!("slot--{slot}")).next().unwrap();
        before.rsplit("<p>Paragraph ").next().unwrap()[..3].to_owned()
    };
    let usual = page(&files().load().unwrap(), "/stories/night-ferry");
    assert_eq!(slots(&usual), ["promotion", "advertisement"]);
    assert_eq!(after(&usual, "promotion"), "fiv");
    let own = with(
        "[promotion]\nafter = 9\n[advertisement]\nafter = 5\ntitle = \"Soap\"\ntext = \"It cleans.\"",
    );
    let own = page(&own.load().unwrap(), "/stories/night-ferry");
    assert_eq!(slots(&own), ["advertisement", "promotion"]);
    assert_eq!(after(&own, "advertisement"), "fiv");
    assert_eq!(after(&own, "promotion"), "nin");
    assert!(own.contains("Soap") && own.contains("aria-label=\"Advertisement\""));
}

#[test]
fn a_sponsored_story_has_no_advertisement_and_a_theme_may_bring_its_own_markup() {
    let theme = tempfile::tempdir().unwrap();
    std::fs::create_dir(theme.path().join("publication")).unwrap();
    let markup =
        "<a class=\"soap\" href=\"/contact\" rel=\"sponsored\">Soap of {{ paper.name }}</a>";
    let file = theme.path().join("publication/_advertisement.html");
    std::fs::write(&file, markup).unwrap();
    let publication = files().load_in("en", Some(theme.path())).unwrap();
    let story = page(&publication, "/stories/night-ferry");
    let slot = part(&story, "slot--advertisement", "</aside>").unwrap();
    assert!(
        slot.contains("rel=\"sponsored\">Soap of The Test &amp; Mercury</a>"),
        "{slot}"
    );
    assert!(slot.contains("<p class=\"slot__label\" aria-hidden=\"true\">Advertisement</p>"));
    assert!(!slot.contains("Your notice here"));
    let sponsored = page(&publication, "/stories/shop-lease");
    assert_eq!(slots(&sponsored), [""; 0]);
    std::fs::write(&file, "{{ nothing }}").unwrap();
    let refused = files().load_in("en", Some(theme.path())).unwrap_err();
    assert!(
        refused.to_string().contains("_advertisement.html:1"),
        "{refused}"
    );
}
