//! The built-in publication with an archive of twenty years, beside the same
//! with a few stories: what a start takes, what memory, whether it answers as
//! fast, how soon a change is seen, and how long a search takes.

use std::fs;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::contest::{self, Contestant};
use super::metered::{self, asking};
use super::selling::sign_in;
use crate::archive;
use crate::books::{Books, Sold};
use crate::clock;
use crate::cores;
use crate::effort::Effort;
use crate::load::{self, Load, Paths, Readers};
use crate::peers::{self, Cores, Ludgate};
use crate::report::{Bounds, Figure, spread};
use crate::story;

/// The group's name.
pub(super) const PUBLICATION: &str = "publication";

/// Stories of the small one: enough for its front page to be as full and so as large
/// as the other's, and no more than a small paper has.
const FEW: usize = 400;

/// The archive's seed.
const SEED: u64 = 1868;

/// Times of starting, changing and killing.
const TIMES: usize = 5;

/// Searches whose slowest in a hundred is told.
const SEARCHES: usize = 500;

/// Subscribers who search whole texts by turns: each may do so thirty times at once.
const SUBSCRIBERS: u64 = 40;

/// Longer than any change may take to be seen.
const PATIENCE: Duration = Duration::from_secs(20);

/// Longer than it may take to look at a quarter of a million stories and to index them,
/// on one core that also answers.
const SETTLED: Duration = Duration::from_hours(1);

pub(super) fn measure(dir: &Path, effort: &Effort) -> Result<Vec<Figure>> {
    fs::create_dir_all(dir)?;
    fs::set_permissions(dir, fs::Permissions::from_mode(0o755))?;
    let few = start(&dir.join("few"), FEW)?;
    let mut figures = Vec::new();
    let (brought, many) = first(&dir.join("many"), effort)?;
    figures.push(brought);
    let times = if effort.rounds > 1 { TIMES } else { 1 };
    let (ready, many) = ready(many, times, effort)?;
    figures.push(ready);
    figures.extend(rates(&few, &many, effort)?);
    figures.push(searching(&many, Scope::Open, effort)?);
    figures.push(changing(&dir.join("many"), &many, times, effort)?);
    let what = format!("resident with {} stories", effort.archive);
    let bounds = Bounds::at_most(600.0, 450.0, "MiB");
    let note = "after all of the above";
    figures.push(resident(&many, what.clone(), Some(bounds), note)?);
    // Each makes the pages of a hundred stories, which stay as long as there is room.
    figures.push(searching(&many, Scope::Whole, effort)?);
    let note = "after the searches of whole texts: `[articles] memory` is 256 MB, with a quarter \
                of that besides for what is read most, and indexes on the disk are counted as far \
                as they are mapped";
    figures.push(resident(&many, what + " and their pages", None, note)?);
    Ok(figures)
}

/// An archive with the story that all benchmarks ask for among the others.
fn start(dir: &Path, stories: usize) -> Result<Ludgate> {
    let content = dir.join("content");
    story::write_content(&content)?;
    archive::write(&content, stories, SEED)?;
    Ludgate::publishing(dir, Cores::One)
}

/// The archive brought over from another system, and served for the first time, until
/// nothing is left to be done for it.
fn first(dir: &Path, effort: &Effort) -> Result<(Figure, Ludgate)> {
    let content = dir.join("content");
    story::write_content(&content)?;
    archive::write_paper(&content)?;
    let export = dir.join("export.xml");
    archive::write_export(&export, effort.archive, SEED)?;
    let from = clock::now();
    peers::import_stories(&export, &content)?;
    let import = from.elapsed();
    fs::remove_file(&export)?;
    cores::on_both(|| {
        let books = Books::open(&dir.join("data"))?;
        books.add(0..SUBSCRIBERS, Sold::Paid)?;
        books.close();
        Ok(())
    })?;
    let from = clock::now();
    let many = Ludgate::publishing(dir, Cores::One)?;
    let serving = from.elapsed();
    settle(&many, effort)?;
    let settled = from.elapsed();
    let all = import + settled;
    let figure = Figure {
        what: format!("{} stories imported and indexed", effort.archive),
        value: format!("{:.0} s", all.as_secs_f64()),
        measured: all.as_secs_f64(),
        bounds: None,
        note: format!(
            "`ludgate import stories` of an export of WordPress: {:.0} s; the first start, when all \
             of them are new, is ready after {:.0} s, and every story looked at and found by the \
             search after {:.0} s, on one core",
            import.as_secs_f64(),
            serving.as_secs_f64(),
            settled.as_secs_f64()
        ),
    };
    Ok((figure, many))
}

/// Waits until the server has done what it does for stories that are new.
fn settle(many: &Ludgate, effort: &Effort) -> Result<()> {
    let from = clock::now();
    loop {
        let left = many.metric("ludgate_publication_unchecked")?;
        let complete = many.metric("ludgate_publication_search_complete")?;
        let texts = many.metric("ludgate_publication_texts_complete")?;
        if left < 1.0 && complete > 0.0 && texts > 0.0 {
            break;
        }
        ensure!(
            from.elapsed() < SETTLED,
            "the stories are never all indexed"
        );
        clock::pause();
    }
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    let expected = effort.archive as f64;
    let found = many.metric("ludgate_publication_searchable")?;
    ensure!(
        found >= expected,
        "only {found} of {expected} stories are found"
    );
    Ok(())
}

/// How long it takes to be ready when everything is known.
fn ready(mut many: Ludgate, times: usize, effort: &Effort) -> Result<(Figure, Ludgate)> {
    let mut starts = Vec::new();
    let mut searched = Vec::new();
    for _ in 0..times {
        let from = clock::now();
        many = many.restart_after_kill()?;
        starts.push(from.elapsed().as_secs_f64());
        // What asks next would keep the core from it.
        settle(&many, effort)?;
        searched.push(from.elapsed().as_secs_f64());
    }
    let (middle, least, most) = spread(starts);
    let (found, ..) = spread(searched);
    let figure = Figure {
        what: format!("ready with {} stories that are known", effort.archive),
        value: format!("{middle:.2} s ({least:.2}–{most:.2})"),
        measured: middle,
        bounds: Some(Bounds::at_most(3.0, 1.5, "s")),
        note: format!(
            "killed and started again; from kill to /-/readyz; every story is found by the \
             searches after {found:.1} s"
        ),
    };
    Ok((figure, many))
}

/// Requests a second, beside those with few stories.
fn rates(few: &Ludgate, many: &Ludgate, effort: &Effort) -> Result<Vec<Figure>> {
    let readers = |ludgate: &Ludgate| metered::few(&ludgate.server, &load::keyring(&ludgate.data)?);
    let (of_few, of_many) = (readers(few)?, readers(many)?);
    let mut figures = Vec::new();
    for (what, path) in [("a metered story", story::PATH), ("the front page", "/")] {
        let of = |ludgate: &Ludgate, readers| Load {
            paths: Paths::One(path),
            ..asking(&ludgate.server, readers)
        };
        let contestants = [
            Contestant::new("many", &many.server, of(many, &of_many)),
            Contestant::new("few", &few.server, of(few, &of_few)),
        ];
        figures.push(contest::ratio(
            format!("{what}: with {} stories ÷ with {FEW}", effort.archive),
            contestants,
            effort.rounds,
            effort,
            Some(Bounds::at_least(0.9, 1.0, "")),
        )?);
    }
    Ok(figures)
}

/// What is searched, and by whom.
#[derive(Clone, Copy)]
enum Scope {
    /// What everybody may read, by nobody in particular.
    Open,
    /// Whole texts, by subscribers.
    Whole,
}

/// A page with what is found.
struct Searched {
    what: &'static str,
    place: &'static str,
    fetch: fn(SocketAddr, &str, &str) -> Result<String>,
    /// What is on it where something is found, and only there.
    hit: &'static str,
}

impl Searched {
    const OPEN: Self = Self {
        what: "a search",
        place: "/search",
        fetch: load::fetch,
        hit: "card--row",
    };

    const WHOLE: Self = Self {
        what: "a subscriber's search of whole texts",
        place: "/-/account/search",
        fetch: load::fetch_private,
        hit: "class=\"hit\"",
    };
}

/// How long the slowest in a hundred searches takes, each another one, of every kind
/// that readers type.
fn searching(many: &Ludgate, scope: Scope, effort: &Effort) -> Result<Figure> {
    let searches = if effort.rounds > 1 { SEARCHES } else { 50 };
    let (cookies, whose) = match scope {
        Scope::Open => (vec![String::new()], Searched::OPEN),
        Scope::Whole => {
            let sessions = sign_in(&many.server, 0..SUBSCRIBERS)?;
            let readers = Readers::signed_in(&load::keyring(&many.data)?, &sessions);
            let cookies = (0..readers.len()).map(|number| readers.cookie(number));
            (cookies.collect(), Searched::WHOLE)
        }
    };
    let mut times = Vec::with_capacity(searches);
    let mut finding = 0;
    for (number, cookie) in (0..searches).zip(cookies.iter().cycle()) {
        let query = archive::query(number, SEED);
        let path = format!("{}?{query}", whose.place);
        let from = clock::now();
        let page = (whose.fetch)(many.server.address, &path, cookie)?;
        times.push(from.elapsed().as_secs_f64() * 1000.0);
        finding += usize::from(page.contains(whose.hit));
    }
    // A phrase or a word of one year may be in no story, where there are few.
    ensure!(
        finding * 10 >= searches * 9,
        "{}: only {finding} of {searches} find anything",
        whose.what
    );
    times.sort_by(f64::total_cmp);
    let at = |percent: usize| times.get(times.len() * percent / 100).copied();
    let (middle, slow) = at(50).zip(at(99)).context("a search")?;
    let bounds = match scope {
        Scope::Open => Some(Bounds::at_most(20.0, 10.0, "ms")),
        // Every story is asked of the gate before it is told of.
        Scope::Whole => None,
    };
    Ok(Figure {
        what: format!("{} among {} stories, p99", whose.what, effort.archive),
        value: format!("{slow:.1} ms"),
        measured: slow,
        bounds,
        note: format!(
            "{searches} different ones, of which {finding} find something: of frequent words, \
             phrases, beginnings of words, misspelt words, names, and with filters, one after the \
             other, each on a connection of its own; the whole page; half of them within \
             {middle:.1} ms"
        ),
    })
}

/// How soon after it is saved a change is on the story's page.
fn changing(dir: &Path, many: &Ludgate, times: usize, effort: &Effort) -> Result<Figure> {
    let file = dir.join("content/stories/long-story.md");
    let text = fs::read_to_string(&file)?;
    let mut took = Vec::new();
    for number in 0..times {
        let said = format!("The long story, changed for the {number}th time");
        let changed = text.replacen("The long story", &said, 1);
        ensure!(changed != text, "the story has another title");
        let from = clock::now();
        fs::write(&file, changed)?;
        while !load::fetch(many.server.address, story::PATH, "")?.contains(&said) {
            ensure!(from.elapsed() < PATIENCE, "a change isn't seen");
            clock::pause();
        }
        took.push(from.elapsed().as_secs_f64());
    }
    let (middle, least, most) = spread(took);
    Ok(Figure {
        what: format!(
            "until a changed story among {} is on its page",
            effort.archive
        ),
        value: format!("{middle:.2} s ({least:.2}–{most:.2})"),
        measured: middle,
        bounds: Some(Bounds::at_most(1.0, 0.5, "s")),
        note: "from writing the file; 0.2 s of it the server waits for further changes".to_owned(),
    })
}

/// What the server takes of memory.
fn resident(many: &Ludgate, what: String, bounds: Option<Bounds>, note: &str) -> Result<Figure> {
    #[expect(clippy::cast_precision_loss, reason = "a figure to be printed")]
    let resident = (many.server.resident()? >> 20) as f64;
    Ok(Figure {
        what,
        value: format!("{resident:.0} MiB"),
        measured: resident,
        bounds,
        note: note.to_owned(),
    })
}
