//! `ludgate demo`: the demonstration publication, compiled into the program.

mod dates;

use std::io::{IsTerminal, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;

use anyhow::{Result, anyhow};
use jiff::{Timestamp, ToSpan};
use prompts::Locale;
use publication::{EmbeddedFiles, Source};
use rust_embed::RustEmbed;

use crate::cli::DemoArgs;
use crate::config::{Config, Way};
use crate::log;
use crate::server::{self, Configured, Listening, Start};
use crate::world;

#[derive(RustEmbed)]
#[folder = "../../demo/content"]
struct Content;

const CONFIG: &str = include_str!("../../../demo/ludgate.toml");

/// The content as a newcomer finds it at `now`: its stories are of this week
/// and the ones before. A table that lives as long as the program.
fn files(now: Timestamp) -> EmbeddedFiles {
    let mut files: Vec<(String, Vec<u8>)> = Content::iter()
        .filter_map(|path| {
            let bytes = Content::get(&path)?.data;
            Some((path.into_owned(), bytes.into_owned()))
        })
        .collect();
    let weeks = dates::weeks(files.iter().filter_map(story), now);
    for file in &mut files {
        if let Some(moved) = story(file).map(|story| dates::moved(story, weeks)) {
            file.1 = moved.into_bytes();
        }
    }
    // Once, for a program that holds on to it until it ends.
    let leaked = files
        .into_iter()
        .map(|(path, bytes)| (&*path.leak(), &*bytes.leak()));
    leaked.collect::<Vec<_>>().leak()
}

/// The text of a file that is a story.
fn story((path, bytes): &(String, Vec<u8>)) -> Option<&str> {
    path.starts_with("stories/")
        .then(|| std::str::from_utf8(bytes).ok())?
}

/// Runs it.
pub(crate) fn run(args: &DemoArgs) -> Result<()> {
    let config = config(args)?;
    log::start(&config.log, std::io::stderr().is_terminal())?;
    let start = Start {
        config,
        configured: Configured::Fixed,
        source: Source::Embedded(files(world::now())),
    };
    server::run(start, &|listening| {
        // A terminal that has gone away is no reason to stop serving.
        let _ = greet(listening, args);
    })
}

/// The demonstration's own configuration, with what the command line says.
fn config(args: &DemoArgs) -> Result<Config> {
    let mut config = Config::parse(CONFIG, Path::new(""))
        .map_err(|errors| anyhow!("the demonstration's configuration is wrong: {errors:?}"))?;
    let at = reachable(args.listen);
    let url = format!("http://{at}");
    config.url.host = at.ip().to_string();
    config.url.text = url;
    config.server.listen = args.listen;
    config.server.admin = args.admin;
    config.server.data.clone_from(&args.data);
    if let Some(threads) = args.threads {
        config.server.threads = threads.clamp(1, 256);
    }
    let locale: Locale = args.locale.parse()?;
    if config.locales.first() != Some(&locale) {
        // Who asks for one wants all of it in that.
        config.locales = vec![locale];
    }
    if let Some(mail) = &mut config.mail {
        mail.way = Way::Folder(args.data.join("mails"));
    }
    end_offers(&mut config, world::now());
    Ok(config)
}

/// Offers that end do so five weeks from now, whenever that is: long enough to
/// be looked at, soon enough to be said.
fn end_offers(config: &mut Config, now: Timestamp) {
    let today = now.to_zoned_datetime(config.zone.clone()).date();
    let Some(sales) = &mut config.sales else {
        return;
    };
    for offer in &mut sales.catalog.offers {
        if let Some(ends) = &mut offer.window.ends {
            *ends = today.saturating_add(5.weeks());
        }
    }
}

/// The address that a browser on this machine reaches a listener at: one that
/// listens everywhere (0.0.0.0) is nowhere in particular.
fn reachable(listening: SocketAddr) -> SocketAddr {
    let ip = match listening.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listening.port())
}

fn greet(listening: &Listening, args: &DemoArgs) -> Result<()> {
    let mut out = anstream::stdout().lock();
    writeln!(
        out,
        "The Ludgate Review is at  http://{}/",
        reachable(listening.readers)
    )?;
    writeln!(
        out,
        "Its metrics are at        http://{}/metrics",
        reachable(listening.admin)
    )?;
    let admin = reachable(listening.admin);
    writeln!(out, "Its mails are at          http://{admin}/mails")?;
    writeln!(out, "Its test clock is at      http://{admin}/clock")?;
    if listening.token_is_new {
        writeln!(
            out,
            "The admin token is        {}",
            listening.token.reveal()
        )?;
    } else {
        writeln!(
            out,
            "The admin token is in     {}",
            listening.token_path.display()
        )?;
    }
    writeln!(
        out,
        "\nThree metered stories a month are free; the fourth shows its beginning and the wall.\n\
         To see why:  ludgate explain --data {} --story /stories/…\n\
         Stop with Ctrl-C.",
        args.data.display()
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use access::{Outcome, StoryId};
    use jiff::SignedDuration;
    use jiff::tz::TimeZone;
    use page::{Encoding, Preview};
    use publication::{Beginning, Publication, Settings};

    use super::*;

    fn paper(now: Timestamp) -> Publication {
        paper_that_finds(now, Beginning::Nothing)
    }

    fn paper_that_finds(now: Timestamp, beginning: Beginning) -> Publication {
        paper_of(files(now), beginning)
    }

    /// The same stories with a long dateline each, and with long slots as early as
    /// there can be any.
    fn crowded(now: Timestamp) -> EmbeddedFiles {
        let long = "far and wide ".repeat(120);
        let slots = format!(
            "\n[promotion]\nafter = 1\ntitle = \"Post\"\ntext = \"{long}\"\n\
             \n[advertisement]\nafter = 2\ntitle = \"Oil\"\ntext = \"{long}\"\n"
        );
        let with = |path: &str, bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes);
            if path == "publication.toml" {
                format!("{text}{slots}").into_bytes()
            } else if path.starts_with("stories/") && !text.contains("dateline = ") {
                let dateline = format!("+++\ndateline = \"{long}\"\n");
                text.replacen("+++\n", &dateline, 1).into_bytes()
            } else {
                bytes.to_vec()
            }
        };
        let all = files(now).iter();
        let all = all.map(|(path, bytes)| (*path, &*with(path, bytes).leak()));
        all.collect::<Vec<_>>().leak()
    }

    fn paper_of(files: EmbeddedFiles, beginning: Beginning) -> Publication {
        let settings = Settings {
            url: "http://127.0.0.1:8080".to_owned(),
            locale: Locale::english(),
            zone: TimeZone::UTC,
            account: None,
            subscribe: None,
            app: None,
            give: None,
            derived: None,
            beginning,
            search: None,
            texts: None,
            text_search: None,
        };
        let messages = Arc::new(prompts::Messages::builtin().expect("messages"));
        let source = Source::Embedded(files);
        Publication::load(&source, settings, None, messages).expect("a paper")
    }

    #[test]
    fn the_demonstration_is_this_weeks_paper_whenever_it_is_started() {
        let day = |days: i64| SignedDuration::from_hours(24 * days);
        let printed: Timestamp = "2026-11-22T12:00:00Z".parse().expect("a time");
        let weekdays = |paper: &Publication| -> Vec<_> {
            let stories = paper.stories().iter();
            let weekday = |time: Timestamp| time.to_zoned_datetime(TimeZone::UTC).date().weekday();
            stories.map(|story| weekday(story.published)).collect()
        };
        let expected = weekdays(&paper(printed));
        for days in [-100, -1, 0, 3, 730, 3650] {
            let now = printed + day(days);
            let paper = paper(now);
            let (out, to_come): (Vec<_>, Vec<_>) =
                (paper.stories().iter()).partition(|story| story.is_out(now));
            assert!(out[0].published > now - day(7), "{now}");
            assert_eq!(weekdays(&paper), expected, "{now}");
            assert_eq!(paper.respond("/", None, now).status, 200);
            // One story of it is of next week's paper.
            let [to_come] = &*to_come else {
                panic!("{now}: {} are to come", to_come.len());
            };
            let (path, at) = (to_come.path(), to_come.published);
            assert!(at <= now + day(7), "{now}");
            let moment = SignedDuration::from_secs(1);
            assert_eq!(paper.respond(&path, None, at - moment).status, 404);
            assert_eq!(paper.respond(&path, None, at).status, 200);
        }
    }

    /// The letters and digits of a page's text.
    fn letters(html: &str) -> String {
        let mut text = String::new();
        for part in html.split('<') {
            text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
        }
        for (reference, c) in [("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            text = text.replace(reference, c);
        }
        text.chars().filter(|c| c.is_alphanumeric()).collect()
    }

    #[test]
    fn what_everybody_may_find_of_a_text_is_within_what_the_gate_shows() {
        let now: Timestamp = "2026-11-22T12:00:00Z".parse().expect("a time");
        let origin = page::Origin::parse("http://127.0.0.1:8080").expect("an origin");
        let mut how = page::Options::new(origin)
            .body([crate::config::BODY])
            .expect("a selector");
        let mut found = [0, 0];
        let all = [
            (Beginning::Words(100), Preview::Words(100)),
            (Beginning::Words(30), Preview::Words(30)),
            (Beginning::Words(5), Preview::Words(5)),
            (Beginning::Words(4000), Preview::Words(4000)),
            (Beginning::Paragraphs(1), Preview::Paragraphs(1)),
            (Beginning::Paragraphs(4), Preview::Paragraphs(4)),
            (Beginning::Nothing, Preview::Words(0)),
        ];
        let papers = [files(now), crowded(now)];
        for (number, (beginning, preview)) in (0..2).flat_map(|n| all.map(|one| (n, one))) {
            how.preview = preview;
            let paper = paper_of(papers[number], beginning);
            for story in paper.stories().iter().filter(|story| story.is_out(now)) {
                let path = story.path();
                let html = paper.respond(&path, None, now).body;
                let id = StoryId::new(&path);
                let cut = page::compile(&html, Some("utf-8"), id, &how).expect("a story");
                let shown = cut.splice(Outcome::Preview, Encoding::Identity, None);
                let shown = String::from_utf8(shown.to_vec()).expect("text");
                let text = paper.findable(story).expect("its text").text;
                found[number] += text.len();
                let text = letters(&text.replace('<', " "));
                assert!(
                    letters(&shown).contains(&text),
                    "{path} {beginning:?}: {text}"
                );
            }
        }
        assert!(found[0] > 1000, "something is found at all: {found:?}");
        assert!(
            found[1] < found[0],
            "and less where less is sure: {found:?}"
        );
    }

    #[test]
    fn who_listens_everywhere_is_found_on_this_machine() {
        let check = |listening: &str, expected: &str| {
            let listening = listening.parse().expect("an address");
            assert_eq!(reachable(listening).to_string(), expected);
        };
        check("0.0.0.0:8080", "127.0.0.1:8080");
        check("[::]:8080", "[::1]:8080");
        check("192.0.2.7:8080", "192.0.2.7:8080");
    }
}
